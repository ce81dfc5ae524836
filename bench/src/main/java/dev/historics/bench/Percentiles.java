package dev.historics.bench;

import java.util.Arrays;

/** How long something took, many times, in nanoseconds. One thread's. */
final class Percentiles {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int size;

  void add(long taken) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = taken;
  }

  /** In milliseconds, what that share of all took at most; 0 of nothing. */
  double millis(double share) {
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size) - 1;
    return sorted[Math.max(0, rank)] / NANOS_PER_MILLI;
  }
}
