package dev.historics.jobs.join;

/**
 * Texts that JSON takes for numbers:
 *
 * <pre>
 * int    ::= "0" | "-"? [1-9] [0-9]{0,17}
 * number ::= "-"? ("0" | [1-9] [0-9]{0,17}) ("." [0-9]+)? ([eE] [+-]? [0-9]+)?
 * </pre>
 */
final class JsonNumbers {
  private static final int DIGITS_MAX = 18;
  private static final int CHARACTERS_MAX = 64;

  private JsonNumbers() {}

  /** Whether it is whole, and fits a long. */
  static boolean isInt(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int end = whole(text, start);
    return end == text.length() && (start == 0 || text.charAt(1) != '0');
  }

  /** Whether it is a finite number. */
  static boolean isNumber(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return false;
    }
    int at = whole(text, text.startsWith("-") ? 1 : 0);
    if (at > 0 && at < text.length() && text.charAt(at) == '.') {
      at = digits(text, at + 1);
    }
    if (at > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1;
      boolean isSigned =
          sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-');
      at = digits(text, isSigned ? sign + 1 : sign);
    }
    return at == text.length() && Double.isFinite(Double.parseDouble(text));
  }

  /** Where the digits before the point end; -1 if they cannot stand there. */
  private static int whole(String text, int start) {
    int end = digits(text, start);
    boolean isPadded = end > start + 1 && text.charAt(start) == '0';
    return isPadded || end - start > DIGITS_MAX ? -1 : end;
  }

  /** Where some digits end; -1 if there are none. */
  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == start ? -1 : end;
  }
}
