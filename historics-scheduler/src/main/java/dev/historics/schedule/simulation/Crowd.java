package dev.historics.schedule.simulation;

import java.util.Arrays;

/**
 * How many waited at each step, by weight, and the most since some step. Steps count up from 0.
 * Remembers one entry for each height that nothing since has reached. One thread's.
 */
final class Crowd {
  /** Since which step nothing has been higher than the height of the same index; both sorted. */
  private long[] since = new long[16];

  private double[] heights = new double[16];
  private int size;

  /** At {@code step}, so many wait. */
  void is(double height, long step) {
    long from = step;
    while (size > 0 && heights[size - 1] <= height) {
      size--;
      from = since[size];
    }
    if (size == since.length) {
      since = Arrays.copyOf(since, size * 2);
      heights = Arrays.copyOf(heights, size * 2);
    }
    since[size] = from;
    heights[size] = height;
    size++;
  }

  /** The most who waited at {@code step} or later. */
  double mostSince(long step) {
    int found = Arrays.binarySearch(since, 0, size, step);
    return heights[found >= 0 ? found : -found - 2];
  }
}
