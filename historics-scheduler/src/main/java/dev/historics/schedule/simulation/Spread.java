package dev.historics.schedule.simulation;

import java.util.Arrays;

/** How some figure is spread: half of its values are at most {@code p50}, 95 in 100 at most p95. */
public record Spread(double p50, double p95, double max) {
  /** Of no values. */
  static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

  static Spread of(double[] values) {
    if (values.length == 0) {
      return NONE;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.95), sorted[sorted.length - 1]);
  }

  /** The smallest value that at least {@code share} of the values are at most. */
  static double quantile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
  }
}
