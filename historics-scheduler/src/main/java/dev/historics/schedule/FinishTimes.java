package dev.historics.schedule;

import java.time.Instant;

/**
 * When something will be over: in one of ten cases by {@code p10}, in nine of ten by {@code p90}.
 */
public record FinishTimes(Instant p10, Instant p50, Instant p90) {
  public FinishTimes {
    if (p50.isBefore(p10) || p90.isBefore(p50)) {
      throw new IllegalArgumentException(
          "finish times must not fall, got %s, %s, %s".formatted(p10, p50, p90));
    }
  }
}
