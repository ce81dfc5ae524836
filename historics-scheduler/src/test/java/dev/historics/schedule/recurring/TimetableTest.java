package dev.historics.schedule.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
  private static Timetable timetable(String every, String span, String zone, CatchUp catchUp) {
    return new Timetable(
        Cadence.valueOf(every),
        Span.parse(span).orElseThrow(),
        ZoneId.of(zone),
        Duration.ofHours(1),
        catchUp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          DAY   previous-day   UTC              2017-08-06 => 2017-08-05T00:00:00Z 2017-08-06T00:00:00Z
          DAY   previous-day   Europe/Berlin    2017-08-06 => 2017-08-04T22:00:00Z 2017-08-05T22:00:00Z
          # The days on which clocks go forward (23 hours) and back (25 hours).
          DAY   previous-day   Europe/Berlin    2017-03-27 => 2017-03-25T23:00:00Z 2017-03-26T22:00:00Z
          DAY   previous-day   Europe/Berlin    2017-10-30 => 2017-10-28T22:00:00Z 2017-10-29T23:00:00Z
          DAY   previous-day   America/New_York 2017-11-06 => 2017-11-05T04:00:00Z 2017-11-06T05:00:00Z
          # A day that begins at one o'clock, and one that the calendar left out.
          DAY   previous-day   America/Sao_Paulo 2017-10-16 => 2017-10-15T03:00:00Z 2017-10-16T02:00:00Z
          DAY   previous-day   Pacific/Apia     2012-01-01 => 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z
          DAY   7d             UTC              2017-08-06 => 2017-07-30T00:00:00Z 2017-08-06T00:00:00Z
          WEEK  previous-week  UTC              2017-08-07 => 2017-07-31T00:00:00Z 2017-08-07T00:00:00Z
          DAY   previous-week  UTC              2017-08-10 => 2017-07-31T00:00:00Z 2017-08-07T00:00:00Z
          MONTH previous-month UTC              2017-03-01 => 2017-02-01T00:00:00Z 2017-03-01T00:00:00Z
          MONTH previous-month UTC              2016-03-01 => 2016-02-01T00:00:00Z 2016-03-01T00:00:00Z
          MONTH previous-month Europe/Berlin    2017-04-01 => 2017-02-28T23:00:00Z 2017-03-31T22:00:00Z
          MONTH previous-month Asia/Kolkata     2018-01-01 => 2017-11-30T18:30:00Z 2017-12-31T18:30:00Z
          """)
  void a_date_covers_whole_local_days_before_it(String given, String expected) {
    String[] parts = given.split(" +", -1);
    LocalDate date = LocalDate.parse(parts[3]);

    Window window = timetable(parts[0], parts[1], parts[2], CatchUp.ALL).window(date);

    assertThat(window.start() + " " + window.end()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, UTC, 2017-08-05T00:59:59Z, 2017-08-05",
    "DAY, UTC, 2017-08-05T01:00:00Z, 2017-08-06",
    "DAY, Europe/Berlin, 2017-08-05T22:59:59Z, 2017-08-06",
    "DAY, Europe/Berlin, 2017-08-05T23:00:00Z, 2017-08-07",
    "WEEK, UTC, 2017-08-05T12:00:00Z, 2017-08-07",
    "MONTH, UTC, 2017-01-31T12:00:00Z, 2017-02-01",
    "MONTH, UTC, 2017-12-31T12:00:00Z, 2018-01-01",
  })
  void the_first_date_after_a_moment_falls_due_after_it(
      String every, String zone, Instant moment, LocalDate first) {
    Timetable timetable = timetable(every, "previous-day", zone, CatchUp.ALL);

    assertThat(timetable.firstAfter(moment)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, previous-day, 2017-08-05, 2017-08-06",
    "DAY, 7d, 2017-08-05, 2017-08-12",
    "WEEK, previous-week, 2017-08-05, 2017-08-14",
    "MONTH, previous-month, 2017-08-01, 2017-09-01",
    "MONTH, previous-month, 2017-08-02, 2017-10-01",
  })
  void the_first_date_from_a_day_covers_nothing_before_it(
      String every, String span, LocalDate day, LocalDate first) {
    assertThat(timetable(every, span, "Europe/Berlin", CatchUp.ALL).firstFrom(day))
        .isEqualTo(first);
  }

  /** What is done at each moment, as {@code moment: skipped / due / next}. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          ALL  2017-08-06T00:59:59Z => [] none 2017-08-06
          ALL  2017-08-06T01:00:00Z => [] 2017-08-06 2017-08-07
          ALL  2017-08-09T12:00:00Z => [] 2017-08-06 2017-08-07
          LAST 2017-08-06T00:59:59Z => [] none 2017-08-06
          LAST 2017-08-06T01:00:00Z => [] 2017-08-06 2017-08-07
          LAST 2017-08-09T12:00:00Z => [2017-08-06, 2017-08-07, 2017-08-08] 2017-08-09 2017-08-10
          NONE 2017-08-06T07:00:00Z => [] 2017-08-06 2017-08-07
          NONE 2017-08-06T07:00:01Z => [2017-08-06] none 2017-08-07
          NONE 2017-08-09T02:00:00Z => [2017-08-06, 2017-08-07, 2017-08-08] 2017-08-09 2017-08-10
          NONE 2017-08-09T12:00:00Z => [2017-08-06, 2017-08-07, 2017-08-08, 2017-08-09] none 2017-08-10
          """)
  void after_a_downtime_over_three_dates_the_policy_decides(String given, String expected) {
    String[] parts = given.split(" +", -1);
    Timetable timetable = timetable("DAY", "previous-day", "UTC", CatchUp.valueOf(parts[0]));

    Outlook outlook = timetable.at(Instant.parse(parts[1]), LocalDate.parse("2017-08-06"));

    assertThat(
            "%s %s %s"
                .formatted(
                    outlook.skipped(),
                    outlook.due().map(LocalDate::toString).orElse("none"),
                    outlook.next()))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void all_windows_of_a_series_lie_side_by_side_whatever_the_zone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> zones =
        ZoneId.getAvailableZoneIds().stream().sorted().collect(Collectors.toList());
    for (int i = 0; i < 200; i++) {
      String zone = zones.get(random.nextInt(zones.size()));
      Cadence every = List.of(Cadence.DAY, Cadence.WEEK, Cadence.MONTH).get(random.nextInt(3));
      Timetable timetable =
          timetable(every.name(), new Span.Previous(every).toString(), zone, CatchUp.ALL);
      LocalDate date = every.onOrBefore(LocalDate.ofEpochDay(14_000 + random.nextInt(8_000)));
      Instant end = timetable.window(date).end();
      for (int n = 0; n < 40; n++) {
        date = every.after(date);
        Window window = timetable.window(date);
        assertThat(window.start()).as(zone + " " + date).isEqualTo(end);
        assertThat(timetable.due(date)).isAfterOrEqualTo(window.end());
        end = window.end();
      }
    }
  }

  @Test
  void what_a_policy_does_at_any_sequence_of_moments_skips_or_asks_each_date_once() {
    SplittableRandom random = new SplittableRandom(7);
    for (CatchUp catchUp : CatchUp.values()) {
      Timetable timetable = timetable("DAY", "previous-day", "Europe/Berlin", catchUp);
      LocalDate next = LocalDate.parse("2017-03-20");
      Instant now = timetable.due(next).minusSeconds(5);
      List<LocalDate> seen = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        now = now.plusSeconds(random.nextInt(200_000));
        Outlook outlook = timetable.at(now, next);
        seen.addAll(outlook.skipped());
        outlook.due().ifPresent(seen::add);
        next = outlook.next();
      }
      assertThat(seen)
          .as(catchUp.name())
          .containsExactlyElementsOf(LocalDate.parse("2017-03-20").datesUntil(next).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0d", "7", "367d", "previous-year", "-1d", "previous-DAY", "1000d"})
  void what_is_no_span_is_none(String text) {
    assertThat(Span.parse(text)).isEmpty();
  }
}
