package dev.historics.filter;

import dev.historics.filter.syntax.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines of a rule: turns places in its text into lines and columns. */
final class SourceText {
  private final String name;
  private final String text;
  private final List<Integer> lineStarts = new ArrayList<>(List.of(0));

  /** The line that was shown last: a long one must not be copied for each of its problems. */
  private String shownLine = "";

  private int shownStart = -1;

  SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !pair) {
        lineStarts.add(i + 1);
      }
    }
  }

  /** The problem, shown at the first line of its place. */
  Diagnostic diagnostic(Problem problem) {
    int start = problem.span().start();
    int found = Collections.binarySearch(lineStarts, start);
    int line = found >= 0 ? found : -found - 2;
    int first = lineStarts.get(line);
    int end = endOfLine(first);
    int last = Math.min(problem.span().end(), end);
    return new Diagnostic(
        name,
        line + 1,
        text.codePointCount(first, start) + 1,
        last > start ? text.codePointCount(start, last) : 1,
        line(first, end),
        problem.message(),
        problem.hint());
  }

  private String line(int start, int end) {
    if (shownStart != start) {
      shownStart = start;
      shownLine = text.substring(start, end);
    }
    return shownLine;
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }
}
