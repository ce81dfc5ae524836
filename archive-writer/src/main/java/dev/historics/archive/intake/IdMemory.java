package dev.historics.archive.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory ids may take. Whoever holds ids says so; when somebody needs more than is left,
 * the one that holds most must let go. Several holders may let go at the same time.
 */
final class IdMemory {
  private final long bytesMax;
  private final List<Holder> holders = new ArrayList<>();

  IdMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Somebody who holds ids. */
  interface Holder {
    /** The bytes held, and those that letting go needs for a moment. */
    long heldBytes();

    /** Lets go of all. */
    void release() throws IOException;
  }

  synchronized void join(Holder holder) {
    holders.add(holder);
  }

  synchronized void leave(Holder holder) {
    holders.remove(holder);
  }

  /** Whether half of what is left is enough for {@code bytes}. */
  synchronized boolean isEasy(long bytes) {
    return bytes <= (bytesMax - held()) / 2;
  }

  /** Makes room for {@code bytes} more, be it at the cost of who asks. */
  synchronized void require(long bytes) throws IOException {
    while (held() + bytes > bytesMax && !holders.isEmpty()) {
      Holder largest = holders.get(0);
      for (Holder holder : holders) {
        largest = holder.heldBytes() > largest.heldBytes() ? holder : largest;
      }
      largest.release();
    }
  }

  private long held() {
    return holders.stream().mapToLong(Holder::heldBytes).sum();
  }
}
