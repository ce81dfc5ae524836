package dev.historics.archive.form;

import dev.historics.archive.json.StringBytes;
import java.nio.charset.StandardCharsets;

/**
 * How a JSON string spells what its column holds. Programs differ in which characters they escape,
 * and each keeps to its way.
 */
enum Spelling {
  /** Only what must be escaped is: quote, backslash, control characters (as in {@code \u001f}). */
  PLAIN('p', false, false),
  /** And the slash. */
  SLASHES('s', false, true),
  /** And everything beyond ASCII, with small digits. */
  ASCII('a', true, false),
  /** All of these. */
  ASCII_SLASHES('b', true, true);

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte letter;
  private final boolean isAscii;
  private final boolean hasSlashes;

  Spelling(char letter, boolean isAscii, boolean hasSlashes) {
    this.letter = (byte) letter;
    this.isAscii = isAscii;
    this.hasSlashes = hasSlashes;
  }

  /** The letter that names it in a form. */
  byte letter() {
    return letter;
  }

  /** Spells a text in UTF-8. */
  void spell(byte[] text, int from, int to, Bytes out) {
    int at = from;
    while (at < to) {
      int plain = plainEnd(text, at, to);
      out.append(text, at, plain);
      at = plain;
      if (at < to) {
        at = text[at] < 0 ? character(text, at, out) : escape(text[at], at, out);
      }
    }
  }

  /** Where the next character is that is not spelled as it is. */
  private int plainEnd(byte[] text, int from, int to) {
    if (!isAscii && !hasSlashes) {
      return StringBytes.special(text, from, to);
    }
    int at = from;
    while (at < to && !(text[at] < 0 ? isAscii : isEscaped(text[at]))) {
      at++;
    }
    return at;
  }

  private boolean isEscaped(int letter) {
    return letter < ' ' || letter == '"' || letter == '\\' || (hasSlashes && letter == '/');
  }

  private static int escape(int letter, int at, Bytes out) {
    int named =
        switch (letter) {
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '"', '\\', '/' -> letter;
          default -> 0;
        };
    if (named == 0) {
      unit(letter, out);
    } else {
      out.append((byte) '\\');
      out.append((byte) named);
    }
    return at + 1;
  }

  /** Escapes a character of more than one byte; answers where the next one starts. */
  private static int character(byte[] text, int at, Bytes out) {
    int lead = text[at] & 0xFF;
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    int point = lead & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = (point << 6) | (text[at + i] & 0x3F);
    }
    if (point < 0x10000) {
      unit(point, out);
    } else {
      unit(Character.highSurrogate(point), out);
      unit(Character.lowSurrogate(point), out);
    }
    return at + length;
  }

  private static void unit(int unit, Bytes out) {
    out.append((byte) '\\');
    out.append((byte) 'u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[unit >> shift & 0xF]);
    }
  }
}
