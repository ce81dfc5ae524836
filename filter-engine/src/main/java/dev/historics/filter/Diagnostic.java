package dev.historics.filter;

import java.util.Objects;

/**
 * Something wrong with a rule, as a compiler shows it.
 *
 * @param name of the rule or its file
 * @param line 1-based
 * @param column 1-based, in code points
 * @param length of the marked place in code points, at least 1
 * @param sourceLine the line, whole, without its end
 * @param message what was expected and what was found
 * @param hint what to do; empty when nothing certain can be said
 */
public record Diagnostic(
    String name, int line, int column, int length, String sourceLine, String message, String hint) {
  /** How much of a long line is shown on either side of the marked place, in code points. */
  private static final int CONTEXT_MAX = 80;

  public Diagnostic {
    Objects.requireNonNull(name);
    Objects.requireNonNull(sourceLine);
    Objects.requireNonNull(message);
    Objects.requireNonNull(hint);
    if (line < 1 || column < 1 || length < 1) {
      throw new IllegalArgumentException(
          "a diagnostic needs line, column and length >= 1, got %d, %d, %d"
              .formatted(line, column, length));
    }
  }

  /**
   * The diagnostic in three or four lines, without a line break at the end:
   *
   * <pre>
   * query:2:5: error: unknown target 'interaction.contnet'
   * and interaction.contnet contains "a"
   *     ^^^^^^^^^^^^^^^^^^^
   * hint: did you mean 'interaction.content'?
   * </pre>
   *
   * <p>The caret stands under its place where tabs, wide characters and combining marks are shown
   * as terminals show them. Control characters, and those that would end the line or turn its
   * direction, are shown as U+FFFD.
   */
  public String render() {
    int[] line = sourceLine.codePoints().toArray();
    int first = Math.min(column - 1, line.length);
    int end = Math.min(first + length, line.length);
    int from = Math.max(0, first - CONTEXT_MAX);
    int to = Math.min(line.length, Math.min(end, first + CONTEXT_MAX) + CONTEXT_MAX);
    StringBuilder shown = new StringBuilder(from > 0 ? "…" : "");
    StringBuilder carets = new StringBuilder(from > 0 ? " " : "");
    for (int i = from; i < to; i++) {
      int c = line[i];
      shown.appendCodePoint(isControl(c) ? 0xFFFD : c);
      if (i < first) {
        carets.append(c == '\t' ? "\t" : " ".repeat(width(c)));
      } else if (i < end) {
        carets.append("^".repeat(c == '\t' ? 1 : width(c)));
      }
    }
    if (carets.indexOf("^") < 0) {
      carets.append('^');
    }
    shown.append(to < line.length ? "…" : "");
    String text =
        "%s:%d:%d: error: %s\n%s\n%s".formatted(name, this.line, column, message, shown, carets);
    return hint.isEmpty() ? text : text + "\nhint: " + hint;
  }

  private static boolean isControl(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** The cells that terminals give a character. */
  private static int width(int c) {
    if (isControl(c)) {
      return 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
