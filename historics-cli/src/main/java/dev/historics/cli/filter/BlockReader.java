package dev.historics.cli.filter;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Cuts a stream into blocks that end with a line. A line that is longer than a block has one of its
 * own size. Owned by one thread.
 */
final class BlockReader {
  /** Large enough that threads are busy with one for a while, small enough to stay in a cache. */
  static final int BLOCK_BYTES = 1 << 20;

  private static final int LINE_BYTES_MAX = Integer.MAX_VALUE - Long.BYTES;

  private final String name;
  private final InputStream in;
  private final BooleanSupplier isReady;
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private boolean isBroken;

  /**
   * @param name what messages call the input
   * @param isReady whether a read would not have to wait; if it would, what there is makes a block
   */
  BlockReader(String name, InputStream in, BooleanSupplier isReady) {
    this.name = name;
    this.in = in;
    this.isReady = isReady;
  }

  String name() {
    return name;
  }

  /**
   * The next lines; nothing at the end.
   *
   * @throws IOException if the input cannot be read on; {@link #rest} is what came before that
   */
  Optional<Block> next() throws IOException {
    begin();
    int searched = end;
    int lastEnd = -1;
    while (true) {
      if (end == bytes.length) {
        if (lastEnd >= 0) {
          return Optional.of(cut(lastEnd));
        }
        grow();
      }
      int read = in.read(bytes, end, bytes.length - end);
      if (read < 0) {
        return end == 0 ? Optional.empty() : Optional.of(cut(end));
      }
      end += read;
      lastEnd = Math.max(lastEnd, lastLineEnd(searched));
      searched = end;
      if (lastEnd >= 0 && !isReady.getAsBoolean()) {
        return Optional.of(cut(lastEnd));
      }
    }
  }

  /** The whole lines that were read when {@link #next} failed; there is nothing after them. */
  Optional<Block> rest() {
    isBroken = true;
    int lastEnd = lastLineEnd(0);
    return lastEnd < 0 ? Optional.empty() : Optional.of(new Block(bytes, lastEnd));
  }

  /** Whether nothing more can come. */
  boolean isBroken() {
    return isBroken;
  }

  /** Takes back what a block was made of. */
  void reuse(Block block) {
    if (block.bytes().length == BLOCK_BYTES) {
      spare.add(block.bytes());
    }
  }

  /** Starts a block with what is left of the one before. */
  private void begin() {
    int left = end - start;
    boolean usual = left < BLOCK_BYTES;
    byte[] fresh =
        usual && !spare.isEmpty() ? spare.remove() : new byte[Math.max(left, BLOCK_BYTES)];
    System.arraycopy(bytes, start, fresh, 0, left);
    bytes = fresh;
    start = 0;
    end = left;
  }

  private Block cut(int at) {
    start = at;
    return new Block(bytes, at);
  }

  private int lastLineEnd(int from) {
    for (int i = end - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private void grow() throws IOException {
    if (bytes.length == LINE_BYTES_MAX) {
      throw new IOException("expected lines of less than 2 GB, found a longer one");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(LINE_BYTES_MAX, 2L * bytes.length));
  }
}
