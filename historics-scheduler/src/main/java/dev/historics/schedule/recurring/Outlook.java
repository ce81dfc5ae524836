package dev.historics.schedule.recurring;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done about a timetable at some moment.
 *
 * @param skipped dates whose windows are given up, oldest first
 * @param due the date whose window is to be asked for; none if nothing is due, or if more than
 *     {@link Timetable#SKIPPED_MAX} dates are to be skipped first
 * @param next the first date that has not been dealt with after that
 */
public record Outlook(List<LocalDate> skipped, Optional<LocalDate> due, LocalDate next) {
  public Outlook {
    skipped = List.copyOf(skipped);
  }
}
