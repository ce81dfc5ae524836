package dev.historics.archive.parquet;

import java.util.Arrays;

/**
 * Parquet's RLE/bit-packing hybrid, in which levels and dictionary numbers are written: runs of an
 * equal number, and groups of eight numbers packed side by side.
 */
final class RunLengths {
  /** So many bytes behind those that are decoded must be there to be read, whatever is in them. */
  static final int SLACK = Long.BYTES;

  private static final int GROUP = 8;

  private RunLengths() {}

  /** The bits that a number up to {@code max} needs. */
  static int width(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  /**
   * Appends the first {@code count} numbers.
   *
   * @param width in bits; 0 if all are 0
   */
  static void encode(int[] values, int count, int width, PageBuffer out) {
    int runMin = runMin(width);
    int packedFrom = 0;
    int at = 0;
    while (at < count) {
      int end = endOfRun(values, at, count);
      if (end - at >= runMin) {
        packGroups(values, packedFrom, at, width, out);
        out.putVarint((long) (end - at) << 1);
        out.putLow(values[at], (width + 7) / Byte.SIZE);
        at = end;
        packedFrom = end;
      } else {
        at = Math.min(at + GROUP, count);
      }
    }
    packGroups(values, packedFrom, count, width, out);
  }

  /** From which length on a run takes fewer bytes than packing it, and packing after it. */
  private static int runMin(int width) {
    return switch (width) {
      case 0 -> 1;
      case 1 -> 4 * GROUP;
      case 2 -> 2 * GROUP;
      default -> GROUP;
    };
  }

  private static int endOfRun(int[] values, int from, int count) {
    int value = values[from];
    int end = from + 1;
    while (end < count && values[end] == value) {
      end++;
    }
    return end;
  }

  private static void packGroups(int[] values, int from, int to, int width, PageBuffer out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + GROUP - 1) / GROUP;
    out.putVarint(((long) groups << 1) | 1);
    int end = out.length() + groups * width;
    out.pack(values, from, to, width);
    while (out.length() < end) {
      out.put(0);
    }
  }

  /**
   * Reads numbers.
   *
   * @param bytes hold them from {@code from} to {@code end}, and {@link #SLACK} bytes behind
   * @param width in bits, 0 to 32
   * @param at where the first of {@code count} numbers goes in {@code values}
   * @return where the bytes end that were read
   * @throws MalformedPageException if there are fewer, or more than fill up the last group
   */
  static int decode(byte[] bytes, int from, int end, int width, int[] values, int at, int count)
      throws MalformedPageException {
    if (width < 0 || width > Integer.SIZE) {
      throw new MalformedPageException("numbers of %d bits".formatted(width));
    }
    Cursor cursor = new Cursor(bytes, from, end);
    int done = at;
    int wanted = at + count;
    while (done < wanted) {
      long header = cursor.varint();
      long length = header >>> 1;
      int left = wanted - done;
      if ((header & 1) == 0) {
        if (length == 0 || length > left) {
          throw new MalformedPageException(
              "a run of %d numbers where %d are left".formatted(length, left));
        }
        int value = cursor.low((width + 7) / Byte.SIZE);
        Arrays.fill(values, done, done + (int) length, value);
        done += (int) length;
      } else {
        if (length == 0 || length > (left + GROUP - 1) / GROUP) {
          throw new MalformedPageException(
              "%d groups of numbers where %d numbers are left".formatted(length, left));
        }
        int take = (int) Math.min(length * GROUP, left);
        int start = cursor.skip(length * width);
        unpack(bytes, start, width, values, done, take);
        requireZeros(bytes, start, (long) take * width, length * GROUP * width);
        done += take;
      }
    }
    return cursor.position();
  }

  /** Fills up a group: anything else there means that their number is wrong. */
  private static void requireZeros(byte[] bytes, int start, long fromBit, long toBit)
      throws MalformedPageException {
    for (long bit = fromBit; bit < toBit; bit++) {
      if (((bytes[start + (int) (bit >>> 3)] >>> (bit & 7)) & 1) != 0) {
        throw new MalformedPageException("there are more numbers than expected");
      }
    }
  }

  /**
   * Whether what {@link #decode} would read is one run of one number: then it need not be read.
   *
   * @param width in bits, 1 to 8
   */
  static boolean isRunOf(int value, byte[] bytes, int from, int end, int width, int count)
      throws MalformedPageException {
    Cursor cursor = new Cursor(bytes, from, end);
    return cursor.varint() == (long) count << 1
        && cursor.left() == 1
        && cursor.low((width + 7) / Byte.SIZE) == value;
  }

  /** Numbers of up to 32 bits that lie side by side. */
  private static void unpack(byte[] bytes, int from, int width, int[] values, int at, int count) {
    int whole = width <= 2 * Byte.SIZE ? count / GROUP : 0;
    int done = at + whole * GROUP;
    if (width <= Byte.SIZE) {
      unpackWords(bytes, from, width, values, at, whole);
    } else if (whole > 0) {
      unpackHalves(bytes, from, width, values, at, whole);
    }
    long mask = (1L << width) - 1;
    long bit = ((long) from + (long) whole * width) * Byte.SIZE;
    for (int i = done; i < at + count; i++) {
      values[i] = (int) ((PageBuffer.longAt(bytes, (int) (bit >>> 3)) >>> (bit & 7)) & mask);
      bit += width;
    }
  }

  /** Groups that fit into eight bytes. */
  private static void unpackWords(
      byte[] bytes, int from, int width, int[] values, int at, int groups) {
    int mask = (1 << width) - 1;
    for (int group = 0; group < groups; group++) {
      long word = PageBuffer.longAt(bytes, from + group * width);
      int first = at + group * GROUP;
      for (int i = 0; i < GROUP; i++) {
        values[first + i] = (int) word & mask;
        word >>>= width;
      }
    }
  }

  /** Groups of which each half fits into eight bytes. */
  private static void unpackHalves(
      byte[] bytes, int from, int width, int[] values, int at, int groups) {
    int mask = (1 << width) - 1;
    int half = GROUP / 2;
    for (int group = 0; group < groups; group++) {
      int start = from + group * width;
      int first = at + group * GROUP;
      long low = PageBuffer.longAt(bytes, start);
      long high = PageBuffer.longAt(bytes, start + width / 2) >>> (half * (width & 1));
      for (int i = 0; i < half; i++) {
        values[first + i] = (int) low & mask;
        values[first + half + i] = (int) high & mask;
        low >>>= width;
        high >>>= width;
      }
    }
  }
}
