package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimatesTest {
  /** A chunk of a million records takes 10 s on its own. */
  private static final Rates PLAIN = new Rates(5, 200_000, 1e9, 0.1, 0.01, 0);

  private static final SchedulerSettings CERTAIN = SchedulerSettings.DEFAULTS.withRates(PLAIN);

  private static FinishTimes after(int seconds) {
    return new FinishTimes(
        World.NOW.plusSeconds(seconds),
        World.NOW.plusSeconds(seconds),
        World.NOW.plusSeconds(seconds));
  }

  private static Estimates estimates(SchedulerSettings settings, World world) {
    return new Estimates(settings, world.core.snapshot(), World.NOW, List.of());
  }

  @Test
  void a_query_ends_when_its_last_chunk_does() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 10, 1);

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.chunk(new ChunkId(a, World.day(0)))).contains(after(10));
    assertThat(estimates.query(b)).contains(after(20));
    assertThat(estimates.query(a)).contains(after(30));
  }

  @Test
  void a_shared_scan_takes_longer_by_its_riders_but_is_one_scan() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 1);
    QueryId b = world.submit("B", 0, 1);

    Estimates estimates = estimates(CERTAIN, world);

    FinishTimes both =
        new FinishTimes(
            World.NOW.plusMillis(10_500),
            World.NOW.plusMillis(10_500),
            World.NOW.plusMillis(10_500));
    assertThat(estimates.query(a)).contains(both);
    assertThat(estimates.query(b)).contains(both);
  }

  @Test
  void what_runs_already_has_less_to_go() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 1);
    world.look();

    Estimates estimates =
        new Estimates(CERTAIN, world.core.snapshot(), World.NOW.plusSeconds(4), List.of());

    assertThat(estimates.query(a)).contains(after(10));
  }

  @Test
  void nothing_is_said_of_a_paused_query_and_it_holds_nobody_up() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 5);
    QueryId b = world.submit("B", 10, 1);
    world.pause(a);

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.query(a)).isEmpty();
    assertThat(estimates.query(b)).contains(after(10));
  }

  @Test
  void more_jobs_at_a_time_end_sooner() {
    SchedulerSettings two = CERTAIN.withJobs(2);
    World world = new World(two);
    QueryId a = world.submit("A", 0, 4);

    assertThat(estimates(two, world).query(a)).contains(after(20));
  }

  @Test
  void uncertainty_spreads_the_times_and_the_same_state_gives_the_same_estimate() {
    World world = new World(SchedulerSettings.DEFAULTS);
    QueryId a = world.submit("A", 0, 10);

    FinishTimes times = estimates(SchedulerSettings.DEFAULTS, world).query(a).orElseThrow();

    assertThat(Duration.between(times.p10(), times.p90())).isPositive();
    assertThat(times.p50()).isBetween(times.p10(), times.p90());
    assertThat(estimates(SchedulerSettings.DEFAULTS, world).query(a)).isEqualTo(Optional.of(times));
  }

  @Test
  void experience_corrects_the_prediction_by_its_median() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 1);
    List<Double> twiceAsLong = List.of(2.0, 1.9, 100.0, 2.1, 2.0);

    Estimates estimates = new Estimates(CERTAIN, world.core.snapshot(), World.NOW, twiceAsLong);

    assertThat(estimates.query(a)).contains(after(20));
    assertThat(Estimates.correction(List.of(2.0, 2.0))).as("too little experience").isEqualTo(1);
  }

  @Test
  void an_estimate_changes_nothing_in_the_queue() {
    World world = new World(CERTAIN);
    world.submit("A", 0, 3);
    Snapshot before = world.core.snapshot();

    estimates(CERTAIN, world);

    assertThat(world.core.snapshot()).isEqualTo(before);
  }
}
