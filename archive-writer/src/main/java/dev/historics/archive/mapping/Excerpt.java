package dev.historics.archive.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a message shows of a foreign text: its beginning, with nothing in it that acts. */
final class Excerpt {
  static final int CHARACTERS_MAX = 80;

  private Excerpt() {}

  /** The beginning of what stands in {@code [start, end)}, bad UTF-8 included. */
  static String of(byte[] in, int start, int end) {
    int stop = Math.min(end, start + CHARACTERS_MAX * 4);
    return of(new String(in, start, stop - start, StandardCharsets.UTF_8));
  }

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    int characters = 0;
    int i = 0;
    while (i < text.length()) {
      if (characters++ == CHARACTERS_MAX) {
        return shown.append('…').toString();
      }
      int c = text.codePointAt(i);
      appendHarmless(c, shown);
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  private static void appendHarmless(int c, StringBuilder shown) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          shown.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
      default -> shown.appendCodePoint(c);
    }
  }
}
