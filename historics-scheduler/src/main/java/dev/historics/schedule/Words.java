package dev.historics.schedule;

import java.time.Duration;

/** Lengths of time as people write them. */
final class Words {
  private Words() {}

  /** Such as {@code 1 h}, {@code 90 s}; never less than a second. */
  static String of(Duration length) {
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      return Math.max(1, Math.round(length.toMillis() / 1000.0)) + " s";
    }
    if (length.toSeconds() % 3600 == 0) {
      return length.toHours() + " h";
    }
    return length.toSeconds() % 60 == 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }
}
