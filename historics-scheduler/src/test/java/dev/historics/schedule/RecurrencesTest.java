package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.recurring.Cadence;
import dev.historics.schedule.recurring.CatchUp;
import dev.historics.schedule.recurring.Span;
import dev.historics.schedule.recurring.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recurring queries with a pretend clock. */
@Timeout(60)
class RecurrencesTest {
  private static final RecurringId ID = new RecurringId("a".repeat(20));
  private static final RecurringId OTHER = new RecurringId("b".repeat(20));
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;
  private Office office;
  private Scheduling scheduling;
  private Recurrences recurrences;

  /** Where the state lies: in a file of the folder, unless a test says otherwise. */
  void place() throws IOException {
    assertThat(folder).isEmptyDirectory();
  }

  @BeforeEach
  void open() throws IOException {
    place();
    office = new Office(folder, SchedulerSettings.DEFAULTS);
    scheduling = office.open();
    recurrences = scheduling.recurrences();
  }

  @AfterEach
  void close() throws IOException {
    // Nothing is open where a test was skipped for want of a server.
    if (scheduling != null) {
      scheduling.close();
    }
  }

  private void withQuotas(Quotas quotas) throws IOException {
    scheduling.close();
    office = new Office(folder, SchedulerSettings.DEFAULTS.withQuotas(quotas));
    scheduling = office.open();
    recurrences = scheduling.recurrences();
  }

  @Test
  void a_window_that_a_quota_would_never_let_through_is_passed_over_and_the_run_goes_on()
      throws Exception {
    withQuotas(Quotas.NONE.with(Quota.QUEUED, Quotas.EVERY_USER, 30));
    at("2017-05-15T12:00:00Z");
    Timetable monthly =
        new Timetable(
            Cadence.MONTH,
            new Span.Previous(Cadence.MONTH),
            ZoneId.of("UTC"),
            Duration.ofHours(1),
            CatchUp.ALL);
    recurrences.add(
        ID, Requests.request("ann", 0, 1), monthly, monthly.firstAfter(office.clock.instant()));

    at("2017-07-15T12:00:00Z");
    runUntilIdle();

    assertThat(scheduling.queries())
        .as("May has 31 days, June has 30")
        .extracting(query -> query.request().start())
        .containsExactly(Instant.parse("2017-06-01T00:00:00Z"));
  }

  private void withCatalog(ArchiveCatalog catalog) throws IOException {
    scheduling.close();
    office.catalog = catalog;
    scheduling = office.open();
    recurrences = scheduling.recurrences();
  }

  @Test
  void one_that_fails_is_told_and_tried_again_later_while_the_others_go_on() throws Exception {
    AtomicReference<String> broken = new AtomicReference<>("no such day");
    withCatalog(
        (source, day) -> {
          if (source.equals("broken") && !broken.get().isEmpty()) {
            throw new IllegalArgumentException(broken.get());
          }
          return Volume.NONE;
        });
    at("2017-08-05T12:00:00Z");
    Timetable timetable = timetable(CatchUp.ALL);
    LocalDate first = timetable.firstAfter(office.clock.instant());
    recurrences.add(ID, Requests.request("bad", 0, 1, "broken"), timetable, first);
    recurrences.add(OTHER, Requests.request("ann", 0, 1), timetable, first);

    at("2017-08-06T12:00:00Z");
    runUntilIdle();
    runUntilIdle();

    assertThat(asked()).containsExactly("ann's 2017-08-05 [2017-08-05, 2017-08-06)");
    assertThat(recurrences.all()).extracting(Recurring::trouble).containsExactly("no such day", "");

    broken.set("");
    recurrences = scheduling.recurrences();
    at("2017-08-06T13:30:00Z");
    runUntilIdle();

    assertThat(asked())
        .as("no window was lost")
        .hasSize(2)
        .contains("bad's 2017-08-05 [2017-08-05, 2017-08-06)");
    assertThat(recurrences.all()).extracting(Recurring::trouble).containsOnly("");
  }

