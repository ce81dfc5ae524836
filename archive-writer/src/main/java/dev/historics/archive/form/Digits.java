package dev.historics.archive.form;

import java.nio.charset.StandardCharsets;

/** Numbers as forms spell them: as Java's {@code toString} does. */
final class Digits {
  private static final int LONG_DIGITS_MAX = 20;

  private Digits() {}

  static void whole(long value, Bytes out) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value), out);
      return;
    }
    byte[] digits = new byte[LONG_DIGITS_MAX];
    int at = digits.length;
    long left = Math.abs(value);
    do {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    out.append(digits, at, digits.length);
  }

  static void decimal(long bits, Bytes out) {
    ascii(Double.toString(Double.longBitsToDouble(bits)), out);
  }

  private static void ascii(String text, Bytes out) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.append(bytes, 0, bytes.length);
  }
}
