package dev.historics.jobs;

import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.TextColumn;
import dev.historics.filter.ValueType;
import java.util.Arrays;

/**
 * The values of one target over successive rows, before they are a column. It is given values of
 * its own type only. Reusable after {@link #clear}; owned by one thread.
 *
 * <p>Values of all types lie in one array of longs: a number or its bits, the two numbers of a
 * place, the end of a text among the bytes of all.
 */
final class ColumnBuffer {
  private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

  private final ValueType type;
  private final int longsPerValue;
  private int[] rowEnds = new int[64];
  private int rows;
  private long[] longs = new long[64];
  private int used;
  private byte[] bytes = new byte[0];
  private int usedBytes;
  private int rowBytes;

  ColumnBuffer(ValueType type) {
    this.type = type;
    this.longsPerValue = type == ValueType.GEO ? 2 : 1;
  }

  void text(byte[] utf8, int from, int to) {
    int length = to - from;
    if (bytes.length - usedBytes < length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, Math.addExact(usedBytes, length)));
    }
    System.arraycopy(utf8, from, bytes, usedBytes, length);
    usedBytes += length;
    append(usedBytes);
  }

  void integer(long value) {
    append(value);
  }

  void decimal(double value) {
    append(Double.doubleToRawLongBits(value));
  }

  void place(double latitude, double longitude) {
    decimal(latitude);
    decimal(longitude);
  }

  private void append(long value) {
    if (used == longs.length) {
      longs = Arrays.copyOf(longs, grown(used, used + 1));
    }
    longs[used++] = value;
  }

  private static int grown(int length, int needed) {
    return (int) Math.min(ARRAY_MAX, Math.max(needed, 2L * length));
  }

  /** Closes the row; what is added next belongs to the one after it. */
  void endRow() {
    if (rows == rowEnds.length) {
      rowEnds = Arrays.copyOf(rowEnds, grown(rows, rows + 1));
    }
    rowEnds[rows++] = used;
    rowBytes = usedBytes;
  }

  /** Forgets what was added to the row that is open. */
  void resetRow() {
    used = rows == 0 ? 0 : rowEnds[rows - 1];
    usedBytes = rowBytes;
  }

  /** The rows that were closed. The buffer may go on, or be cleared, without changing them. */
  Column build() {
    int[] rowStarts = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      rowStarts[row + 1] = rowEnds[row] / longsPerValue;
    }
    int values = rowStarts[rows];
    return switch (type) {
      case TEXT -> texts(rowStarts, values);
      case INT -> new IntColumn(rowStarts, Arrays.copyOf(longs, values));
      case FLOAT -> new FloatColumn(rowStarts, decimals(values, 0));
      case GEO -> new GeoColumn(rowStarts, decimals(values, 0), decimals(values, 1));
    };
  }

  private TextColumn texts(int[] rowStarts, int values) {
    int[] starts = new int[values];
    int[] lengths = new int[values];
    int start = 0;
    for (int v = 0; v < values; v++) {
      starts[v] = start;
      lengths[v] = (int) longs[v] - start;
      start = (int) longs[v];
    }
    return TextColumn.plain(rowStarts, Arrays.copyOf(bytes, start), starts, lengths);
  }

  private double[] decimals(int values, int first) {
    double[] decimals = new double[values];
    for (int v = 0; v < values; v++) {
      decimals[v] = Double.longBitsToDouble(longs[v * longsPerValue + first]);
    }
    return decimals;
  }

  /** Forgets everything. */
  void clear() {
    rows = 0;
    used = 0;
    usedBytes = 0;
    rowBytes = 0;
  }
}
