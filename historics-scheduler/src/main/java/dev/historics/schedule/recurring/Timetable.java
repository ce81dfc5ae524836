package dev.historics.schedule.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The dates on which a series comes round, each with the time that it then covers. Dates are those
 * of a zone's calendar; a date's window falls due some time after the date's first moment, so that
 * the data can be complete.
 *
 * <p>A date does not come round where its window would be empty, since the zone's calendar left out
 * that day, or would start before 1970, of which no archive has data.
 *
 * @param delay how long after the start of a date its window falls due
 */
public record Timetable(Cadence every, Span span, ZoneId zone, Duration delay, CatchUp catchUp) {
  /** With {@link CatchUp#NONE}, what is found so much later than it fell due is skipped. */
  public static final Duration LATE = Duration.ofHours(6);

  /** How many dates are skipped at a time, so that however long a downtime was costs little. */
  public static final int SKIPPED_MAX = 1000;

  public Timetable {
    Objects.requireNonNull(every);
    Objects.requireNonNull(span);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(catchUp);
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative, got " + delay);
    }
  }

  /** The first date whose window falls due after {@code moment}. */
  public LocalDate firstAfter(Instant moment) {
    LocalDate date = onOrAfter(every.onOrBefore(moment.minus(delay).atZone(zone).toLocalDate()));
    while (!due(date).isAfter(moment)) {
      date = after(date);
    }
    return date;
  }

  /** The first date whose window starts on {@code day} or later. */
  public LocalDate firstFrom(LocalDate day) {
    Instant start = day.atStartOfDay(zone).toInstant();
    LocalDate date = onOrAfter(every.onOrBefore(day));
    while (window(date).start().isBefore(start)) {
      date = after(date);
    }
    return date;
  }

  /** The first date that comes round after {@code date}. */
  public LocalDate after(LocalDate date) {
    return onOrAfter(every.after(date));
  }

  /** {@code date}, or the first after it that has a window. */
  public LocalDate onOrAfter(LocalDate date) {
    LocalDate next = date.isBefore(LocalDate.EPOCH) ? every.after(LocalDate.EPOCH) : date;
    while (span.before(next, zone).filter(Timetable::canHaveData).isEmpty()) {
      next = every.after(next);
    }
    return next;
  }

  private static boolean canHaveData(Window window) {
    return !window.start().isBefore(Instant.EPOCH);
  }

  /** When the window of a date falls due. */
  public Instant due(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().plus(delay);
  }

  /**
   * The time that a date covers.
   *
   * @throws IllegalArgumentException if there is none, since the date does not come round
   */
  public Window window(LocalDate date) {
    return span.before(date, zone)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no window in %s: the calendar left out that day"
                        .formatted(date, zone)));
  }

  /**
   * What is to be done at {@code now}.
   *
   * @param next the first date that has not been dealt with
   */
  public Outlook at(Instant now, LocalDate next) {
    List<LocalDate> skipped = new ArrayList<>();
    Optional<LocalDate> due = Optional.empty();
    LocalDate date = onOrAfter(next);
    while (!due(date).isAfter(now) && (catchUp != CatchUp.ALL || due.isEmpty())) {
      if (skipped.size() == SKIPPED_MAX) {
        return new Outlook(skipped, Optional.empty(), due.orElseThrow());
      }
      due.ifPresent(skipped::add);
      due = Optional.of(date);
      date = after(date);
    }
    if (catchUp == CatchUp.NONE && due.isPresent() && due(due.get()).plus(LATE).isBefore(now)) {
      skipped.add(due.get());
      due = Optional.empty();
    }
    return new Outlook(skipped, due, date);
  }
}
