package dev.historics.filter;

import java.util.Set;

/** Whether a whole text is one of a set. */
final class EqualityTest implements TextTest {
  private final Set<String> values;
  private final Folding folding;
  private final boolean trimmed;
  private final AsciiHashes hashes;

  EqualityTest(Check.OneOf check) {
    this.values = check.values();
    this.folding = check.folding();
    this.trimmed = check.trimmed();
    this.hashes = new AsciiHashes(values.size());
    values.forEach(hashes::add);
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    if (!mayEqual(bytes, start, length)) {
      return false;
    }
    String text = folding.fold(bytes, start, length);
    return values.contains(trimmed ? text.strip() : text);
  }

  private boolean mayEqual(byte[] bytes, int start, int length) {
    int first = start;
    int end = start + length;
    if (trimmed) {
      while (first < end && isBlank(bytes[first])) {
        first++;
      }
      while (end > first && isBlank(bytes[end - 1])) {
        end--;
      }
    }
    int hash = AsciiHashes.EMPTY;
    for (int i = first; i < end; i++) {
      if (bytes[i] < 0) {
        return true;
      }
      hash = AsciiHashes.append(hash, bytes[i], folding);
    }
    return hashes.mayHold(hash);
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && Character.isWhitespace(b);
  }
}
