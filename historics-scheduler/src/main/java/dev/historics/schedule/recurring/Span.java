package dev.historics.schedule.recurring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which time before a date is meant, in whole local days. */
public sealed interface Span {
  /** The longest number of days that a span can have. */
  int DAYS_MAX = 366;

  /** The last complete day, week or month. */
  record Previous(Cadence unit) implements Span {
    @Override
    public Optional<Window> before(LocalDate date, ZoneId zone) {
      LocalDate end = unit.onOrBefore(date);
      return window(unit.onOrBefore(end.minusDays(1)), end, zone);
    }

    @Override
    public String toString() {
      return "previous-" + unit.name().toLowerCase(Locale.ROOT);
    }
  }

  /** So many days. */
  record Days(int count) implements Span {
    public Days {
      if (count < 1 || count > DAYS_MAX) {
        throw new IllegalArgumentException(
            "a window has 1 to %d days, got %d".formatted(DAYS_MAX, count));
      }
    }

    @Override
    public Optional<Window> before(LocalDate date, ZoneId zone) {
      return window(date.minusDays(count), date, zone);
    }

    @Override
    public String toString() {
      return count + "d";
    }
  }

  /**
   * The time that ends with the start of {@code date}, or before it. A local day may have 23 or 25
   * hours there, or none, where the calendar left it out.
   *
   * @return none if that time is empty
   */
  Optional<Window> before(LocalDate date, ZoneId zone);

  private static Optional<Window> window(LocalDate first, LocalDate end, ZoneId zone) {
    Instant from = first.atStartOfDay(zone).toInstant();
    Instant to = end.atStartOfDay(zone).toInstant();
    return from.isBefore(to) ? Optional.of(new Window(from, to)) : Optional.empty();
  }

  /** The span that is written {@code previous-day}, {@code previous-month}, {@code 7d}. */
  static Optional<Span> parse(String text) {
    for (Cadence unit : Cadence.values()) {
      Span previous = new Previous(unit);
      if (previous.toString().equals(text)) {
        return Optional.of(previous);
      }
    }
    Matcher days = Pattern.compile("([1-9][0-9]{0,2})d").matcher(text);
    return days.matches() && Integer.parseInt(days.group(1)) <= DAYS_MAX
        ? Optional.of(new Days(Integer.parseInt(days.group(1))))
        : Optional.empty();
  }
}
