package dev.historics.filter;

import java.util.BitSet;

/** Decides one check on the rows of a column. Keeps scratch space: owned by one thread. */
interface ColumnTest {
  /** Sets in {@code hits} those of {@code rows} where some value passes. */
  void select(Column column, BitSet rows, BitSet hits);
}
