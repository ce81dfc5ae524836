package dev.historics.filter;

import java.util.List;

/**
 * A quick look at the raw bytes of a text: may it hold a phrase or a literal? It may let through
 * what does not, and never drops what does.
 */
interface ByteFilter {
  boolean mayHold(byte[] bytes, int start, int length);

  /** For a phrase of folded words: looks for the longest stretch of ASCII in one of them. */
  static ByteFilter forPhrase(List<String> phrase, Folding folding) {
    String bestWord = "";
    AsciiRun best = AsciiRun.longest("");
    for (String word : phrase) {
      AsciiRun run = AsciiRun.longest(word);
      if (run.length() > best.length()) {
        best = run;
        bestWord = word;
      }
    }
    return best.length() == 0
        ? ByteFilter::holdsMoreThanAscii
        : LiteralSearch.inWord(bestWord, best, folding)::find;
  }

  /** For a folded literal that may stand inside words. */
  static ByteFilter forLiteral(String literal, Folding folding) {
    AsciiRun run = AsciiRun.longest(literal);
    return run.length() == 0
        ? ByteFilter::holdsMoreThanAscii
        : LiteralSearch.anywhere(run.of(literal), folding)::find;
  }

  private static boolean holdsMoreThanAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /** A stretch of ASCII in a text. */
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
}
