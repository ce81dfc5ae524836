package dev.historics.filter;

import java.util.Arrays;

/** Points on the earth, in degrees. The arrays are handed over, not copied. */
public final class GeoColumn implements Column {
  private final int[] rowStarts;
  private final double[] latitudes;
  private final double[] longitudes;

  /**
   * @param rowStarts one more than there are rows
   * @param latitudes one per point, as is {@code longitudes}; both may be longer than what is used
   */
  public GeoColumn(int[] rowStarts, double[] latitudes, double[] longitudes) {
    this.rowStarts = rowStarts;
    this.latitudes = latitudes;
    this.longitudes = longitudes;
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

  /** Degrees north of point {@code v}. */
  public double latitude(int v) {
    return latitudes[v];
  }

  /** Degrees east of point {@code v}. */
  public double longitude(int v) {
    return longitudes[v];
  }

  /** Collects a column, row by row. Reusable after {@link #clear}; owned by one thread. */
  public static final class Builder {
    private final RowStarts rows = new RowStarts();
    private double[] latitudes = new double[64];
    private double[] longitudes = new double[64];

    /** Adds a point, in degrees north and east, to the row that is open. */
    public void add(double latitude, double longitude) {
      int at = rows.add();
      if (at == latitudes.length) {
        latitudes = Arrays.copyOf(latitudes, at * 2);
        longitudes = Arrays.copyOf(longitudes, at * 2);
      }
      latitudes[at] = latitude;
      longitudes[at] = longitude;
    }

    /** Closes the row; what is added next belongs to the one after it. */
    public void endRow() {
      rows.endRow();
    }

    /** The rows that were closed. The builder may go on, or be cleared, without changing them. */
    public GeoColumn build() {
      return new GeoColumn(
          rows.toArray(),
          Arrays.copyOf(latitudes, rows.values()),
          Arrays.copyOf(longitudes, rows.values()));
    }

    /** Forgets everything. */
    public void clear() {
      rows.clear();
    }
  }
}
