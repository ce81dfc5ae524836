package dev.historics.archive;

/** Halves of characters, which JSON can escape and UTF-8 cannot say. */
public final class Characters {
  private static final char REPLACEMENT = '\uFFFD';

  private Characters() {}

  /** Whether no surrogate lacks its partner. */
  public static boolean isWhole(String text) {
    return firstLone(text, 0) < 0;
  }

  /** {@code text} with U+FFFD in place of each surrogate that has no partner. */
  static String whole(String text) {
    int lone = firstLone(text, 0);
    if (lone < 0) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text);
    for (; lone >= 0; lone = firstLone(text, lone + 1)) {
      whole.setCharAt(lone, REPLACEMENT);
    }
    return whole.toString();
  }

  private static int firstLone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!isPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
