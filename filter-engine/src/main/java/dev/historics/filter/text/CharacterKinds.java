package dev.historics.filter.text;

import java.lang.Character.UnicodeScript;

/** What each folded character does in a text that is cut: a table, and a rule beyond it. */
final class CharacterKinds {
  /** Part of longer words. */
  static final byte REGULAR = 0;

  /** Ends a word and is one. */
  static final byte KEEP = 1;

  /** Ends a word and vanishes. */
  static final byte DROP = 2;

  /** Ends a word and is one, together with the marks after it. */
  static final byte SINGLE = 3;

  private static final int ASCII = 0x80;

  /** The first character above all those of {@link CharacterSet#STANDARD}. */
  private static final int STANDARD_END = 0x3100;

  /** The first character that can be Han or kana. */
  private static final int IDEOGRAPHS_START = 0x2E80;

  /** Lengthening and voicing marks, which Unicode counts to no script or to several. */
  private static final String KANA_MARKS = "\u30FC\uFF70\uFF9E\uFF9F";

  private static final CharacterKinds STANDARD =
      new CharacterKinds(Cutting.standard(Folding.CASED), STANDARD_END, true);

  private final Cutting cutting;
  private final byte[] table;
  private final boolean regularBeyond;

  private CharacterKinds(Cutting cutting, int tableEnd, boolean regularBeyond) {
    this.cutting = cutting;
    this.table = new byte[tableEnd];
    this.regularBeyond = regularBeyond;
    for (int c = 0; c < tableEnd; c++) {
      table[c] = decide(c);
    }
  }

  /** The kinds of a cutting; folding makes no difference to them. */
  static CharacterKinds of(Cutting cutting) {
    return cutting.equals(Cutting.standard(cutting.folding()))
        ? STANDARD
        : new CharacterKinds(cutting, ASCII, false);
  }

  byte of(int codePoint) {
    if (codePoint < table.length) {
      return table[codePoint];
    }
    return regularBeyond ? REGULAR : decide(codePoint);
  }

  private byte decide(int codePoint) {
    if (cutting.dropped().contains(codePoint)) {
      return DROP;
    }
    if (cutting.kept().contains(codePoint)) {
      return KEEP;
    }
    return cutting.ideographs() == Cutting.Ideographs.SINGLE && isIdeograph(codePoint)
        ? SINGLE
        : REGULAR;
  }

  private static boolean isIdeograph(int codePoint) {
    if (codePoint < IDEOGRAPHS_START) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || KANA_MARKS.indexOf(codePoint) >= 0;
  }

  /** Whether a character goes with the one before it. */
  static boolean isMark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
