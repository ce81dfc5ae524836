package dev.historics.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who may ride on a scan that somebody else's ticket opened. */
public enum Policy {
  /**
   * Only chunks without a ticket: those of users outside the pool, and those that came since the
   * last dispatch. Tickets are dealt after each dispatch. The old service's rule.
   */
  SEED,
  /** Every chunk that waits for the day. Tickets are dealt before each dispatch. */
  TICKETS;

  /** The policy of that name, in lower case. */
  public static Policy named(String name) {
    for (Policy policy : values()) {
      if (policy.toString().equals(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "expected a policy out of %s, got '%s'"
            .formatted(
                Arrays.stream(values()).map(Policy::toString).collect(Collectors.joining(", ")),
                name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
