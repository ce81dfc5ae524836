package dev.historics.filter;

import java.util.Arrays;

/** Where the values of each row of a column start, while it is being built. */
final class RowStarts {
  private int[] starts = new int[64];
  private int rows;
  private int added;

  /** Counts a value of the open row and returns its place. */
  int add() {
    return added++;
  }

  void endRow() {
    rows++;
    starts = rows < starts.length ? starts : Arrays.copyOf(starts, rows * 2);
    starts[rows] = added;
  }

  /** The number of values in closed rows. */
  int values() {
    return starts[rows];
  }

  int[] toArray() {
    return Arrays.copyOf(starts, rows + 1);
  }

  void clear() {
    rows = 0;
    added = 0;
  }
}
