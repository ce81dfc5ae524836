package dev.historics.archive.json;

/** Where strings and numbers of JSON end. A negative answer is ~ the place where it is wrong. */
final class Scalars {
  private Scalars() {}

  /**
   * The quote that ends a string.
   *
   * @param from behind its first quote
   */
  static int stringEnd(byte[] in, int from, int end) {
    int at = StringBytes.special(in, from, end);
    while (at < end && in[at] == '\\') {
      int behind = escapeEnd(in, at, end);
      if (behind < 0) {
        return behind;
      }
      at = StringBytes.special(in, behind, end);
    }
    return at < end && in[at] == '"' ? at : ~at;
  }

  private static int escapeEnd(byte[] in, int backslash, int end) {
    switch (backslash + 1 < end ? in[backslash + 1] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return backslash + 2;
      }
      case 'u' -> {
        for (int i = backslash + 2; i < backslash + 6; i++) {
          if (i >= end || Character.digit(in[i], 16) < 0) {
            return ~Math.min(i, end);
          }
        }
        return backslash + 6;
      }
      default -> {
        return ~Math.min(backslash + 1, end);
      }
    }
  }

  static int numberEnd(byte[] in, int from, int end) {
    int at = from;
    if (byteAt(in, at, end) == '-') {
      at++;
    }
    at = byteAt(in, at, end) == '0' ? at + 1 : digitsEnd(in, at, end);
    if (at > 0 && byteAt(in, at, end) == '.') {
      at = digitsEnd(in, at + 1, end);
    }
    if (at > 0 && (byteAt(in, at, end) | 0x20) == 'e') {
      at++;
      boolean isSigned = byteAt(in, at, end) == '+' || byteAt(in, at, end) == '-';
      at = digitsEnd(in, isSigned ? at + 1 : at, end);
    }
    return at;
  }

  private static int digitsEnd(byte[] in, int first, int end) {
    int at = first;
    while (byteAt(in, at, end) >= '0' && byteAt(in, at, end) <= '9') {
      at++;
    }
    return at == first ? ~Math.min(at, end) : at;
  }

  private static int byteAt(byte[] in, int at, int end) {
    return at < end ? in[at] : 0;
  }
}
