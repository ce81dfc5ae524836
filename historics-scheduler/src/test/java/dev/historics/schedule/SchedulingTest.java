package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingTest {
  @TempDir Path folder;
  private Office office;
  private Scheduling scheduling;
  private final FakeBooks books = new FakeBooks();

  @BeforeEach
  void open() throws IOException {
    office = new Office(folder, SchedulerSettings.DEFAULTS);
    scheduling = office.open();
  }

  @AfterEach
  void close() throws IOException {
    scheduling.close();
  }

  private void runAll() throws IOException {
    new Dispatcher(
            scheduling, FakeCluster.atOnce(World::done), books, office.clock, DispatchListener.NONE)
        .run(Until.IDLE);
  }

  @Test
  void a_submitted_query_waits_with_tickets_and_an_estimate() throws Exception {
    QueryView view = scheduling.submit(Requests.request("ann", 0, 2));

    assertThat(view.status()).isEqualTo(QueryStatus.QUEUED);
    assertThat(view.progress()).isZero();
    assertThat(view.submitted()).isEqualTo(World.NOW);
    assertThat(view.firstEstimate()).isPresent();
    assertThat(view.estimate()).isPresent();
    assertThat(view.chunks())
        .extracting(chunk -> chunk.day() + " " + chunk.status() + " " + chunk.ticket().getAsLong())
        .containsExactly("2017-08-05 QUEUED 1", "2017-08-06 QUEUED 2");
    assertThat(view.chunks()).allSatisfy(chunk -> assertThat(chunk.estimate()).isPresent());
  }

  @Test
  void another_process_sees_the_same() throws Exception {
    QueryView view = scheduling.submit(Requests.request("ann", 0, 2, "twitter", "bitly"));

    try (Scheduling other = office.open()) {
      assertThat(other.find(view.id())).contains(view);
      assertThat(other.queries()).containsExactly(view);
      assertThat(other.queue()).isEqualTo(scheduling.queue());
    }
  }

  @Test
  void a_run_query_has_its_books_closed_and_counts_what_was_read() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 3)).id();

    runAll();

    QueryView view = scheduling.find(id).orElseThrow();
    assertThat(view.status()).isEqualTo(QueryStatus.SUCCEEDED);
    assertThat(view.progress()).isEqualTo(1);
    assertThat(view.read()).isEqualTo(30);
    assertThat(view.matched()).isEqualTo(6);
    assertThat(view.quarantined()).isEqualTo(3);
    assertThat(view.ended()).isPresent();
    assertThat(view.estimate()).isEmpty();
    assertThat(view.firstEstimate()).isPresent();
    assertThat(books.closed.get(id)).hasSize(3);
    assertThat(books.endings).containsEntry(id, QueryStatus.SUCCEEDED);
    assertThat(scheduling.idle()).isTrue();
  }

  @Test
  void chunks_say_who_shared_their_job() throws Exception {
    QueryId ann = scheduling.submit(Requests.request("ann", 0, 1)).id();
    QueryId bob = scheduling.submit(Requests.request("bob", 0, 1)).id();

    runAll();

    ChunkView chunk = scheduling.find(ann).orElseThrow().chunks().get(0);
    assertThat(chunk.sharedWith()).containsExactly(bob);
    assertThat(chunk.job()).contains(JobId.of(1));
    assertThat(scheduling.find(bob).orElseThrow().chunks().get(0).sharedWith())
        .containsExactly(ann);
  }

  @Test
  void an_unknown_query_is_not_found() throws Exception {
    assertThat(scheduling.find(Requests.id(7))).isEmpty();
    assertThatThrownBy(() -> scheduling.pause(Requests.id(7)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no query 00000000000000000007; 'queue' lists the ones there are");
  }

  @Test
  void what_makes_no_sense_is_refused_with_the_reason() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 1)).id();
    assertThatThrownBy(() -> scheduling.resume(id))
        .isInstanceOf(NotPossibleException.class)
        .hasMessage("query " + id + " cannot be resumed: it is queued");
    scheduling.pause(id);
    assertThatThrownBy(() -> scheduling.pause(id))
        .hasMessage("query " + id + " cannot be paused: it has already been paused");
    scheduling.resume(id);

    runAll();

    for (Asking asking : List.<Asking>of(scheduling::pause, scheduling::resume, scheduling::stop)) {
      assertThatThrownBy(() -> asking.ask(id))
          .isInstanceOf(NotPossibleException.class)
          .hasMessageEndingWith(": it has already succeeded");
    }
  }

  private interface Asking {
    QueryView ask(QueryId id) throws Exception;
  }

  @Test
  void a_query_stopped_without_a_dispatcher_ends_when_its_books_are_settled() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 2)).id();

    assertThat(scheduling.stop(id).status()).isEqualTo(QueryStatus.STOPPING);
    assertThat(scheduling.settle(books))
        .extracting(QueryView::status)
        .containsExactly(QueryStatus.STOPPED);

    assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.STOPPED);
    assertThat(books.closed).containsEntry(id, List.of());
    assertThat(scheduling.idle()).isTrue();
  }

  @Test
  void a_deleted_query_is_gone_at_once_and_its_results_when_it_is_settled() throws Exception {
    QueryId ended = scheduling.submit(Requests.request("ann", 0, 1)).id();
    runAll();
    QueryId waiting = scheduling.submit(Requests.request("ann", 0, 1)).id();

    scheduling.delete(ended);
    scheduling.delete(waiting);

    assertThat(scheduling.queries()).isEmpty();
    assertThat(scheduling.find(ended)).isEmpty();
    assertThatThrownBy(() -> scheduling.delete(ended)).isInstanceOf(NotFoundException.class);
    assertThat(scheduling.idle()).isFalse();
    try (Scheduling other = office.open()) {
      other.settle(books);
    }
    assertThat(books.deleted).containsExactly(ended, waiting);
    assertThat(scheduling.idle()).isTrue();
  }

  @Test
  void a_query_whose_results_cannot_be_removed_is_seen_again() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 1)).id();
    runAll();
    scheduling.delete(id);
    books.fail(3);

    runAll();

    assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.SUCCEEDED);
    scheduling.delete(id);
    runAll();
    assertThat(scheduling.find(id)).isEmpty();
    assertThat(books.deleted).containsExactly(id);
  }

  @Test
  void the_queue_says_why_each_query_waits() throws Exception {
    office =
        new Office(
            folder,
            SchedulerSettings.DEFAULTS.withPolicy(Policy.TICKETS).withPool(1, Duration.ofHours(1)));
    try (Scheduling small = office.open()) {
      small.submit(Requests.request("ann", 0, 2));
      QueryId paused = small.submit(Requests.request("ann", 0, 2)).id();
      small.pause(paused);
      small.submit(Requests.request("bob", 0, 1));

      StateStore.Lead lead = small.desk().tryLead().orElseThrow();
      QueueView queue = small.queue();
      lead.close();

      assertThat(queue.poolSize()).isEqualTo(1);
      assertThat(queue.poolNow()).isEqualTo(1);
      assertThat(queue.users())
          .extracting(user -> user.user() + " " + user.inPool() + " " + user.chunksWaiting())
          .containsExactly("ann true 4", "bob false 1");
      assertThat(queue.users())
          .flatExtracting(QueueView.User::queries)
          .extracting(QueueView.Line::why)
          .containsExactly(
              "its next chunk has ticket 1 and is the next to start",
              "it is paused",
              "bob is not in the pool: users with older queries are served first, 1 at a time"
                  + " (scheduler.pool)");
      assertThat(queue.users())
          .flatExtracting(QueueView.User::queries)
          .extracting(QueueView.Line::help)
          .containsExactly(
              "",
              "'resume' lets it go on",
              "bob gets in when there is room, or after 1 h of waiting");
    }
  }

  @Test
  void an_id_that_is_taken_is_not_given_twice() throws Exception {
    scheduling.close();
    long[] draws = {1, 1, 2};
    int[] next = {0};
    scheduling = office.open(() -> Requests.id(draws[next[0]++]));

    scheduling.submit(Requests.request("ann", 0, 1));
    scheduling.submit(Requests.request("ann", 0, 1));

    assertThat(scheduling.queries())
        .extracting(QueryView::id)
        .containsExactly(Requests.id(1), Requests.id(2));
  }

  @Test
  void nothing_is_queued_when_the_archive_cannot_be_read() throws Exception {
    try (Scheduling blind =
        new Scheduling(
            dev.historics.schedule.store.SqliteStore.open(office.file()),
            office.settings,
            (source, day) -> {
              throw new IOException("archive is away");
            },
            office.clock,
            () -> Requests.id(1))) {
      assertThatThrownBy(() -> blind.submit(Requests.request("ann", 0, 1)))
          .hasMessage("archive is away");
      assertThat(blind.queries()).isEmpty();
    }
  }

  @Test
  void too_long_a_range_is_refused() {
    QueryRequest ages =
        Requests.request(
            "ann", Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("2017-01-01T00:00:00Z"));

    assertThatThrownBy(() -> scheduling.submit(ages))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a query covers at most 36525 days, got 42734: [1900-01-01T00:00:00Z,"
                + " 2017-01-01T00:00:00Z)");
  }

  @Test
  void the_log_says_everything_that_happened() throws Exception {
    scheduling.close();
    scheduling = office.open(() -> Requests.id(1));
    scheduling.submit(Requests.request("ann", 0, 1));
    runAll();

    List<String> events =
        org.jdbi.v3.core.Jdbi.create("jdbc:sqlite:" + office.file())
            .withHandle(
                db ->
                    db.createQuery("SELECT seq || ' ' || type || ' ' || details FROM events")
                        .mapTo(String.class)
                        .list());
    assertThat(events)
        .containsExactly(
            "1 submitted {\"query\":\"00000000000000000001\",\"user\":\"ann\","
                + "\"hash\":\"0123456789abcdef0123456789abcdef\","
                + "\"start\":\"2017-08-05T00:00:00Z\",\"end\":\"2017-08-06T00:00:00Z\"}",
            "2 dispatched {\"jobs\":[{\"job\":\"j1\",\"day\":\"2017-08-05\","
                + "\"queries\":\"00000000000000000001\"}]}",
            "3 job-ended {\"job\":\"j1\",\"outcomes\":"
                + "[{\"chunk\":\"00000000000000000001/2017-08-05\",\"failed\":\"\"}]}",
            "4 ended {\"query\":\"00000000000000000001\"}");
  }

  @Test
  void what_jobs_took_is_kept_and_changes_what_is_expected() throws Exception {
    FakeCluster cluster = FakeCluster.held();
    scheduling.submit(Requests.request("ann", 0, 8));
    FinishTimes before = scheduling.estimate(Requests.request("bob", 100, 1));
    Dispatcher dispatcher =
        new Dispatcher(scheduling, cluster, books, office.clock, DispatchListener.NONE);
    Thread running = new Thread(() -> dispatch(dispatcher));
    running.start();
    for (int i = 0; i < 8; i++) {
      JobPlan plan = cluster.started();
      office.clock.advance(Duration.ofMinutes(10));
      cluster.finish(plan);
    }
    running.join();

    FinishTimes after = scheduling.estimate(Requests.request("bob", 100, 1));

    assertThat(Duration.between(World.NOW, before.p90())).isLessThan(Duration.ofMinutes(5));
    assertThat(Duration.between(office.clock.instant(), after.p50()))
        .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));
  }

  private static void dispatch(Dispatcher dispatcher) {
    try {
      dispatcher.run(Until.IDLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_estimate_leaves_no_trace() throws Exception {
    FinishTimes times = scheduling.estimate(Requests.request("ann", 0, 3));

    assertThat(times.p10()).isAfter(World.NOW);
    assertThat(scheduling.queries()).isEmpty();
    QueryView view = scheduling.submit(Requests.request("ann", 0, 3));
    assertThat(view.firstEstimate()).isEqualTo(Optional.of(times));
  }
}
