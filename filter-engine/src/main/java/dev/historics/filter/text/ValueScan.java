package dev.historics.filter.text;

import java.nio.charset.StandardCharsets;

/** Finds which entry of an index a whole text is. */
final class ValueScan implements TextScan {
  private final WordIndex index;
  private final Folding folding;
  private final boolean trimmed;
  private final int[] found = new int[1];
  private byte[] folded = new byte[64];

  /**
   * @param trimmed whether white space around a text is left out of account
   */
  ValueScan(WordIndex index, boolean trimmed) {
    this.index = index;
    this.folding = index.cutting().folding();
    this.trimmed = trimmed;
  }

  @Override
  public int scan(byte[] bytes, int start, int length) {
    found[0] =
        CodePoints.isAscii(bytes, start, length)
            ? findAscii(bytes, start, start + length)
            : find(folding.fold(bytes, start, length));
    return found[0] == WordIndex.NONE ? 0 : 1;
  }

  private int findAscii(byte[] bytes, int start, int end) {
    int first = start;
    int last = end;
    while (trimmed && first < last && Character.isWhitespace(bytes[first])) {
      first++;
    }
    while (trimmed && last > first && Character.isWhitespace(bytes[last - 1])) {
      last--;
    }
    int length = last - first;
    if (length == 0 || length > index.longest()) {
      return WordIndex.NONE;
    }
    if (folded.length < length + WordIndex.SHORT_MAX) {
      folded = new byte[length + length / 2 + WordIndex.SHORT_MAX];
    }
    for (int i = 0; i < length; i++) {
      folded[i] = folding.fold(bytes[first + i]);
    }
    return index.findPadded(folded, 0, length);
  }

  private int find(String text) {
    byte[] utf8 = (trimmed ? text.strip() : text).getBytes(StandardCharsets.UTF_8);
    return utf8.length == 0 ? WordIndex.NONE : index.find(utf8, 0, utf8.length);
  }

  @Override
  public int[] found() {
    return found;
  }
}
