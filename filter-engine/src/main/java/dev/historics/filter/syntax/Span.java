package dev.historics.filter.syntax;

/**
 * A stretch of a rule's text: UTF-16 offsets {@code [start, end)}; empty at the end of the text.
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "a span needs 0 <= start <= end, got [%d, %d)".formatted(start, end));
    }
  }

  /** From the start of this one to the end of {@code last}. */
  Span to(Span last) {
    return new Span(start, last.end);
  }
}
