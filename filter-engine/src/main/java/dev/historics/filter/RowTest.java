package dev.historics.filter;

import java.util.BitSet;

/**
 * Decides a check on the rows of a column, 64 at a time: a row passes when one of its values does.
 */
final class RowTest<C extends Column> implements ColumnTest {
  private final ValueTest<C> test;
  private final Class<C> type;

  RowTest(ValueTest<C> test, Class<C> type) {
    this.test = test;
    this.type = type;
  }

  @Override
  public void select(Column column, RowSet rows, BitSet hits) {
    C values = type.cast(column);
    if (!test.canPass(values)) {
      return;
    }
    if (rows.isDense()) {
      selectMany(values, rows.bits(), hits);
      return;
    }
    selectOneByOne(values, rows, hits);
  }

  @Override
  public ColumnTest valueByValue() {
    return (column, rows, hits) -> selectOneByOne(type.cast(column), rows, hits);
  }

  private void selectOneByOne(C column, RowSet rows, BitSet hits) {
    int[] list = rows.list();
    for (int i = 0; i < rows.size(); i++) {
      if (passes(column, list[i])) {
        hits.set(list[i]);
      }
    }
  }

  private boolean passes(C column, int row) {
    int end = column.rowStart(row + 1);
    for (int v = column.rowStart(row); v < end; v++) {
      if (test.test(column, v)) {
        return true;
      }
    }
    return false;
  }

  private void selectMany(C values, BitSet rows, BitSet hits) {
    int[] starts = values.rowStarts();
    boolean isDense = isDense(starts);
    long[] asked = rows.toLongArray();
    for (int word = 0; word < asked.length; word++) {
      if (asked[word] != 0) {
        int row = word * Long.SIZE;
        asked[word] =
            isDense
                ? test.test(values, starts[row], asked[word])
                : passed(values, starts, row, asked[word]);
      }
    }
    hits.or(BitSet.valueOf(asked));
  }

  /** Whether each row has one value. The loop has no way out, so that it can be vectorized. */
  private static boolean isDense(int[] starts) {
    int differences = 0;
    for (int row = 0; row < starts.length; row++) {
      differences |= starts[row] - row;
    }
    return differences == 0;
  }

  /** The rows from {@code first} on that pass, if some have no value, or several. */
  private long passed(C column, int[] starts, int first, long asked) {
    int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(asked);
    long inQuestion = 0;
    for (int i = 0; i <= last; i++) {
      int count = starts[first + i + 1] - starts[first + i];
      if (count > 1) {
        return passedOneByOne(column, first, asked);
      }
      inQuestion |= ((asked >>> i) & count) << (starts[first + i] - starts[first]);
    }
    if (inQuestion == 0) {
      return 0;
    }
    long values = test.test(column, starts[first], inQuestion);
    long passed = 0;
    for (int i = 0; i <= last; i++) {
      int count = starts[first + i + 1] - starts[first + i];
      passed |= ((values >>> (starts[first + i] - starts[first])) & count) << i;
    }
    return passed & asked;
  }

  private long passedOneByOne(C column, int first, long asked) {
    long passed = 0;
    for (long left = asked; left != 0; left &= left - 1) {
      int row = first + Long.numberOfTrailingZeros(left);
      passed |= passes(column, row) ? Long.lowestOneBit(left) : 0;
    }
    return passed;
  }
}
