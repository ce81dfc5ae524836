package dev.historics.filter.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Characters whose folded form does not depend on those next to them and is one character of the
 * same kind: a text of these alone is folded one by one. Most characters of most scripts are.
 */
final class LoneCharacters {
  /** Instead of the folded form of a character that is not one of these. */
  static final int NONE = 0;

  private static final int PLANE = 0x10000;

  /** Pictographs: letters with case, and marks, stand elsewhere beyond the first plane. */
  private static final int PICTOGRAPHS_START = 0x1F000;

  private static final int PICTOGRAPHS_END = 0x1FB00;

  private static final int SELECTORS_START = 0xFE00;
  private static final int SELECTORS_END = 0xFE10;
  private static final int JAMO_START = 0x1100;
  private static final int JAMO_END = 0x1200;

  private static final LoneCharacters CASELESS = new LoneCharacters(Folding.CASELESS);
  private static final LoneCharacters CASED = new LoneCharacters(Folding.CASED);

  private final char[] folded = new char[PLANE];

  private LoneCharacters(Folding folding) {
    for (int c = 1; c < PLANE; c++) {
      if (isAlone(c)) {
        int form = folding == Folding.CASED ? c : lower(c);
        folded[c] = form < PLANE && isAlone(form) ? (char) form : NONE;
      }
    }
  }

  static LoneCharacters of(Folding folding) {
    return folding == Folding.CASED ? CASED : CASELESS;
  }

  /** The folded form of a character, or {@link #NONE}. */
  int folded(int codePoint) {
    if (codePoint < PLANE) {
      return folded[codePoint];
    }
    return codePoint >= PICTOGRAPHS_START && codePoint < PICTOGRAPHS_END ? codePoint : NONE;
  }

  /** Whether NFC leaves a character as it is, and neither joins nor moves it. */
  private static boolean isAlone(int c) {
    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      return false;
    }
    return (!CharacterKinds.isMark(c) || isSelector(c))
        && !isConjoining(c)
        && Normalizer.isNormalized(Character.toString(c), Normalizer.Form.NFC);
  }

  /** The marks that choose how a sign is drawn, such as U+FE0F in emoji: none joins or moves. */
  private static boolean isSelector(int c) {
    return c >= SELECTORS_START && c < SELECTORS_END;
  }

  /** The letters of Hangul that make one syllable with those before them. */
  private static boolean isConjoining(int c) {
    return c >= JAMO_START && c < JAMO_END;
  }

  /** A character in lower case, or {@link #NONE} if that is several. */
  private static int lower(int c) {
    String lower = c == 'Σ' || c == 'ς' ? "σ" : Character.toString(c).toLowerCase(Locale.ROOT);
    return lower.codePointCount(0, lower.length()) == 1 ? lower.codePointAt(0) : NONE;
  }
}