  @Test
  void one_that_failed_is_not_looked_at_before_an_hour_has_passed() throws Exception {
    List<LocalDate> looks = new ArrayList<>();
    withCatalog(
        (source, day) -> {
          looks.add(day);
          throw new IllegalStateException("bad luck");
        });
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-08-06T12:00:00Z");
    scheduling.desk().tryLead();

    assertThat(recurrences.ask()).isEmpty();
    assertThat(recurrences.due()).isFalse();
    office.clock.advance(Recurrences.RETRY_WAIT.minusSeconds(1));
    assertThat(recurrences.ask()).isEmpty();
    assertThat(looks).hasSize(1);
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(recurrences.due()).isTrue();
    long told = sequence();
    assertThat(recurrences.ask()).isEmpty();

    assertThat(looks).hasSize(2);
    assertThat(sequence()).as("the same trouble is not told again").isEqualTo(told);
  }

  @Test
  void a_trouble_of_the_archive_ends_the_run_as_before() throws Exception {
    withCatalog(
        (source, day) -> {
          throw new UncheckedIOException(new IOException("disk gone"));
        });
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-08-06T12:00:00Z");

    assertThatThrownBy(this::runUntilIdle).hasMessageContaining("disk gone");
  }

  @Test
  void a_local_day_that_does_not_exist_is_passed_over() throws Exception {
    at("2011-12-28T12:00:00Z");
    Timetable apia =
        new Timetable(
            Cadence.DAY,
            new Span.Previous(Cadence.DAY),
            ZoneId.of("Pacific/Apia"),
            Duration.ofHours(1),
            CatchUp.ALL);
    recurrences.add(
        ID, Requests.request("ann", 0, 1), apia, apia.firstFrom(LocalDate.parse("2011-12-28")));
    at("2012-01-01T12:00:00Z");
    runUntilIdle();

    assertThat(scheduling.queries())
        .extracting(query -> query.request().name())
        .containsExactly(
            "ann's 2011-12-28", "ann's 2011-12-29", "ann's 2011-12-31", "ann's 2012-01-01");
  }

  @Test
  void half_a_century_is_caught_up_with_in_portions() throws Exception {
    at("2026-11-21T12:00:00Z");
    recurrences.add(
        ID,
        Requests.request("ann", 0, 1),
        timetable(CatchUp.LAST),
        LocalDate.parse("-99999999-01-03"));
    scheduling.desk().tryLead();
    int looks = 0;
    while (recurrences.ask().isEmpty()) {
      looks++;
    }
    assertThat(looks).isEqualTo(20_000 / Timetable.SKIPPED_MAX);

    assertThat(asked()).containsExactly("ann's 2026-11-20 [2026-11-20, 2026-11-21)");
  }

  private long sequence() throws IOException {
    try (StateStore store = office.store();
        StateStore.Session session = store.read()) {
      return session.sequence();
    }
  }

  private void at(String moment) {
    office.clock.advance(Duration.between(office.clock.instant(), Instant.parse(moment)));
  }

  private static Timetable timetable(CatchUp catchUp) {
    return new Timetable(
        Cadence.DAY, new Span.Previous(Cadence.DAY), BERLIN, Duration.ofHours(1), catchUp);
  }

  private void daily(CatchUp catchUp) throws IOException {
    Timetable timetable = timetable(catchUp);
    recurrences.add(
        ID, Requests.request("ann", 0, 1), timetable, timetable.firstAfter(office.clock.instant()));
  }

  private void runUntilIdle() throws IOException {
    new Dispatcher(
            scheduling,
            FakeCluster.atOnce(World::done),
            new FakeBooks(),
            office.clock,
            new DispatchListener() {})
        .run(Until.IDLE);
  }

  /** The windows asked for so far, by their local days. */
  private List<String> asked() throws IOException {
    return scheduling.queries().stream()
        .map(query -> query.request())
        .map(
            request ->
                "%s [%s, %s)"
                    .formatted(
                        request.name(),
                        request.start().atZone(BERLIN).toLocalDate(),
                        request.end().atZone(BERLIN).toLocalDate()))
        .toList();
  }

  @Test
  void a_window_is_asked_for_once_when_it_falls_due_and_the_run_ends() throws Exception {
    at("2017-03-25T12:00:00Z");
    daily(CatchUp.ALL);
    runUntilIdle();
    assertThat(asked()).isEmpty();

    at("2017-03-26T00:00:00Z");
    runUntilIdle();
    runUntilIdle();

    assertThat(asked()).containsExactly("ann's 2017-03-25 [2017-03-25, 2017-03-26)");
    assertThat(scheduling.queries().get(0).status()).isEqualTo(QueryStatus.SUCCEEDED);
  }

