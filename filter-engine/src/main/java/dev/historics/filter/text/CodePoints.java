package dev.historics.filter.text;

/** Texts as sequences of code points, which is what UTF-8 holds. */
public final class CodePoints {
  private static final char REPLACEMENT = '\uFFFD';

  private CodePoints() {}

  /** The order of texts by code point, which is not the order of {@link String#compareTo}. */
  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? x - y : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  /** Whether a slice of UTF-8 holds ASCII alone. */
  public static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** {@code text} with U+FFFD for every surrogate that lacks its other half. */
  public static String wellFormed(String text) {
    int at = firstLoneSurrogate(text, 0);
    if (at == text.length()) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (; at < text.length(); at = firstLoneSurrogate(text, at + 1)) {
      mended.setCharAt(at, REPLACEMENT);
    }
    return mended.toString();
  }

  private static int firstLoneSurrogate(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        i++;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i += 2;
      } else {
        return i;
      }
    }
    return text.length();
  }
}
