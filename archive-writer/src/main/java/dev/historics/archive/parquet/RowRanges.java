package dev.historics.archive.parquet;

import java.util.Arrays;
import java.util.BitSet;

/** Some of the rows of a row group, as ranges {@code [from, end)} in ascending order. */
public final class RowRanges {
  private final int[] bounds;
  private final int count;

  private RowRanges(int[] bounds, int count) {
    this.bounds = bounds;
    this.count = count;
  }

  /** No row. */
  public static RowRanges none() {
    return between(0, 0);
  }

  /** The rows {@code [0, rows)}. */
  public static RowRanges all(int rows) {
    return between(0, rows);
  }

  /** The rows {@code [from, end)}. */
  public static RowRanges between(int from, int end) {
    if (from < 0 || end < from) {
      throw new IllegalArgumentException(
          "a range needs 0 <= from <= end, got [%d, %d)".formatted(from, end));
    }
    return new Collector().add(from, end).ranges();
  }

  /** The rows whose bits are set. */
  public static RowRanges of(BitSet rows) {
    Collector collector = new Collector();
    int from = rows.nextSetBit(0);
    while (from >= 0) {
      int end = rows.nextClearBit(from);
      collector.add(from, end);
      from = rows.nextSetBit(end);
    }
    return collector.ranges();
  }

  /** The number of ranges. */
  public int count() {
    return count;
  }

  /** The first row of a range. */
  public int from(int range) {
    return bounds[2 * range];
  }

  /** The row behind the last one of a range. */
  public int end(int range) {
    return bounds[2 * range + 1];
  }

  /** The number of rows. */
  public int rows() {
    int rows = 0;
    for (int range = 0; range < count; range++) {
      rows += end(range) - from(range);
    }
    return rows;
  }

  /** The rows that are in both. */
  public RowRanges and(RowRanges other) {
    Collector collector = new Collector();
    int mine = 0;
    int theirs = 0;
    while (mine < count && theirs < other.count) {
      int from = Math.max(from(mine), other.from(theirs));
      int end = Math.min(end(mine), other.end(theirs));
      if (from < end) {
        collector.add(from, end);
      }
      if (end(mine) <= other.end(theirs)) {
        mine++;
      } else {
        theirs++;
      }
    }
    return collector.ranges();
  }

  /** Whether some row of {@code [from, end)} is among them. */
  public boolean overlap(int from, int end) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return from < end && low < count && from(low) < end;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowRanges ranges
        && Arrays.equals(bounds, 0, 2 * count, ranges.bounds, 0, 2 * ranges.count);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(Arrays.copyOf(bounds, 2 * count));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int range = 0; range < count; range++) {
      text.append("[%d, %d)".formatted(from(range), end(range)));
    }
    return text.toString();
  }

  /** Collects ranges in ascending order; those that touch become one. */
  static final class Collector {
    private int[] bounds = new int[8];
    private int count;

    Collector add(int from, int end) {
      if (from == end) {
        return this;
      }
      if (count > 0 && bounds[2 * count - 1] == from) {
        bounds[2 * count - 1] = end;
        return this;
      }
      if (2 * count == bounds.length) {
        bounds = Arrays.copyOf(bounds, bounds.length * 2);
      }
      bounds[2 * count] = from;
      bounds[2 * count + 1] = end;
      count++;
      return this;
    }

    RowRanges ranges() {
      return new RowRanges(bounds, count);
    }
  }
}
