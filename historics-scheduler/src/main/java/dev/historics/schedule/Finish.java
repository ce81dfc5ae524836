package dev.historics.schedule;

import java.time.Instant;
import java.util.Objects;

/**
 * That a query ended well.
 *
 * @param number its place in the order of submission
 * @param workedMillis how long a dispatcher had been at work in all; see {@link Counters}
 */
public record Finish(
    QueryId query, long number, int chunks, Instant submitted, Instant ended, long workedMillis) {
  public Finish {
    Objects.requireNonNull(query);
    Objects.requireNonNull(submitted);
    Objects.requireNonNull(ended);
  }
}
