package dev.historics.filter;

import java.util.BitSet;

/** Decides one check on the rows of a column. Keeps scratch space: owned by one thread. */
interface ColumnTest {
  /** Sets in {@code hits} those of {@code rows} where some value passes. */
  void select(Column column, RowSet rows, BitSet hits);

  /** This test without what looks at more than one value at a time. */
  default ColumnTest valueByValue() {
    return this;
  }
}
