package dev.historics.archive.parquet;

/** The values of a page as numbers of a dictionary's entries. */
final class DictionaryIds {
  private DictionaryIds() {}

  /**
   * Reads them from the page that is open.
   *
   * @param from where they start in its bytes
   * @throws MalformedPageException if one is not below {@code entries}
   */
  static void decode(ChunkPages pages, int from, int[] ids, int count, int entries)
      throws MalformedPageException {
    byte[] plain = pages.plain();
    int end = pages.header().plainBytes();
    if (count == 0 && from == end) {
      return;
    }
    Cursor cursor = new Cursor(plain, from, end);
    int width = cursor.u8();
    int found = RunLengths.decode(plain, cursor.position(), end, width, ids, 0, count);
    if (found != end) {
      throw new MalformedPageException("there are more numbers than values");
    }
    int highest = 0;
    int lowest = 0;
    for (int v = 0; v < count; v++) {
      highest = Math.max(highest, ids[v]);
      lowest = Math.min(lowest, ids[v]);
    }
    if (count > 0 && (highest >= entries || lowest < 0)) {
      throw new MalformedPageException(
          "a value is entry %d of a dictionary of %d".formatted(highest, entries));
    }
  }
}
