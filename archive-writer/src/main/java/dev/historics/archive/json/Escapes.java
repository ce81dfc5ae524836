package dev.historics.archive.json;

import java.nio.charset.StandardCharsets;

/** The backslash escapes of JSON strings. */
public final class Escapes {
  private Escapes() {}

  /**
   * What stands between the quotes of a valid JSON string. A half of a surrogate pair that was
   * written as an escape stays half.
   */
  public static String unescaped(byte[] in, int start, int end) {
    StringBuilder text = new StringBuilder(end - start);
    int plain = start;
    int i = start;
    while (i < end) {
      if (in[i] != '\\') {
        i++;
        continue;
      }
      text.append(new String(in, plain, i - plain, StandardCharsets.UTF_8));
      if (in[i + 1] == 'u') {
        text.append((char) hex(in, i + 2));
        i += 6;
      } else {
        text.append((char) single(in[i + 1]));
        i += 2;
      }
      plain = i;
    }
    return text.append(new String(in, plain, end - plain, StandardCharsets.UTF_8)).toString();
  }

  /** What a backslash and a letter stand for. */
  public static byte single(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** The number that four hexadecimal digits spell. */
  static int hex(byte[] in, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = (value << 4) | Character.digit(in[i], 16);
    }
    return value;
  }
}
