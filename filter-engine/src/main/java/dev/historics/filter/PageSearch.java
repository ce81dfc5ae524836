package dev.historics.filter;

import dev.historics.filter.text.LiteralSearch;
import java.util.BitSet;

/**
 * Decides a check all of whose texts hold one literal, by a search in the bytes of many values at
 * once. A column with a dictionary is left to another test.
 */
final class PageSearch implements ColumnTest {
  /** Values that are so many bytes apart are not searched together. */
  private static final int GAP_MAX = 64;

  private final LiteralSearch literal;
  private final TextTest test;
  private final ColumnTest valueByValue;

  /**
   * @param literal one that has candidates
   * @param valueByValue gives the answers of {@code test}
   */
  PageSearch(LiteralSearch literal, TextTest test, ColumnTest valueByValue) {
    this.literal = literal;
    this.test = test;
    this.valueByValue = valueByValue;
  }

  /** By such a search if all that passes {@code test} holds one literal, else value by value. */
  static ColumnTest orValueByValue(TextTest test) {
    ColumnTest valueByValue = new TextColumnTest(test).on(TextColumn.class);
    return test.literal()
        .filter(LiteralSearch::hasCandidates)
        .map(literal -> (ColumnTest) new PageSearch(literal, test, valueByValue))
        .orElse(valueByValue);
  }

  @Override
  public ColumnTest valueByValue() {
    return valueByValue.valueByValue();
  }

  /** Searches stretches of rows whose values stand one after the other. */
  @Override
  public void select(Column column, RowSet rows, BitSet hits) {
    TextColumn texts = (TextColumn) column;
    if (texts.hasDictionary()) {
      valueByValue.select(column, rows, hits);
      return;
    }
    int[] list = rows.list();
    int from = 0;
    while (from < rows.size()) {
      int end = endOfStretch(texts, list, from, rows.size());
      if (end == from) {
        end++;
        valueByValue.select(column, RowSet.range(list[from], list[from] + 1), hits);
      } else {
        search(texts, list, from, end, hits);
      }
      from = end;
    }
  }

  private static int endOfStretch(TextColumn column, int[] rows, int from, int size) {
    int end = -1;
    for (int i = from; i < size; i++) {
      int last = column.rowStart(rows[i] + 1);
      for (int v = column.rowStart(rows[i]); v < last; v++) {
        int start = column.start(v);
        if (end >= 0 && (start < end || start - end > GAP_MAX)) {
          return i;
        }
        end = start + column.length(v);
      }
    }
    return size;
  }

  /** Goes from one place that may be inside the literal to the next, and along the values. */
  private void search(TextColumn column, int[] rows, int from, int to, BitSet hits) {
    int stretchEnd = lastByte(column, rows, from, to);
    byte[] bytes = column.bytes();
    int place = -1;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      int last = column.rowStart(row + 1);
      boolean hit = false;
      for (int v = column.rowStart(row); v < last && !hit; v++) {
        int start = column.start(v);
        int end = start + column.length(v);
        place = place < start ? candidate(bytes, start, stretchEnd) : place;
        while (place < end && !literal.standsAround(bytes, start, end, place)) {
          place = candidate(bytes, place + 1, stretchEnd);
        }
        hit = place < end && test.test(bytes, start, end - start);
      }
      if (hit) {
        hits.set(row);
      }
    }
  }

  private int candidate(byte[] bytes, int from, int end) {
    int place = literal.candidate(bytes, from, end);
    return place < 0 ? Integer.MAX_VALUE : place;
  }

  /** Where the last value of some rows ends; 0 if they have none. */
  private static int lastByte(TextColumn column, int[] rows, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      int v = column.rowStart(rows[i] + 1) - 1;
      if (v >= column.rowStart(rows[i])) {
        return column.start(v) + column.length(v);
      }
    }
    return 0;
  }
}
