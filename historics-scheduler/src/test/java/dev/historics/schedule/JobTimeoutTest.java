package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that run for too long are ended, and whose fault it is is found out. */
@Timeout(60)
class JobTimeoutTest {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final SchedulerSettings SETTINGS =
      SchedulerSettings.DEFAULTS
          .withJobTimeout(LIMIT)
          .withFairness(Fairness.DEFAULTS.withSlowdownMax(10));

  private static boolean ended(List<Command> commands, JobPlan plan) {
    return commands.contains(new Command.Kill(plan.id()));
  }

  @ParameterizedTest(name = "{0} aboard")
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void the_one_that_takes_too_long_is_isolated_and_delayed_and_the_others_finish(int aboard) {
    World world = new World(SETTINGS);
    List<QueryId> queries = new ArrayList<>();
    for (int i = 0; i < aboard; i++) {
      queries.add(world.submit("u" + i, 0, 1));
    }
    QueryId slow = queries.get(aboard / 2);

    int jobs = 0;
    for (world.look(); !world.running.isEmpty(); world.look(Duration.ofMinutes(1))) {
      JobPlan plan = world.only();
      jobs++;
      if (plan.chunks().stream().anyMatch(work -> work.id().query().equals(slow))) {
        assertThat(ended(world.look(LIMIT.minusMillis(1)), plan)).isFalse();
        assertThat(world.core.due(Duration.ofMillis(1), World.NOW)).isTrue();
        assertThat(ended(world.look(Duration.ofMillis(1)), plan)).isTrue();
        world.end(plan, plan.chunks().stream().map(World::again).toList());
      } else {
        world.succeed(plan);
      }
    }

    assertThat(world.status(slow)).isEqualTo(QueryStatus.DELAYED);
    assertThat(world.core.find(slow).orElseThrow().chunk(0).failure())
        .endsWith("was ended after 1 h of running for it alone (scheduler.job-timeout)");
    for (QueryId query : queries) {
      if (!query.equals(slow)) {
        assertThat(world.core.find(query)).as("it has ended").isEmpty();
      }
    }
    assertThat(jobs).isLessThanOrEqualTo(2 * (1 + (int) Math.ceil(Math.log(aboard) / Math.log(2))));
  }

  @Test
  void what_was_published_before_the_end_counts() {
    World world = new World(SETTINGS);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 0, 1);
    world.look();
    JobPlan plan = world.only();
    world.look(LIMIT);

    world.end(
        plan,
        plan.chunks().stream()
            .map(work -> work.id().query().equals(a) ? World.done(work) : World.again(work))
            .toList());

    assertThat(world.chunks(a)).contains(QueryStatus.SUCCEEDED);
    assertThat(world.chunks(b)).containsExactly(QueryStatus.QUEUED);
  }

  @Test
  void what_is_resumed_is_tried_once_more() {
    World world = new World(SETTINGS);
    QueryId a = world.submit("A", 0, 1);
    world.look();
    JobPlan plan = world.only();
    world.look(LIMIT);
    world.end(plan, List.of(World.again(plan.chunks().get(0))));
    world.look(LIMIT);
    assertThat(world.running).isEmpty();

    world.resume(a);
    world.look();

    world.succeed(world.only());
    world.look();
    assertThat(world.core.find(a)).isEmpty();
  }

  @Test
  void a_dispatcher_ends_it_by_itself(@TempDir Path folder) throws Exception {
    Office office = new Office(folder, SETTINGS.withJobTimeout(Duration.ofSeconds(20)));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Scheduling scheduling = office.open()) {
      QueryId id = scheduling.submit(Requests.request("ann", 0, 1)).id();
      FakeCluster cluster = FakeCluster.held();
      Dispatcher dispatcher =
          new Dispatcher(
              scheduling, cluster, new FakeBooks(), office.clock, new DispatchListener() {});
      Future<Void> run =
          threads.submit(
              (Callable<Void>)
                  () -> {
                    dispatcher.run(Until.IDLE);
                    return null;
                  });
      cluster.started();

      // A single step of the clock counts for ten seconds at most.
      while (!run.isDone()) {
        office.clock.advance(Duration.ofMillis(1));
        Thread.onSpinWait();
      }

      run.get();
      assertThat(scheduling.find(id).orElseThrow().status()).isEqualTo(QueryStatus.DELAYED);
    } finally {
      threads.shutdownNow();
    }
  }
}
