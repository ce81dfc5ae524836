package dev.historics.schedule;

import java.util.Objects;

/**
 * How much a user's results take up.
 *
 * @param bytes of what was published of all queries that were not deleted
 */
public record KeptResults(String user, long bytes) {
  public KeptResults {
    Objects.requireNonNull(user);
  }
}
