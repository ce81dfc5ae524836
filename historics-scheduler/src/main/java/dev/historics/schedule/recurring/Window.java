package dev.historics.schedule.recurring;

import java.time.Instant;

/** The time that one query of a series covers, {@code [start, end)}. Never empty. */
public record Window(Instant start, Instant end) {
  public Window {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "a window needs start < end, got [%s, %s)".formatted(start, end));
    }
  }
}
