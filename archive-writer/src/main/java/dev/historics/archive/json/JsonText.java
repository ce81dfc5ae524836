package dev.historics.archive.json;

import java.util.Arrays;

/**
 * What a JSON string with escapes means, in UTF-8; half of a surrogate pair, which UTF-8 cannot
 * say, is U+FFFD. Reusable; owned by one thread.
 */
public final class JsonText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int ESCAPED_UNIT = 6;

  private byte[] bytes = new byte[256];
  private int length;

  /** Takes the text between the quotes of a valid JSON string. */
  public void set(byte[] in, int from, int to) {
    length = 0;
    // No escape is shorter than what it stands for.
    if (bytes.length < to - from) {
      bytes = new byte[Math.max(to - from, 2 * bytes.length)];
    }
    int at = from;
    while (at < to) {
      if (in[at] != '\\') {
        bytes[length++] = in[at++];
      } else if (in[at + 1] == 'u') {
        at = unit(in, at, to);
      } else {
        bytes[length++] = Escapes.single(in[at + 1]);
        at += 2;
      }
    }
  }

  /** One escape of four hexadecimal digits, or two that make one character. */
  private int unit(byte[] in, int at, int to) {
    int first = Escapes.hex(in, at + 2);
    int next = at + ESCAPED_UNIT;
    if (!Character.isSurrogate((char) first)) {
      append(first);
      return next;
    }
    if (Character.isHighSurrogate((char) first)
        && to - next >= ESCAPED_UNIT
        && in[next] == '\\'
        && in[next + 1] == 'u') {
      int second = Escapes.hex(in, next + 2);
      if (Character.isLowSurrogate((char) second)) {
        append(Character.toCodePoint((char) first, (char) second));
        return next + ESCAPED_UNIT;
      }
    }
    append(REPLACEMENT);
    return next;
  }

  private void append(int character) {
    if (character < 0x80) {
      bytes[length++] = (byte) character;
    } else if (character < 0x800) {
      bytes[length++] = (byte) (0xC0 | character >> 6);
      appendRest(character, 1);
    } else if (character < 0x10000) {
      bytes[length++] = (byte) (0xE0 | character >> 12);
      appendRest(character, 2);
    } else {
      bytes[length++] = (byte) (0xF0 | character >> 18);
      appendRest(character, 3);
    }
  }

  private void appendRest(int character, int count) {
    for (int shift = 6 * (count - 1); shift >= 0; shift -= 6) {
      bytes[length++] = (byte) (0x80 | (character >> shift & 0x3F));
    }
  }

  /** Holds the text in its first {@link #length} bytes, until the next one is taken. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** A copy of the text. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
