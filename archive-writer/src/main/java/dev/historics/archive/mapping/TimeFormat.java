package dev.historics.archive.mapping;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/** One way to write a moment. Shared by threads. */
sealed interface TimeFormat {
  /** The moment that {@code text} stands for, unless it is written in another way. */
  Optional<Instant> parse(String text);

  /** What a message says was expected, after "a time". */
  String description();

  /** ISO 8601: a date, a time of day if there is one, an offset if there is one. */
  static TimeFormat iso(ZoneId zone) {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    return new Text(formatter, zone, "like '2017-08-05T10:30:00Z'");
  }

  /** The dates of e-mail and HTTP, with a weekday that is right. */
  static TimeFormat rfc1123() {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .appendPattern("EEE, d MMM uuuu HH:mm:ss ")
            .appendOffset("+HHMM", "GMT")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    return new Text(formatter, ZoneOffset.UTC, "like 'Sat, 05 Aug 2017 10:30:00 +0000'");
  }

  /**
   * A pattern of {@link DateTimeFormatter} with English names, taken to the letter: 30 February is
   * no day. Without a time of day it means the day's start.
   *
   * @param zone where the clock hung, for texts that do not say
   * @throws IllegalArgumentException if it is no pattern, or one that does not tell the day
   */
  static TimeFormat pattern(String pattern, ZoneId zone) {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .appendPattern(pattern)
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    Text format = new Text(formatter, zone, "like '" + pattern + "'");
    String sample = formatter.format(ZonedDateTime.of(2017, 8, 5, 10, 30, 15, 0, zone));
    if (format.parse(sample).isEmpty()) {
      throw new IllegalArgumentException("it does not tell the day");
    }
    return format;
  }

  /** What {@link DateTimeFormatter} reads. */
  record Text(DateTimeFormatter formatter, ZoneId zone, String description) implements TimeFormat {
    @Override
    public Optional<Instant> parse(String text) {
      try {
        TemporalAccessor parsed = formatter.parse(text);
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
          return Optional.of(Instant.from(parsed));
        }
        LocalDate day = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return Optional.of(
            time == null
                ? day.atStartOfDay(zone).toInstant()
                : day.atTime(time).atZone(zone).toInstant());
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * A count since 1970, as a number or a string of one. Fractions are allowed; what is finer than a
   * nanosecond is cut off.
   *
   * @param digits how many decimal digits the unit is finer than a second
   */
  record Unix(int digits, String unit) implements TimeFormat {
    static final Unix SECONDS = new Unix(0, "seconds");
    static final Unix MILLISECONDS = new Unix(3, "milliseconds");
    static final Unix MICROSECONDS = new Unix(6, "microseconds");

    private static final int CHARACTERS_MAX = 40;
    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(Long.MAX_VALUE, 9);

    @Override
    public Optional<Instant> parse(String text) {
      if (!text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")
          || text.length() > CHARACTERS_MAX) {
        return Optional.empty();
      }
      BigDecimal seconds = new BigDecimal(text).movePointLeft(digits);
      if (seconds.abs().compareTo(SECONDS_MAX) > 0) {
        return Optional.empty();
      }
      long nanos = seconds.movePointRight(9).longValue();
      return Optional.of(Instant.EPOCH.plusNanos(nanos));
    }

    @Override
    public String description() {
      return "in " + unit + " since 1970";
    }
  }
}
