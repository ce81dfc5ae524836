package dev.historics.cli.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and counts line ends, eight bytes at a time. */
final class Newlines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOWS = 0x7F7F7F7F7F7F7F7FL;

  private Newlines() {}

  /** The place of the next {@code \n} in {@code [start, end)}; {@code end} if there is none. */
  static int next(byte[] bytes, int start, int end) {
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long found = found(bytes, at);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** How many {@code \n} there are in {@code [start, end)}. */
  static int count(byte[] bytes, int start, int end) {
    int count = 0;
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      count += Long.bitCount(found(bytes, at));
    }
    for (; at < end; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** The high bit of each of eight bytes that is a line end, and no other. */
  private static long found(byte[] bytes, int at) {
    long eight = (long) LONGS.get(bytes, at) ^ NEWLINES;
    return ~(((eight & LOWS) + LOWS) | eight | LOWS);
  }
}
