package dev.historics.archive.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The rules of UTF-8: shortest form only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Where the first byte stands that is no part of a character; {@code end} if there is none. */
  public static int firstBadByte(byte[] in, int start, int end) {
    int i = start;
    while (i < end) {
      if (end - i >= Long.BYTES && ((long) LONGS.get(in, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      } else if (in[i] >= 0) {
        i++;
      } else {
        int bytes = bytesAt(in, i, end);
        if (bytes == 0) {
          return i;
        }
        i += bytes;
      }
    }
    return end;
  }

  /** How many bytes the character at {@code i} has, which is not ASCII; 0 if it is none. */
  private static int bytesAt(byte[] in, int i, int end) {
    int lead = in[i] & 0xFF;
    int bytes = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (bytes == 0 || end - i < bytes) {
      return 0;
    }
    for (int k = 1; k < bytes; k++) {
      if ((in[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = in[i + 1] & 0xFF;
    boolean tooLong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    boolean surrogate = lead == 0xED && second >= 0xA0;
    boolean tooHigh = lead == 0xF4 && second >= 0x90;
    return tooLong || surrogate || tooHigh ? 0 : bytes;
  }
}
