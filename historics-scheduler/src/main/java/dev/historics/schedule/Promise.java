package dev.historics.schedule;

import java.time.Instant;
import java.util.Objects;

/**
 * What was expected of a query at one moment, in seconds from then on.
 *
 * @param workedMillis how long a dispatcher had been at work in all; see {@link Counters}
 * @param p10 in one of ten cases it is over by then
 * @param p50 in one of two
 * @param p90 in nine of ten
 * @param caution how many times as wide the interval was made as it had been computed
 * @param naive what a simple estimator said: chunks left times mean time of a job, times users, by
 *     jobs at a time
 * @param fifo the same, with all chunks of older queries before it, one after the other
 */
public record Promise(
    QueryId query,
    Instant made,
    long workedMillis,
    double p10,
    double p50,
    double p90,
    double caution,
    double naive,
    double fifo) {
  public Promise {
    Objects.requireNonNull(query);
    Objects.requireNonNull(made);
    if (!(0 <= p10 && p10 <= p50 && p50 <= p90)) {
      throw new IllegalArgumentException(
          "expected 0 <= p10 <= p50 <= p90, got %s, %s, %s".formatted(p10, p50, p90));
    }
  }
}
