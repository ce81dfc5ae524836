package dev.historics.filter.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which texts are compared: Unicode NFC, and, where case does not count, lower case.
 * Folding what is folded changes nothing.
 *
 * <p>Lower case is that of {@link Locale#ROOT} with one difference: both Greek small sigmas are one
 * letter. So the form of a letter does not depend on those next to it. It is brought to NFC again,
 * since some letters are one character with their mark in lower case alone (J and a caron).
 */
public enum Folding {
  /** Case does not count. */
  CASELESS,
  /** Case counts: {@code cs}. */
  CASED;

  /** The marks with which a lower case letter, but not its upper case, can make one character. */
  private static final char MARKS_START = '\u0300';

  private static final char MARKS_END = '\u0370';

  /** {@code text} as it is compared; a surrogate without its other half becomes U+FFFD. */
  public String fold(String text) {
    return foldWellFormed(CodePoints.wellFormed(text));
  }

  private String foldWellFormed(String text) {
    if (isAscii(text)) {
      return this == CASED ? text : text.toLowerCase(Locale.ROOT);
    }
    String normal = normal(text);
    return switch (this) {
      case CASED -> normal;
      case CASELESS -> {
        String lower = normal.replace('Σ', 'σ').replace('ς', 'σ').toLowerCase(Locale.ROOT);
        yield hasMarks(lower) ? normal(lower) : lower;
      }
    };
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasMarks(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= MARKS_START && c < MARKS_END) {
        return true;
      }
    }
    return false;
  }

  /** A slice of UTF-8 as it is compared; malformed bytes become U+FFFD. */
  public String fold(byte[] bytes, int start, int length) {
    return foldWellFormed(new String(bytes, start, length, StandardCharsets.UTF_8));
  }

  /** An ASCII character as it is compared. */
  byte fold(byte ascii) {
    return this == CASELESS && ascii >= 'A' && ascii <= 'Z' ? (byte) (ascii - 'A' + 'a') : ascii;
  }

  /** The one character outside ASCII whose folded form starts with {@code ascii}; else nothing. */
  String otherForm(char ascii) {
    return switch (ascii) {
      case 'k' -> this == CASELESS ? "\u212A" : "";
      case 'K' -> this == CASED ? "\u212A" : "";
      case 'i' -> this == CASELESS ? "\u0130" : "";
      case ';' -> "\u037E";
      case '`' -> "\u1FEF";
      default -> "";
    };
  }
}
