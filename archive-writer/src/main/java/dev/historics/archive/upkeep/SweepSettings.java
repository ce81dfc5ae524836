package dev.historics.archive.upkeep;

import java.time.Duration;

/**
 * How long files stay that nobody needs.
 *
 * @param grace those of a version that was replaced; longer than any reader reads that does not pin
 * @param unfinished those that no version ever named; longer than any writer writes
 * @param pinExpiry after this a pin counts no more: its reader has died
 */
public record SweepSettings(Duration grace, Duration unfinished, Duration pinExpiry) {
  public SweepSettings {
    if (grace.isNegative()
        || grace.isZero()
        || unfinished.compareTo(grace) < 0
        || pinExpiry.compareTo(grace) < 0) {
      throw new IllegalArgumentException(
          "expected a grace above zero, unfinished files and pins that live as long, got %s, %s and %s"
              .formatted(grace, unfinished, pinExpiry));
    }
  }
}
