package dev.historics.filter.text;

/** A stretch of ASCII in a text, {@code [start, end)} in UTF-16 units. */
record AsciiRun(int start, int end) {
  /** The longest one, the first of several; empty if there is none. */
  static AsciiRun longest(String text) {
    AsciiRun best = new AsciiRun(0, 0);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        start = i + 1;
      } else if (i + 1 - start > best.length()) {
        best = new AsciiRun(start, i + 1);
      }
    }
    return best;
  }

  int length() {
    return end - start;
  }

  String of(String text) {
    return text.substring(start, end);
  }
}
