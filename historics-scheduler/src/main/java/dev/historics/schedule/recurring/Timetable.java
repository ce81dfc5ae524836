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
 * @param delay how long after the start of a date its window falls due
 */
public record Timetable(Cadence every, Span span, ZoneId zone, Duration delay, CatchUp catchUp) {
  /** With {@link CatchUp#NONE}, what is found so much later than it fell due is skipped. */
  public static final Duration LATE = Duration.ofHours(6);

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
    LocalDate date = every.onOrBefore(moment.minus(delay).atZone(zone).toLocalDate());
    while (!due(date).isAfter(moment)) {
      date = every.after(date);
    }
    return date;
  }

  /** The first date whose window starts on {@code day} or later. */
  public LocalDate firstFrom(LocalDate day) {
    Instant start = day.atStartOfDay(zone).toInstant();
    LocalDate date = every.onOrBefore(day);
    while (window(date).start().isBefore(start)) {
      date = every.after(date);
    }
    return date;
  }

  /** When the window of a date falls due. */
  public Instant due(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().plus(delay);
  }

  public Window window(LocalDate date) {
    return span.before(date, zone);
  }

  /**
   * What is to be done at {@code now}.
   *
   * @param next the first date that has not been dealt with
   */
  public Outlook at(Instant now, LocalDate next) {
    List<LocalDate> skipped = new ArrayList<>();
    Optional<LocalDate> due = Optional.empty();
    LocalDate date = next;
    while (!due(date).isAfter(now) && (catchUp != CatchUp.ALL || due.isEmpty())) {
      due.ifPresent(skipped::add);
      due = Optional.of(date);
      date = every.after(date);
    }
    if (catchUp == CatchUp.NONE && due.isPresent() && due(due.get()).plus(LATE).isBefore(now)) {
      skipped.add(due.get());
      due = Optional.empty();
    }
    return new Outlook(skipped, due, date);
  }
}
