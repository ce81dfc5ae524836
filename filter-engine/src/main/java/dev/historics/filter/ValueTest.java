package dev.historics.filter;

import java.util.BitSet;

/** Decides one check on the value {@code v} of a column; a row passes when one value does. */
interface ValueTest<C extends Column> {
  boolean test(C column, int v);

  /** This test on the rows of columns of {@code type}. */
  default ColumnTest on(Class<C> type) {
    return (column, rows, hits) -> select(type.cast(column), rows, hits);
  }

  private void select(C column, BitSet rows, BitSet hits) {
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      int end = column.rowStart(row + 1);
      for (int v = column.rowStart(row); v < end; v++) {
        if (test(column, v)) {
          hits.set(row);
          break;
        }
      }
    }
  }
}
