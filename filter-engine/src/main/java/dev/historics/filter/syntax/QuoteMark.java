package dev.historics.filter.syntax;

/** The quotes that people and their editors put where {@code "} should stand. */
final class QuoteMark {
  private static final String SINGLE = "'‘’‚‛`´‹›＇";
  private static final String DOUBLE = "“”„‟«»＂「」『』";

  /** How far after an apostrophe the end of a text is looked for. */
  private static final int AHEAD_MAX = 200;

  private QuoteMark() {}

  /** Whether {@code c} is a quote, though not the one that the language has. */
  static boolean isOther(char c) {
    return SINGLE.indexOf(c) >= 0 || DOUBLE.indexOf(c) >= 0;
  }

  /**
   * Where the text ends that a quote at {@code open} starts: on the same line, if it can be, not
   * inside a word, where a quote is an apostrophe; -1 if it does not end.
   */
  static int closing(String text, int open) {
    String marks = SINGLE.indexOf(text.charAt(open)) >= 0 ? SINGLE : DOUBLE + "\"";
    int first = -1;
    int end = text.length();
    for (int i = open + 1; i < end && "\n\r".indexOf(text.charAt(i)) < 0; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (marks.indexOf(text.charAt(i)) >= 0) {
        if (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1))) {
          return i;
        }
        if (first < 0) {
          first = i;
          end = Math.min(end, i + AHEAD_MAX);
        }
      }
    }
    return first;
  }
}
