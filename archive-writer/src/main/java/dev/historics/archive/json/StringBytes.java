package dev.historics.archive.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes in which JSON strings differ from the text that they mean. */
public final class StringBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private StringBytes() {}

  /**
   * The next quote, backslash or control character: what ends a string or must be escaped in it.
   *
   * @return its place, or {@code to} if there is none
   */
  public static int special(byte[] in, int from, int to) {
    int i = from;
    while (to - i >= Long.BYTES) {
      long word = (long) LONGS.get(in, i);
      long quotes = word ^ QUOTES;
      long backslashes = word ^ BACKSLASHES;
      long hits =
          (((quotes - ONES) & ~quotes)
                  | ((backslashes - ONES) & ~backslashes)
                  | ((word - BLANKS) & ~word))
              & HIGH_BITS;
      if (hits != 0) {
        // The lowest hit is exact; a borrow can only make false ones above it.
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < to && in[i] != '"' && in[i] != '\\' && (in[i] < 0 || in[i] >= ' ')) {
      i++;
    }
    return i;
  }
}
