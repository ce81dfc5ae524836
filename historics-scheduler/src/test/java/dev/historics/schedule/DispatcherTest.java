package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DispatcherTest {
  @TempDir Path folder;
  private Office office;
  private Scheduling scheduling;
  private final FakeBooks books = new FakeBooks();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Heard heard = new Heard();

  @BeforeEach
  void open() throws IOException {
    office = new Office(folder, SchedulerSettings.DEFAULTS);
    scheduling = office.open();
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    scheduling.close();
  }

  /** What a dispatcher told, in order. */
  private static final class Heard implements DispatchListener {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());
    private final LinkedBlockingQueue<String> reasons = new LinkedBlockingQueue<>();

    @Override
    public void jobTakenUp(JobPlan plan, int published) {
      all.add("taken up %s: %d done".formatted(plan.id(), published));
    }

    @Override
    public void jobStarted(JobPlan plan) {
      all.add("started " + plan.id());
    }

    @Override
    public void jobProgressed(JobId job, double fraction) {
      all.add("progressed " + job + " " + fraction);
      reasons.add("progressed");
    }

    @Override
    public void jobFinished(JobPlan plan, List<ChunkOutcome> outcomes, Duration took) {
      all.add("finished " + plan.id() + " " + outcomes.size() + " " + took);
    }

    @Override
    public void queryEnded(QueryView query) {
      all.add("ended " + query.status());
    }

    @Override
    public void waiting(String reason) {
      all.add("waiting " + reason);
      reasons.add(reason);
    }

    String reason() throws InterruptedException {
      return reasons.poll(20, TimeUnit.SECONDS);
    }
  }

  private Dispatcher dispatcher(Scheduling on, Cluster cluster) {
    return new Dispatcher(on, cluster, books, office.clock, heard);
  }

  private Future<Void> running(Dispatcher dispatcher, Until until) {
    return threads.submit(
        (Callable<Void>)
            () -> {
              dispatcher.run(until);
              return null;
            });
  }

  @Test
  void tells_what_it_does() throws Exception {
    scheduling.submit(Requests.request("ann", 0, 2));
    FakeCluster cluster = FakeCluster.held();
    Future<Void> run = running(dispatcher(scheduling, cluster), Until.IDLE);
    JobPlan first = cluster.started();
    office.clock.advance(Duration.ofSeconds(3));
    cluster.progress(first, 0.5);
    assertThat(heard.reason()).isEqualTo("progressed");
    try (Scheduling other = office.open()) {
      assertThat(other.queries().get(0).progress()).isEqualTo(0.25);
    }
    cluster.finish(first);
    cluster.finish(cluster.started());
    run.get();

    assertThat(heard.all)
        .containsExactly(
            "started j1",
            "progressed j1 0.5",
            "finished j1 1 PT3S",
            "started j2",
            "finished j2 1 PT0S",
            "ended SUCCEEDED");
  }

  @Test
  void takes_up_what_another_process_submits() throws Exception {
    FakeCluster cluster = FakeCluster.atOnce(World::done);
    Dispatcher dispatcher = dispatcher(scheduling, cluster);
    Future<Void> run = running(dispatcher, Until.INTERRUPTED);

    try (Scheduling other = office.open()) {
      QueryId id = other.submit(Requests.request("ann", 0, 1)).id();
      assertThat(cluster.started().chunks().get(0).id().query()).isEqualTo(id);
    }
    dispatcher.interrupt();
    run.get();
  }

  @Test
  void takes_up_what_is_submitted_on_its_own_queue_while_nothing_runs() throws Exception {
    FakeCluster cluster = FakeCluster.atOnce(World::done);
    Dispatcher dispatcher = dispatcher(scheduling, cluster);
    Future<Void> run = running(dispatcher, Until.INTERRUPTED);
    scheduling.submit(Requests.request("ann", 0, 1));
    cluster.started();

    scheduling.submit(Requests.request("ann", 1, 1));

    assertThat(cluster.started().day()).isEqualTo(World.day(1));
    dispatcher.interrupt();
    run.get();
  }

  @Test
  void starts_what_a_quota_held_back_when_the_day_has_passed() throws Exception {
    Quotas quotas = Quotas.NONE.with(Quota.BYTES_PER_DAY, "ann", 100_000_000);
    office = new Office(folder, SchedulerSettings.DEFAULTS.withQuotas(quotas));
    try (Scheduling limited = office.open()) {
      limited.submit(Requests.request("ann", 0, 2));
      FakeCluster cluster = FakeCluster.held();
      Future<Void> run = running(dispatcher(limited, cluster), Until.IDLE);
      cluster.finish(cluster.started());

      office.clock.advance(Duration.ofDays(1));

      cluster.finish(cluster.started());
      run.get();
    }
  }

  @Test
  void carries_out_a_stop_that_another_process_asks_for() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 3)).id();
    FakeCluster cluster = FakeCluster.held();
    Future<Void> run = running(dispatcher(scheduling, cluster), Until.IDLE);
    cluster.started();

    try (Scheduling other = office.open()) {
      other.stop(id);
      run.get();
      assertThat(other.find(id).orElseThrow().status()).isEqualTo(QueryStatus.STOPPED);
    }
    assertThat(books.closed).containsEntry(id, List.of());
  }

  @Test
  void a_chunk_that_keeps_failing_is_tried_three_times_and_then_delayed() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 2)).id();
    ChunkId bad = new ChunkId(id, World.day(0));
    FakeCluster cluster =
        FakeCluster.atOnce(work -> work.id().equals(bad) ? World.again(work) : World.done(work));

    dispatcher(scheduling, cluster).run(Until.IDLE);

    QueryView view = scheduling.find(id).orElseThrow();
    assertThat(view.status()).isEqualTo(QueryStatus.DELAYED);
    assertThat(view.chunks().get(0).failure()).isEqualTo("disk gone");
    assertThat(Collections.frequency(cluster.scanned, bad)).isEqualTo(3);
    assertThat(books.closed).isEmpty();
    QueueView.Line line = scheduling.queue().users().get(0).queries().get(0);
    assertThat(line.why()).isEqualTo("2017-08-05 failed 3 times (disk gone)");
    assertThat(line.help()).isEqualTo("'resume' tries it again");
  }

  @Test
  void books_that_cannot_be_closed_at_first_are_closed_later() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 1)).id();
    books.fail(2);

    dispatcher(scheduling, FakeCluster.atOnce(World::done)).run(Until.IDLE);

    assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.SUCCEEDED);
    assertThat(books.closed).containsKey(id);
  }

  @Test
  void books_that_can_never_be_closed_delay_the_query() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 1)).id();
    books.fail(100);

    dispatcher(scheduling, FakeCluster.atOnce(World::done)).run(Until.IDLE);

    assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.DELAYED);
    books.fail(0);
    scheduling.resume(id);
    dispatcher(scheduling, FakeCluster.atOnce(World::done)).run(Until.IDLE);
    assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.SUCCEEDED);
  }

  @Test
  void starts_nothing_while_the_cluster_is_unavailable() throws Exception {
    scheduling.submit(Requests.request("ann", 0, 1));
    FakeCluster cluster = FakeCluster.atOnce(World::done);
    cluster.trouble("the name node is in safe mode");
    Future<Void> run = running(dispatcher(scheduling, cluster), Until.IDLE);
    assertThat(heard.reason()).isEqualTo("the name node is in safe mode");
    assertThat(cluster.scanned).isEmpty();

    cluster.trouble("");

    run.get();
    assertThat(cluster.scanned).hasSize(1);
  }

  @Test
  void what_dead_jobs_left_is_cleared_away_at_first_and_after_a_trouble() throws Exception {
    scheduling.submit(Requests.request("ann", 0, 1));
    FakeCluster cluster = FakeCluster.held();
    Future<Void> run = running(dispatcher(scheduling, cluster), Until.IDLE);
    assertThat(cluster.clearedAllBut()).isEmpty();
    JobPlan plan = cluster.started();
    cluster.trouble("the name node is in safe mode");
    scheduling.submit(Requests.request("bob", 1, 1));
    assertThat(heard.reason()).isEqualTo("the name node is in safe mode");

    cluster.trouble("");

    assertThat(cluster.clearedAllBut()).containsExactly(plan.id());
    cluster.finish(plan);
    cluster.finish(cluster.started());
    run.get();
  }

  @Test
  void an_interrupted_dispatcher_kills_its_jobs_and_queues_their_chunks_again() throws Exception {
    QueryId id = scheduling.submit(Requests.request("ann", 0, 2)).id();
    FakeCluster cluster = FakeCluster.held();
    Dispatcher dispatcher = dispatcher(scheduling, cluster);
    Future<Void> run = running(dispatcher, Until.INTERRUPTED);
    cluster.started();

    dispatcher.interrupt();
    run.get();

    assertThat(scheduling.find(id).orElseThrow().chunks())
        .extracting(ChunkView::status)
        .containsExactly(QueryStatus.QUEUED, QueryStatus.QUEUED);
    FakeCluster next = FakeCluster.atOnce(World::done);
    dispatcher(scheduling, next).run(Until.IDLE);
    assertThat(next.recovered).isEmpty();
    assertThat(next.scanned)
        .containsExactly(new ChunkId(id, World.day(0)), new ChunkId(id, World.day(1)));
  }

  @Test
  void a_job_that_does_not_hear_the_interrupt_is_waited_for_only_so_long() throws Exception {
    office = new Office(folder, patience(Duration.ofMillis(300)));
    try (Scheduling hasty = office.open()) {
      QueryId id = hasty.submit(Requests.request("ann", 0, 1)).id();
      FakeCluster cluster = FakeCluster.held();
      cluster.deaf();
      Dispatcher dispatcher = dispatcher(hasty, cluster);
      Future<Void> run = running(dispatcher, Until.INTERRUPTED);
      JobPlan plan = cluster.started();

      dispatcher.interrupt();
      run.get();

      assertThat(cluster.recovered).containsExactly(plan.id());
      assertThat(hasty.find(id).orElseThrow().status()).isEqualTo(QueryStatus.QUEUED);
    }
  }

  private static SchedulerSettings patience(Duration grace) {
    return SchedulerSettings.DEFAULTS.withInterruptGrace(grace);
  }

  @Test
  void a_second_dispatcher_waits_until_the_work_is_done() throws Exception {
    scheduling.submit(Requests.request("ann", 0, 1));
    FakeCluster cluster = FakeCluster.held();
    Future<Void> first = running(dispatcher(scheduling, cluster), Until.IDLE);
    JobPlan plan = cluster.started();
    try (Scheduling other = office.open()) {
      FakeCluster idle = FakeCluster.held();
      Future<Void> second = running(dispatcher(other, idle), Until.IDLE);
      assertThat(heard.reason()).isEqualTo("another process dispatches on this state");

      cluster.finish(plan);

      first.get();
      second.get();
      assertThat(idle.scanned).isEmpty();
    }
  }

  @Test
  void a_dispatcher_that_waits_for_its_turn_can_be_interrupted() throws Exception {
    StateStore.Lead lead = scheduling.desk().tryLead().orElseThrow();
    try (Scheduling other = office.open()) {
      Dispatcher dispatcher = dispatcher(other, FakeCluster.held());
      Future<Void> run = running(dispatcher, Until.INTERRUPTED);
      assertThat(heard.reason()).isEqualTo("another process dispatches on this state");

      dispatcher.interrupt();

      run.get();
    }
    lead.close();
  }

  @Test
  void the_next_dispatcher_takes_up_what_a_dead_one_left() throws Exception {
    QueryId a = scheduling.submit(Requests.request("ann", 0, 2)).id();
    QueryId b = scheduling.submit(Requests.request("bob", 0, 1)).id();
    // The dead one recorded the start of its job, and no more.
    scheduling.desk().look(Duration.ZERO, true);
    FakeCluster cluster = FakeCluster.atOnce(World::done);
    cluster.recovers(2, new ChunkOutcome.Done(new ChunkId(b, World.day(0)), 10, 2, 1, 0));

    dispatcher(scheduling, cluster).run(Until.IDLE);

    assertThat(heard.all)
        .startsWith(
            "waiting what became of job j1 cannot be found out: history server is down",
            "taken up j1: 1 done");
    assertThat(cluster.recovered).containsExactly(JobId.of(1));
    assertThat(cluster.scanned)
        .containsExactly(new ChunkId(a, World.day(0)), new ChunkId(a, World.day(1)));
    assertThat(books.closed.keySet()).containsExactlyInAnyOrder(a, b);
  }

  @Test
  void time_that_passes_while_a_job_runs_counts_as_waiting() throws Exception {
    office =
        new Office(
            folder,
            SchedulerSettings.DEFAULTS
                .withPolicy(Policy.TICKETS)
                .withPool(1, Duration.ofSeconds(30)));
    try (Scheduling small = office.open()) {
      small.submit(Requests.request("ann", 0, 3));
      small.submit(Requests.request("bob", 10, 1));
      FakeCluster cluster = FakeCluster.held();
      Dispatcher dispatcher = dispatcher(small, cluster);
      Future<Void> run = running(dispatcher, Until.INTERRUPTED);
      JobPlan plan = cluster.started();
      for (int i = 0; i < 8; i++) {
        office.clock.advance(Duration.ofSeconds(5));
        cluster.progress(plan, 0.1);
        assertThat(heard.reason()).isEqualTo("progressed");
      }

      cluster.finish(plan);
      cluster.started();

      assertThat(small.queue().poolNow()).isEqualTo(2);
      dispatcher.interrupt();
      run.get();
    }
  }

  @Test
  void a_clock_that_jumps_changes_no_order_and_lets_nobody_starve_sooner() throws Exception {
    office =
        new Office(
            folder,
            SchedulerSettings.DEFAULTS
                .withPolicy(Policy.TICKETS)
                .withPool(1, Duration.ofMinutes(30)));
    try (Scheduling small = office.open()) {
      QueryId a = small.submit(Requests.request("ann", 0, 3)).id();
      small.submit(Requests.request("bob", 10, 1));
      FakeCluster cluster = FakeCluster.held();
      Future<Void> run = running(dispatcher(small, cluster), Until.IDLE);
      JobPlan plan = cluster.started();
      for (int hours : new int[] {1, -2, 5}) {
        office.clock.advance(Duration.ofHours(hours));
        assertThat(small.queue().poolNow()).isLessThanOrEqualTo(1);
        cluster.finish(plan);
        plan = cluster.started();
      }
      cluster.finish(plan);
      run.get();

      assertThat(cluster.scanned.subList(0, 3)).allMatch(chunk -> chunk.query().equals(a));
      assertThat(heard.all).noneMatch(line -> line.contains("PT-"));
    }
  }
}
