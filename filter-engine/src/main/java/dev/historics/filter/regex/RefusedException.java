package dev.historics.filter.regex;

/** A pattern that is refused before RE2/J sees it. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int start;
  private final int end;

  RefusedException(String message, int start, int end) {
    super(message);
    this.start = start;
    this.end = end;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }
}
