package dev.historics.cli.doctor;

import java.time.Duration;
import java.time.Instant;

/** How another machine's clock compares with this one's. */
final class Clocks {
  private static final Duration NOTICED = Duration.ofSeconds(5);
  private static final Duration HARMFUL = Duration.ofMinutes(5);

  private Clocks() {}

  /**
   * Compares two clocks.
   *
   * @param other what the other clock showed, at some moment between {@code before} and {@code
   *     after}, to the second
   */
  static Finding compared(String check, Instant before, Instant other, Instant after) {
    String expected = "the time of this machine, within 5 s";
    Duration apart = apart(before, other, after);
    String found = apart.isZero() ? "the same time" : "%d s apart".formatted(apart.toSeconds());
    if (apart.compareTo(NOTICED) < 0) {
      return Finding.ok(check, expected, found);
    }
    String advice = "let both machines ask the same time server (NTP)";
    return apart.compareTo(HARMFUL) < 0
        ? Finding.warning(check, expected, found, advice)
        : Finding.failed(check, expected, found, advice);
  }

  /** Clocks of files show whole seconds at worst, cut off. */
  private static Duration apart(Instant before, Instant other, Instant after) {
    if (other.plusSeconds(1).isBefore(before)) {
      return Duration.between(other, before);
    }
    return other.isAfter(after) ? Duration.between(after, other) : Duration.ZERO;
  }
}
