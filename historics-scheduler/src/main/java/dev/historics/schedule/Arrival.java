package dev.historics.schedule;

import java.time.Instant;
import java.util.Objects;

/**
 * A query as it once came.
 *
 * @param volume what it was to read on all its days together
 */
public record Arrival(Instant submitted, QueryRequest request, Volume volume) {
  public Arrival {
    Objects.requireNonNull(submitted);
    Objects.requireNonNull(request);
    Objects.requireNonNull(volume);
  }
}
