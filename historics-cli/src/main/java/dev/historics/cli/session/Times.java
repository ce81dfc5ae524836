package dev.historics.cli.session;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Reads the times that people write: ISO 8601 dates and times, or Unix seconds; always UTC, and
 * from 1970 to 9999, for an archive has no other days.
 */
public final class Times {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private Times() {}

  /** An instant; a date alone is its first instant. */
  public static Instant instant(String option, String text) throws CliException {
    Instant instant = parse(option, text);
    if (instant.isBefore(FIRST) || instant.isAfter(END)) {
      throw outside(option, "a time", text);
    }
    return instant;
  }

  private static CliException outside(String option, String what, String found) {
    return CliException.usage(
        "%s: expected %s from 1970-01-01 to 9999-12-31, got '%s'".formatted(option, what, found),
        "the archive has no other days; 'historics archive days' shows those it has");
  }

  private static Instant parse(String option, String text) throws CliException {
    try {
      if (text.matches("-?[0-9]{1,12}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      if (text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw CliException.usage(
          "%s: expected a time such as '2017-08-05', '2017-08-05T10:30:00Z' or Unix seconds, got '%s'"
              .formatted(option, text),
          "times are UTC; --from is inclusive, --to exclusive");
    }
  }

  /** A UTC day. */
  public static LocalDate day(String option, String text) throws CliException {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.isBefore(LocalDate.EPOCH) || day.getYear() > 9999) {
        throw outside(option, "a day", text);
      }
      return day;
    } catch (DateTimeException e) {
      throw CliException.usage(
          "%s: expected a day such as '2017-08-05', got '%s'".formatted(option, text), "");
    }
  }

  /**
   * A stretch of time from {@code --from} and {@code --to}, or {@code --last}.
   *
   * @param from null when not given, as are {@code to} and {@code last}
   */
  public static Range range(String from, String to, String last, Instant now) throws CliException {
    if (last != null) {
      if (from != null || to != null) {
        throw CliException.usage("--last cannot be given together with --from or --to", "");
      }
      Duration length =
          Settings.parseDuration(last)
              .orElseThrow(
                  () ->
                      CliException.usage(
                          "--last: expected a duration such as '7d' or '12h', got '%s'"
                              .formatted(last),
                          ""));
      Instant end = now.truncatedTo(ChronoUnit.SECONDS);
      if (length.compareTo(Duration.between(FIRST, end)) > 0) {
        throw CliException.usage(
            "--last: expected a time that begins in 1970 or later, got '%s'".formatted(last),
            "the archive has no earlier days; 'historics archive days' shows those it has");
      }
      return new Range(end.minus(length), end);
    }
    if (from == null || to == null) {
      throw CliException.usage(
          "a time range is missing: %s".formatted(from == null ? "--from" : "--to"),
          "give --from and --to, or --last 7d");
    }
    Instant start = instant("--from", from);
    Instant end = instant("--to", to);
    if (!start.isBefore(end)) {
      throw CliException.usage(
          "--to must be after --from, got [%s, %s)".formatted(start, end),
          "--from is inclusive, --to exclusive: one day is --from 2017-08-05 --to 2017-08-06");
    }
    return new Range(start, end);
  }

  /** A stretch of time, {@code [start, end)}. */
  public record Range(Instant start, Instant end) {}
}
