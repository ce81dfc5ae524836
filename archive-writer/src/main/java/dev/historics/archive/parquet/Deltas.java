package dev.historics.archive.parquet;

/**
 * Parquet's DELTA_BINARY_PACKED: numbers as differences from the one before, less the least
 * difference of the block, packed side by side.
 */
final class Deltas {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;
  private static final int BLOCK_MAX = 1 << 16;

  private final long[] block = new long[BLOCK];

  /** Appends numbers of 64 bits. */
  void encodeLongs(long[] values, int count, PageBuffer out) {
    encode(values, count, Long.SIZE, out);
  }

  /** Appends numbers of 32 bits; their differences wrap around at 32 bits. */
  void encodeInts(long[] values, int count, PageBuffer out) {
    encode(values, count, Integer.SIZE, out);
  }

  private void encode(long[] values, int count, int bits, PageBuffer out) {
    out.putVarint(BLOCK);
    out.putVarint(MINIBLOCKS);
    out.putVarint(count);
    out.putZigzag(count == 0 ? 0 : values[0]);
    for (int first = 1; first < count; first += BLOCK) {
      int length = Math.min(BLOCK, count - first);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < length; i++) {
        long delta = values[first + i] - values[first + i - 1];
        block[i] = bits == Integer.SIZE ? (int) delta : delta;
        least = Math.min(least, block[i]);
      }
      encodeBlock(length, least, out);
    }
  }

  private void encodeBlock(int length, long least, PageBuffer out) {
    out.putZigzag(least);
    long widths = 0;
    for (int i = 0; i < BLOCK; i++) {
      block[i] = i < length ? block[i] - least : 0;
    }
    for (int mini = 0; mini < MINIBLOCKS; mini++) {
      int width = width(mini * MINIBLOCK);
      widths |= (long) width << (Byte.SIZE * mini);
    }
    out.putInt((int) widths);
    for (int from = 0; from < length; from += MINIBLOCK) {
      int width = (int) (widths >>> (Byte.SIZE * (from / MINIBLOCK))) & 0xFF;
      out.pack(block, from, from + MINIBLOCK, width);
    }
  }

  private int width(int from) {
    long all = 0;
    for (int i = from; i < from + MINIBLOCK; i++) {
      all |= block[i];
    }
    return Long.SIZE - Long.numberOfLeadingZeros(all);
  }

  /**
   * Reads numbers of 64 bits, or of 32 bits if {@code bits} says so.
   *
   * @param cursor at their start; goes on to their end
   * @param bytes what the cursor walks over, with {@link RunLengths#SLACK} bytes behind
   * @param count how many there must be
   */
  static void decode(Cursor cursor, byte[] bytes, int bits, long[] values, int count)
      throws MalformedPageException {
    long blockLength = cursor.varint();
    long miniblocks = cursor.varint();
    long found = cursor.varint();
    long value = cursor.zigzag();
    if (blockLength < 1 || blockLength > BLOCK_MAX || miniblocks < 1 || miniblocks > blockLength) {
      throw new MalformedPageException(
          "blocks of %d differences in %d parts".formatted(blockLength, miniblocks));
    }
    int length = (int) (blockLength / miniblocks);
    if (length % Byte.SIZE != 0 || length * miniblocks != blockLength) {
      throw new MalformedPageException("parts of %d differences".formatted(length));
    }
    if (found != count) {
      throw new MalformedPageException("expected %d numbers, found %d".formatted(count, found));
    }
    if (count == 0) {
      return;
    }
    values[0] = value;
    int done = 1;
    while (done < count) {
      long least = cursor.zigzag();
      int widths = cursor.skip(miniblocks);
      for (int mini = 0; mini < miniblocks && done < count; mini++) {
        int width = Byte.toUnsignedInt(bytes[widths + mini]);
        if (width > Long.SIZE) {
          throw new MalformedPageException("differences of %d bits".formatted(width));
        }
        int start = cursor.skip((long) length * width / Byte.SIZE);
        int take = Math.min(length, count - done);
        unpack(bytes, start, width, values, done, take);
        accumulate(values, done, take, least, bits);
        done += take;
      }
    }
  }

  private static void accumulate(long[] values, int from, int count, long least, int bits) {
    long value = values[from - 1];
    for (int i = from; i < from + count; i++) {
      long next = value + least + values[i];
      value = bits == Integer.SIZE ? (int) next : next;
      values[i] = value;
    }
  }

  private static void unpack(byte[] bytes, int from, int width, long[] values, int at, int count) {
    long bit = (long) from * Byte.SIZE;
    long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
    for (int i = at; i < at + count; i++) {
      int start = (int) (bit >>> 3);
      int shift = (int) (bit & 7);
      long value = PageBuffer.longAt(bytes, start) >>> shift;
      if (width + shift > Long.SIZE) {
        value |= (long) bytes[start + Long.BYTES] << (Long.SIZE - shift);
      }
      values[i] = value & mask;
      bit += width;
    }
  }
}
