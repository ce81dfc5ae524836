package dev.historics.filter;

import java.util.Arrays;

/** Numbers with a fraction. The arrays are handed over, not copied. */
public final class FloatColumn implements Column {
  private final int[] rowStarts;
  private final double[] values;

  /**
   * @param rowStarts one more than there are rows
   * @param values may be longer than what is used
   */
  public FloatColumn(int[] rowStarts, double[] values) {
    this.rowStarts = rowStarts;
    this.values = values;
  }

  @Override
  public int rows() {
    return rowStarts.length - 1;
  }

  @Override
  public int rowStart(int row) {
    return rowStarts[row];
  }

  @Override
  public int[] rowStarts() {
    return rowStarts;
  }

  /** The value {@code v}. */
  public double value(int v) {
    return values[v];
  }

  /** Collects a column, row by row. Reusable after {@link #clear}; owned by one thread. */
  public static final class Builder {
    private final RowStarts rows = new RowStarts();
    private double[] values = new double[64];

    /** Adds a value to the row that is open. */
    public void add(double value) {
      int at = rows.add();
      values = at < values.length ? values : Arrays.copyOf(values, at * 2);
      values[at] = value;
    }

    /** Closes the row; what is added next belongs to the one after it. */
    public void endRow() {
      rows.endRow();
    }

    /** The rows that were closed. The builder may go on, or be cleared, without changing them. */
    public FloatColumn build() {
      return new FloatColumn(rows.toArray(), Arrays.copyOf(values, rows.values()));
    }

    /** Forgets everything. */
    public void clear() {
      rows.clear();
    }
  }
}
