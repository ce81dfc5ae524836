package dev.historics.schedule;

import java.util.List;

/**
 * How many times as wide intervals have to be as they were computed, so that eight of ten queries
 * end inside: learned from those that ended.
 */
final class Widening {
  /** How many queries are looked back at. */
  static final int PAST_MAX = 60;

  private static final double LEAST = 0.5;
  private static final double MOST = 3;
  private static final double COVERAGE = 0.8;

  /** How many promises' worth the computed width is. */
  private static final int PRIOR = 10;

  /** Shorter times are those of looking for something to do. */
  private static final double SECONDS_LEAST = 0.2;

  private Widening() {}

  static double of(List<KeptPromises> past) {
    double[] off =
        past.stream()
            .limit(PAST_MAX)
            .flatMap(
                kept ->
                    kept.promises().stream()
                        .filter(promise -> promise.p90() > promise.p50())
                        .map(promise -> off(kept.left(promise), promise)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    double found = Math.max(LEAST, Math.min(MOST, Accuracy.quantile(off, COVERAGE)));
    return off.length == 0 ? 1 : (found * off.length + PRIOR) / (off.length + PRIOR);
  }

  /** How wide the half of the interval should have been that the end was on, as it was computed. */
  private static double off(double left, Promise promise) {
    double half = Math.log(promise.p90() / Math.max(1e-3, promise.p50())) / promise.caution();
    double real = Math.max(SECONDS_LEAST, left) / Math.max(SECONDS_LEAST, promise.p50());
    return Math.abs(Math.log(real)) / half;
  }
}
