package dev.historics.archive;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Numbers as JSON and people spell them: digits with a sign, a fraction and an exponent, in ASCII;
 * no white space, no {@code NaN}, no hexadecimal.
 */
final class Numbers {
  private static final int PLAIN_DIGITS_MAX = 18;

  /** What {@link #plain} answers for anything that is more than a sign and some digits. */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  private Numbers() {}

  /** The number of up to 18 digits, perhaps behind a minus sign, that stands in some bytes. */
  static long plain(byte[] bytes, int from, int to) {
    int first = bytes[from] == '-' ? from + 1 : from;
    if (first == to || to - first > PLAIN_DIGITS_MAX) {
      return NOT_PLAIN;
    }
    long value = 0;
    for (int i = first; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      value = value * 10 + digit;
    }
    return first == from ? value : -value;
  }

  /** The number, if it is whole and fits a long exactly. */
  static OptionalLong whole(String text) {
    if (!isNumber(text)) {
      return OptionalLong.empty();
    }
    if (text.length() <= PLAIN_DIGITS_MAX && isDigits(text)) {
      return OptionalLong.of(Long.parseLong(text));
    }
    try {
      return OptionalLong.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The nearest double, if the number is within its range. */
  static OptionalDouble finite(String text) {
    if (!isNumber(text)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static boolean isDigits(String text) {
    return digits(text, 0) == text.length();
  }

  private static boolean isNumber(String text) {
    int end = text.length();
    if (end == 0 || end > Shredder.NUMBER_CHARACTERS_MAX) {
      return false;
    }
    int at = sign(text, 0);
    int whole = digits(text, at);
    int digits = whole - at;
    at = whole;
    if (at < end && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      digits += fraction - at - 1;
      at = fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int from = sign(text, at + 1);
      int exponent = digits(text, from);
      if (exponent == from) {
        return false;
      }
      at = exponent;
    }
    return at == end;
  }

  private static int sign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
