package dev.historics.filter;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which texts are compared: Unicode NFC, and, where case does not count, lower case.
 *
 * <p>Lower case is that of {@link Locale#ROOT} with one difference: both Greek small sigmas are one
 * letter. So the form of a character does not depend on its neighbours, and folding a text and
 * cutting it into words may be done in either order.
 */
enum Folding {
  /** Case does not count. */
  CASELESS,
  /** Case counts: {@code cs}. */
  CASED;

  /** {@code text} as it is compared. */
  String fold(String text) {
    String normal = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    return switch (this) {
      case CASED -> normal;
      case CASELESS -> normal.replace('Σ', 'σ').replace('ς', 'σ').toLowerCase(Locale.ROOT);
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** A slice of UTF-8 as it is compared; malformed bytes become U+FFFD. */
  String fold(byte[] bytes, int start, int length) {
    return fold(new String(bytes, start, length, StandardCharsets.UTF_8));
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