  @Test
  void the_days_on_which_clocks_change_have_23_and_25_hours() throws Exception {
    at("2017-03-26T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-03-27T12:00:00Z");
    runUntilIdle();
    at("2017-10-29T12:00:00Z");
    recurrences.remove(ID);
    daily(CatchUp.ALL);
    at("2017-10-30T12:00:00Z");
    runUntilIdle();

    assertThat(scheduling.queries())
        .extracting(
            query -> Duration.between(query.request().start(), query.request().end()).toHours())
        .containsExactly(23L, 25L);
  }

  @Test
  void after_a_downtime_all_the_last_or_none_of_the_windows_are_asked_for() throws Exception {
    for (CatchUp catchUp : CatchUp.values()) {
      at("2017-08-05T12:00:00Z");
      daily(catchUp);
      at("2017-08-08T12:00:00Z");
      runUntilIdle();
      at("2017-08-09T00:00:00Z");
      runUntilIdle();

      List<String> days =
          asked().stream()
              .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(',')))
              .toList();
      switch (catchUp) {
        case ALL ->
            assertThat(days)
                .containsExactly("2017-08-05", "2017-08-06", "2017-08-07", "2017-08-08");
        case LAST -> assertThat(days).containsExactly("2017-08-07", "2017-08-08");
        case NONE -> assertThat(days).containsExactly("2017-08-08");
      }
      recurrences.remove(ID);
      for (QueryView query : scheduling.queries()) {
        scheduling.delete(query.id());
      }
      scheduling.settle(new FakeBooks());
    }
  }

  @Test
  void the_next_window_waits_until_the_former_query_has_ended() throws Exception {
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-08-06T12:00:00Z");
    scheduling.desk().tryLead();
    assertThat(recurrences.ask()).hasSize(1);
    QueryId first = scheduling.queries().get(0).id();
    scheduling.pause(first);
    at("2017-08-08T12:00:00Z");

    assertThat(recurrences.ask()).isEmpty();
    scheduling.stop(first);
    scheduling.settle(new FakeBooks());

    assertThat(recurrences.ask()).hasSize(1);
    assertThat(recurrences.ask()).as("the second has not ended").isEmpty();
    assertThat(asked()).hasSize(2);
  }

  @Test
  void a_paused_one_asks_for_nothing_and_a_resumed_one_catches_up() throws Exception {
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    recurrences.pause(ID);
    at("2017-08-07T12:00:00Z");
    runUntilIdle();
    assertThat(asked()).isEmpty();

    recurrences.resume(ID);
    runUntilIdle();

    assertThat(asked()).hasSize(2);
  }

  @Test
  void a_clock_that_is_set_back_asks_for_nothing_twice() throws Exception {
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-08-07T12:00:00Z");
    runUntilIdle();
    at("2017-08-06T12:00:00Z");
    runUntilIdle();
    at("2017-08-07T13:00:00Z");
    runUntilIdle();

    assertThat(asked()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void processes_that_ask_at_once_ask_for_each_window_once() throws Exception {
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.ALL);
    at("2017-08-06T12:00:00Z");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            () -> {
              // Without the lead, as if each took itself for the leader.
              try (Scheduling other = office.open()) {
                return other.recurrences().ask().size();
              }
            });
      }
      int asked = 0;
      for (Future<Integer> each : threads.invokeAll(all)) {
        asked += each.get();
      }
      assertThat(asked).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(asked()).hasSize(1);
  }

  @Test
  void what_was_added_is_listed_as_it_was_added() throws Exception {
    at("2017-08-05T12:00:00Z");
    daily(CatchUp.LAST);

    Recurring kept = scheduling.recurrences().all().get(0);

    assertThat(kept.timetable().catchUp()).isEqualTo(CatchUp.LAST);
    assertThat(kept.next()).isEqualTo(LocalDate.parse("2017-08-06"));
    assertThat(kept.request().start()).isEqualTo(Instant.parse("2017-08-04T22:00:00Z"));
    assertThat(kept.added()).isEqualTo(office.clock.instant());
    recurrences.remove(ID);
    assertThat(recurrences.all()).isEmpty();
  }
}
