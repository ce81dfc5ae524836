package dev.historics.filter;

import dev.historics.filter.text.CodePoints;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.TextSet;

/** Whether a whole text is one of a set. A text of ASCII is looked up as it is. */
final class EqualityTest implements TextTest {
  private final TextSet values;
  private final Folding folding;
  private final boolean trimmed;

  EqualityTest(TextCheck.OneOf check) {
    this.values = check.values();
    this.folding = check.folding();
    this.trimmed = check.trimmed();
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    if (CodePoints.isAscii(bytes, start, length)) {
      return holdsAscii(bytes, start, start + length);
    }
    String text = folding.fold(bytes, start, length);
    return values.contains(trimmed ? text.strip() : text);
  }

  private boolean holdsAscii(byte[] bytes, int start, int end) {
    int first = start;
    int last = end;
    if (trimmed) {
      while (first < last && Character.isWhitespace(bytes[first])) {
        first++;
      }
      while (last > first && Character.isWhitespace(bytes[last - 1])) {
        last--;
      }
    }
    return values.containsAscii(bytes, first, last - first, folding);
  }
}
