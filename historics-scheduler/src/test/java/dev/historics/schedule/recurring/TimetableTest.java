package dev.historics.schedule.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      LocalDate date =
          timetable.onOrAfter(every.onOrBefore(LocalDate.ofEpochDay(40 + random.nextInt(22_000))));
      Instant end = timetable.window(date).end();
      for (int n = 0; n < 40; n++) {
        date = timetable.after(date);
        Window window = timetable.window(date);
        assertThat(window.start()).as(zone + " " + date).isEqualTo(end).isBefore(window.end());
        assertThat(timetable.due(date)).isAfterOrEqualTo(window.end());
        end = window.end();
      }
    }
  }

  /** Zones whose calendar left out a day, with the date on which that day's window would be due. */
  @ParameterizedTest
  @CsvSource({
    "Pacific/Apia, 2011-12-31",
    "Pacific/Fakaofo, 2011-12-31",
    "Pacific/Kiritimati, 1995-01-01",
    "Pacific/Enderbury, 1995-01-01",
    "Pacific/Kwajalein, 1993-08-22",
  })
  void a_day_that_a_calendar_left_out_is_passed_over(String zone, LocalDate date) {
    Timetable timetable = timetable("DAY", "previous-day", zone, CatchUp.ALL);

    assertThat(timetable.onOrAfter(date)).isEqualTo(date.plusDays(1));
    assertThat(timetable.after(date.minusDays(1))).isEqualTo(date.plusDays(1));
    assertThat(timetable.at(Instant.parse("2020-01-01T00:00:00Z"), date).due())
        .contains(date.plusDays(1));
    assertThat(timetable.window(date.minusDays(1)).end())
        .as("nothing is left out")
        .isEqualTo(timetable.window(date.plusDays(1)).start());
    assertThatThrownBy(() -> timetable.window(date))
        .hasMessage("%s has no window in %s: the calendar left out that day", date, zone);
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, previous-day, UTC, 1970-01-02",
    "DAY, previous-day, Europe/Berlin, 1970-01-03",
    "DAY, previous-day, America/New_York, 1970-01-02",
    "DAY, 7d, UTC, 1970-01-08",
    "WEEK, previous-week, UTC, 1970-01-12",
    "MONTH, previous-month, UTC, 1970-02-01",
    "MONTH, previous-month, Asia/Tokyo, 1970-03-01",
  })
  void no_window_starts_before_1970(String every, String span, String zone, LocalDate first) {
    Timetable timetable = timetable(every, span, zone, CatchUp.LAST);

    assertThat(timetable.onOrAfter(LocalDate.parse("-99999999-01-03"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"LAST, true", "NONE, false"})
  void a_downtime_of_decades_is_skipped_in_portions(CatchUp catchUp, boolean asked) {
    Timetable timetable = timetable("DAY", "previous-day", "UTC", catchUp);
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    LocalDate next = LocalDate.parse("1970-01-02");
    List<LocalDate> seen = new ArrayList<>();
    Optional<LocalDate> due = Optional.empty();

    while (!timetable.due(next).isAfter(now)) {
      Outlook outlook = timetable.at(now, next);
      assertThat(outlook.skipped()).hasSizeLessThanOrEqualTo(Timetable.SKIPPED_MAX + 1);
      assertThat(outlook.next()).isAfter(next);
      seen.addAll(outlook.skipped());
      due = outlook.due();
      due.ifPresent(seen::add);
      next = outlook.next();
    }

    assertThat(due.isPresent()).isEqualTo(asked);
    assertThat(seen)
        .containsExactlyElementsOf(
            LocalDate.parse("1970-01-02").datesUntil(LocalDate.parse("2026-11-22")).toList());
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
