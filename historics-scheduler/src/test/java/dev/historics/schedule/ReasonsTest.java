package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code queue} tells those who wait. */
@Timeout(60)
class ReasonsTest {
  private static final SchedulerSettings TWO_JOBS = SchedulerSettings.DEFAULTS.withJobs(2);

  private static QueueView queue(World world) {
    return new Waits(
            world.settings,
            world.core,
            new Views(Map.of(), Map.of(), Estimates.NONE),
            true,
            world.now)
        .queue();
  }

  private static QueueView.Line line(World world, QueryId id) {
    return queue(world).users().stream()
        .flatMap(user -> user.queries().stream())
        .filter(line -> line.query().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String told(World world, QueryId id) {
    QueueView.Line line = line(world, id);
    return line.why() + (line.help().isEmpty() ? "" : " | " + line.help());
  }

  private static World limited(Quota quota, long limit) {
    return new World(TWO_JOBS.withQuotas(Quotas.NONE.with(quota, "A", limit)));
  }

  @Test
  void without_a_scheduler_somebody_has_to_start_one(@TempDir Path folder) throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Scheduling scheduling = office.open();
        Scheduling other = office.open()) {
      scheduling.submit(Requests.request("ann", 0, 2));
      assertThat(scheduling.queue().users().get(0).queries().get(0))
          .extracting(QueueView.Line::why, QueueView.Line::help)
          .containsExactly("no scheduler runs on this state", "'run' starts one");

      FakeCluster cluster = FakeCluster.held();
      Dispatcher dispatcher =
          new Dispatcher(other, cluster, new FakeBooks(), office.clock, new DispatchListener() {});
      Future<Void> run =
          threads.submit(
              (Callable<Void>)
                  () -> {
                    dispatcher.run(Until.INTERRUPTED);
                    return null;
                  });
      cluster.started();

      assertThat(scheduling.queue().users().get(0).queries().get(0).why())
          .isEqualTo(
              "its next chunk has ticket 2 and is the next to start, but a job runs already (j1"
                  + " scans 2017-08-05)");
      dispatcher.interrupt();
      run.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_job_that_is_full_is_named_with_the_cap() {
    World world = new World(SchedulerSettings.DEFAULTS.withRidersMax(1));
    world.submit("A", 0, 1);
    world.submit("B", 0, 1);
    world.submit("C", 1, 1);
    QueryId d = world.submit("D", 0, 1);
    world.look();
    assertThat(world.only().chunks()).hasSize(2);

    assertThat(told(world, d))
        .startsWith("its next chunk has ticket ")
        .endsWith(
            " before it, and j1, which scans 2017-08-05, has as many riders as may be"
                + " (scheduler.riders) | a larger scheduler.riders takes more along");
  }

  @Test
  void a_quota_is_named_with_its_limit_and_what_frees_it() {
    World running = limited(Quota.RUNNING, 1);
    QueryId a = running.submit("A", 0, 2);
    running.look();
    assertThat(told(running, a))
        .isEqualTo(
            "A may run 1 at a time (scheduler.quota.running) | it goes on when one of A's chunks"
                + " ends");

    World queued = limited(Quota.QUEUED, 2);
    QueryId first = queued.submit("A", 0, 2);
    QueryId second = queued.submit("A", 2, 2);
    QueryId third = queued.submit("A", 4, 1);
    assertThat(told(queued, third))
        .isEqualTo(
            "A may have 2 chunks queued or running (scheduler.quota.queued), and it does not fit in"
                + " beside those there are | it is queued when enough of them are over, or a query"
                + " of A is paused or stopped");
    assertThat(line(queued, third).ahead()).containsExactly(second);
    assertThat(line(queued, first).ahead()).isEmpty();

    World bytes = limited(Quota.BYTES_PER_DAY, 150_000_000);
    QueryId b = bytes.submit("A", 0, 2);
    bytes.look();
    assertThat(told(bytes, b))
        .isEqualTo(
            "A may read 143.1 MB within a day (scheduler.quota.bytes-per-day), and what is left is"
                + " not enough for its next chunk | it goes on at 2026-11-21T20:00:00Z, when enough"
                + " has come back");

    World results = limited(Quota.RESULT_BYTES, 7);
    QueryId c = results.submit("A", 0, 4);
    results.look();
    results.succeed(results.running.values().iterator().next());
    assertThat(told(results, c))
        .isEqualTo(
            "A may keep 7 bytes of results (scheduler.quota.result-bytes), and keeps as many |"
                + " 'delete' queries of A whose results are not needed");
  }

  @Test
  void a_query_whose_days_are_too_large_is_told_when_one_fits_and_the_others_go_on() {
    World world = limited(Quota.BYTES_PER_DAY, 100);
    world.submit(Requests.request("A", 0, 1), day -> 60);
    world.look();
    world.succeed(world.only());
    QueryId large =
        world.submit(Requests.request("A", 0, 2), day -> day.equals(World.day(0)) ? 90 : 70);
    QueryId small = world.submit(Requests.request("A", 5, 4), day -> 0);
    world.look();

    assertThat(told(world, large))
        .isEqualTo(
            "A may read 100 bytes within a day (scheduler.quota.bytes-per-day), and what is left is"
                + " not enough for its next chunk | it goes on at 2026-11-21T19:12:00Z, when enough"
                + " has come back");
    assertThat(line(world, large).ahead()).isEmpty();
    assertThat(told(world, small)).contains("is the next to start, but 2 jobs run already");
    assertThat(line(world, small).ahead()).isEmpty();
  }

  @Test
  void of_several_quotas_the_one_that_ends_last_is_named() {
    SchedulerSettings press =
        TWO_JOBS
            .withFairness(Fairness.DEFAULTS.withGroups(Map.of("A", "press")))
            .withQuotas(
                Quotas.NONE
                    .with(Quota.BYTES_PER_DAY, "A", 100)
                    .with(Quota.BYTES_PER_DAY, "press", 80));
    World world = new World(press);
    QueryId a = world.submit(Requests.request("A", 0, 2), day -> 60);
    world.look();

    assertThat(told(world, a))
        .as("A has her bytes after 4.8 hours, the group after 12")
        .startsWith("press may read 80 bytes within a day (scheduler.quota.bytes-per-day)")
        .contains("it goes on at 2026-11-22T00:00:00Z");
  }

  @Test
  void who_waits_for_a_turn_is_told_who_goes_before() {
    World world = new World(SchedulerSettings.DEFAULTS);
    QueryId a = world.submit("A", 0, 2);
    world.look();
    QueryId b = world.submit("B", 10, 2);
    QueryId c = world.submit("C", 20, 2);

    assertThat(line(world, b).ahead()).isEmpty();
    assertThat(line(world, c).ahead()).first().isEqualTo(b);
    assertThat(told(world, c)).startsWith("its next chunk has ticket ");
    assertThat(told(world, b))
        .isEqualTo(
            "its next chunk has ticket 2 and is the next to start, but a job runs already (j1"
                + " scans 2017-08-05) | a larger scheduler.jobs starts it sooner, where the machine"
                + " has room");
    assertThat(line(world, a).ahead()).contains(b);
  }

  @Test
  void a_light_weight_is_a_reason() {
    Fairness light = Fairness.DEFAULTS.withWeights(Map.of("A", 0.5));
    World world = new World(SchedulerSettings.DEFAULTS.withFairness(light));
    QueryId a = world.submit("A", 0, 3);
    world.submit("B", 10, 3);
    world.look();
    world.succeed(world.only());

    assertThat(told(world, a))
        .isEqualTo(
            "its next chunk has ticket 3; 1 is before it | A has the weight 0.5"
                + " (scheduler.weights)");
  }

  @Test
  void what_failed_says_why_and_when_it_is_tried_again() {
    World world = new World(SchedulerSettings.DEFAULTS.withRetryWait(Duration.ofSeconds(4)));
    QueryId a = world.submit("A", 0, 1);
    world.look();
    JobPlan plan = world.only();
    world.end(plan, List.of(World.again(plan.chunks().get(0))));

    assertThat(told(world, a)).isEqualTo("2017-08-05 failed (disk gone) and is tried again in 4 s");
  }

  @Test
  void what_may_have_brought_jobs_down_is_tried_in_small_company() {
    World world = new World(SchedulerSettings.DEFAULTS);
    List<QueryId> aboard =
        List.of(world.submit("A", 0, 1), world.submit("B", 0, 1), world.submit("C", 0, 1));
    for (int i = 0; i < 2; i++) {
      world.look();
      JobPlan plan = world.only();
      world.end(plan, plan.chunks().stream().map(World::again).toList());
    }

    assertThat(told(world, aboard.get(0)))
        .isEqualTo(
            "2 jobs with 2017-08-05 aboard died (disk gone), so it is tried with one other that"
                + " was aboard at most");
  }

  @Test
  void a_paused_query_says_how_it_goes_on() {
    World world = new World(SchedulerSettings.DEFAULTS);
    QueryId a = world.submit("A", 0, 2);
    world.pause(a);

    assertThat(told(world, a)).isEqualTo("it is paused | 'resume' lets it go on");
    assertThat(line(world, a).ahead()).isEmpty();
  }
}
