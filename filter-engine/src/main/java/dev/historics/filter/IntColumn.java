package dev.historics.filter;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Whole numbers. The arrays are handed over, not copied. A column of which it is known between what
 * its values lie may be decoded late: not before a value is asked for.
 */
public final class IntColumn implements Column {
  private final int rows;
  private final long least;
  private final long greatest;
  private final Supplier<IntColumn> late;
  private int[] rowStarts;
  private long[] values;

  /**
   * @param rowStarts one more than there are rows
   * @param values may be longer than what is used
   */
  public IntColumn(int[] rowStarts, long[] values) {
    this(rowStarts.length - 1, Long.MIN_VALUE, Long.MAX_VALUE, () -> null);
    this.rowStarts = rowStarts;
    this.values = values;
  }

  private IntColumn(int rows, long least, long greatest, Supplier<IntColumn> late) {
    this.rows = rows;
    this.least = least;
    this.greatest = greatest;
    this.late = late;
  }

  /**
   * A column that is decoded when the first value is asked for, and once at most.
   *
   * @param least no value is below it
   * @param greatest no value is above it
   * @param late decodes the same rows; fails with an {@link java.io.UncheckedIOException}
   */
  public static IntColumn late(int rows, long least, long greatest, Supplier<IntColumn> late) {
    return new IntColumn(rows, least, greatest, late);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int rowStart(int row) {
    return rowStarts()[row];
  }

  @Override
  public int[] rowStarts() {
    decode();
    return rowStarts;
  }

  /** The value {@code v}. */
  public long value(int v) {
    return values()[v];
  }

  /** The values, each at its number; the array may be longer than what is used. */
  long[] values() {
    decode();
    return values;
  }

  private void decode() {
    if (rowStarts == null) {
      IntColumn decoded = late.get();
      values = decoded.values();
      rowStarts = decoded.rowStarts();
    }
  }

  /** No value is below it. */
  long least() {
    return least;
  }

  /** No value is above it. */
  long greatest() {
    return greatest;
  }

  /** Collects a column, row by row. Reusable after {@link #clear}; owned by one thread. */
  public static final class Builder {
    private final RowStarts rows = new RowStarts();
    private long[] values = new long[64];

    /** Adds a value to the row that is open. */
    public void add(long value) {
      int at = rows.add();
      values = at < values.length ? values : Arrays.copyOf(values, at * 2);
      values[at] = value;
    }

    /** Closes the row; what is added next belongs to the one after it. */
    public void endRow() {
      rows.endRow();
    }

    /** The rows that were closed. The builder may go on, or be cleared, without changing them. */
    public IntColumn build() {
      return new IntColumn(rows.toArray(), Arrays.copyOf(values, rows.values()));
    }

    /** Forgets everything. */
    public void clear() {
      rows.clear();
    }
  }
}
