package dev.historics.filter;

/**
 * The values of one target over the rows of a batch. Row {@code r} has the values {@code
 * rowStart(r) <= v < rowStart(r + 1)}: none when the target is missing there, several when it is an
 * array.
 */
public sealed interface Column permits TextColumn, IntColumn, FloatColumn, GeoColumn {
  /** The number of rows. */
  int rows();

  /** The first value of {@code row}; {@code rowStart(rows())} is the number of values. */
  int rowStart(int row);

  /** The first value of each row, and the number of values behind them; not to be changed. */
  int[] rowStarts();
}
