package dev.historics.jobs;

/**
 * An uncertain number of things: in one of ten cases it is at most {@code p10}, in nine of ten at
 * most {@code p90}.
 */
public record Spread(long p10, long p50, long p90) {
  /** How many standard deviations lie between the middle and either end of a normal spread. */
  private static final double DEVIATIONS = 1.2816;

  public Spread {
    if (p10 < 0 || p50 < p10 || p90 < p50) {
      throw new IllegalArgumentException(
          "expected 0 <= p10 <= p50 <= p90, got %d, %d, %d".formatted(p10, p50, p90));
    }
  }

  /** A spread around a mean, within {@code [0, most]}. */
  static Spread of(double mean, double variance, long most) {
    double half = DEVIATIONS * Math.sqrt(variance);
    return new Spread(clamp(mean - half, most), clamp(mean, most), clamp(mean + half, most));
  }

  private static long clamp(double value, long most) {
    return Math.min(most, Math.round(Math.max(0, value)));
  }
}
