package dev.historics.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What keeps a chunk from being started, or a query from being queued, although it is their turn.
 *
 * @param owner whose quota it is
 * @param until when it ends by itself; empty if something else has to end first
 */
record Hold(Quota quota, Bucket.Owner owner, Optional<Instant> until) {
  /** By when they end; those last that do not end by themselves. */
  static final Comparator<Hold> ENDS =
      Comparator.comparing(hold -> hold.until().orElse(Instant.MAX));

  Hold {
    Objects.requireNonNull(quota);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(until);
  }
}
