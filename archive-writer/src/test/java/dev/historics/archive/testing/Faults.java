package dev.historics.archive.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to go wrong in a {@link FaultyFileSystem}, at which of its operations, and how many of
 * those there were. Owned by one thread.
 */
public final class Faults {
  /** What happens at the n-th operation. */
  public enum Kind {
    /** Nothing; operations are counted. */
    NONE,
    /** It is not done, and reported as failed. */
    FAILS,
    /** It is done, and reported as failed: a rename as well as a write. */
    ANSWER_LOST,
    /** Half of the bytes are written, and it is reported as failed. */
    TORN,
    /** A rename is not done, and reported as done. */
    RENAME_LIES,
    /** One bit of what is read is another. */
    FLIPS,
    /** From here on there is no room for anything new. */
    FULL,
    /** It and everything after it fails, and what was written and not synced is lost. */
    POWER_LOST,
    /** It is done, but all answers are lost from here on, and what was not synced is lost. */
    POWER_LOST_AFTER;

    /** Whether nothing works any more from the n-th operation on. */
    boolean isEnd() {
      return this == POWER_LOST || this == POWER_LOST_AFTER;
    }

    /** The operations that can go wrong in this way, by their numbers from 1. */
    public List<Integer> candidates(List<String> log) {
      String verb =
          switch (this) {
            case TORN -> "write ";
            case RENAME_LIES -> "rename ";
            case FLIPS -> "read ";
            case NONE, FAILS, ANSWER_LOST, FULL, POWER_LOST, POWER_LOST_AFTER -> "";
          };
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < log.size(); i++) {
        if (log.get(i).startsWith(verb)) {
          numbers.add(i + 1);
        }
      }
      return numbers;
    }
  }

  /** What an operation does to the storage. */
  enum Effect {
    LOOKS,
    READS,
    NEEDS_ROOM,
    RENAMES,
    CHANGES
  }

  /** An operation of the storage. */
  @FunctionalInterface
  interface Operation<T> {
    T run() throws IOException;
  }

  private final Kind kind;
  private final int at;
  private final List<String> log = new ArrayList<>();

  public Faults(Kind kind, int at) {
    this.kind = kind;
    this.at = at;
  }

  /** Operations so far. */
  public int count() {
    return log.size();
  }

  /** Whether the n-th operation was reached. */
  public boolean isReached() {
    return log.size() >= at;
  }

  /** The operations, in order: to see what the n-th was. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Whether the next operation is the one. */
  boolean isNext(Kind wanted) {
    return kind == wanted && log.size() + 1 == at;
  }

  <T> T run(Effect effect, String what, Operation<T> operation) throws IOException {
    log.add(what);
    int n = log.size();
    if (isRefused(effect, n)) {
      throw new IOException(
          kind == Kind.FULL
              ? "No space left on device: " + what
              : "made to fail: operation %d, %s".formatted(n, what));
    }
    T answer = operation.run();
    if (n == at && (kind == Kind.ANSWER_LOST || kind == Kind.POWER_LOST_AFTER)) {
      close(answer);
      throw new IOException("made to fail: the answer to operation %d, %s".formatted(n, what));
    }
    return answer;
  }

  private boolean isRefused(Effect effect, int n) {
    return switch (kind) {
      case NONE, RENAME_LIES, FLIPS, ANSWER_LOST -> false;
      case FAILS, TORN -> n == at;
      case FULL -> n >= at && effect == Effect.NEEDS_ROOM;
      case POWER_LOST -> n >= at;
      case POWER_LOST_AFTER -> n > at;
    };
  }

  boolean isOver() {
    return kind.isEnd() && isReached();
  }

  private static void close(Object answer) throws IOException {
    if (answer instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
