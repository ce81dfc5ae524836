package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class EstimatesTest {
  private static final Rates PLAIN = new Rates(5, 200_000, 1e9, 0.1, 0.01, 0);

  private static final SchedulerSettings CERTAIN = SchedulerSettings.DEFAULTS.withRates(PLAIN);

  /** How long a job with chunks of the world's size takes. */
  private static long millis(int riders) {
    return millis(riders, riders);
  }

  private static long millis(int riders, int rules) {
    JobFactors job =
        new JobFactors(
            "twitter",
            riders,
            1_000_000,
            100_000_000,
            rules,
            100,
            riders * 1_000_000 * Experience.none(PLAIN).matchShare());
    return Math.round(TimeModel.of(PLAIN).seconds(job) * 1000);
  }

  private static FinishTimes after(long millis) {
    Instant end = World.NOW.plusMillis(millis);
    return new FinishTimes(end, end, end);
  }

  private static Estimates estimates(SchedulerSettings settings, World world) {
    return estimates(settings, world, World.NOW, Experience.none(settings.rates()));
  }

  private static Estimates estimates(
      SchedulerSettings settings, World world, Instant now, Experience experience) {
    return new Estimates(settings, world.core.snapshot(), now, experience);
  }

  @Test
  void a_query_ends_when_its_last_chunk_does() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 10, 1);

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.chunk(new ChunkId(a, World.day(0)))).contains(after(millis(1)));
    assertThat(estimates.query(b)).contains(after(2 * millis(1)));
    assertThat(estimates.query(a)).contains(after(3 * millis(1)));
  }

  @Test
  void a_shared_scan_takes_longer_by_its_riders_but_is_one_scan() {
    World world = new World(CERTAIN);
    QueryId a = world.submit(Requests.withHash(Requests.request("A", 0, 1), "a"));
    QueryId b = world.submit(Requests.withHash(Requests.request("B", 0, 1), "b"));

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.query(a)).contains(after(millis(2)));
    assertThat(estimates.query(b)).contains(after(millis(2)));
  }

  @Test
  void what_two_riders_ask_alike_is_asked_once() {
    World world = new World(CERTAIN);
    world.submit("A", 0, 1);
    QueryId b = world.submit("B", 0, 1);

    assertThat(estimates(CERTAIN, world).query(b)).contains(after(millis(2, 1)));
  }

  @Test
  void what_a_quota_holds_back_is_expected_when_the_quota_lets_it_go_on() {
    SchedulerSettings settings =
        CERTAIN.withQuotas(Quotas.NONE.with(Quota.BYTES_PER_DAY, "A", 100_000_000));
    World world = new World(settings);
    QueryId a = world.submit("A", 0, 3);

    FinishTimes times = estimates(settings, world).query(a).orElseThrow();

    assertThat(Duration.between(World.NOW, times.p50()))
        .isBetween(Duration.ofHours(48), Duration.ofHours(49));
  }

  @Test
  void what_runs_already_has_less_to_go() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 1);
    world.look();

    Estimates estimates =
        estimates(CERTAIN, world, World.NOW.plusSeconds(4), Experience.none(PLAIN));

    assertThat(estimates.query(a)).contains(after(millis(1)));
  }

  @Test
  void nothing_is_said_of_a_paused_query_and_it_holds_nobody_up() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 5);
    QueryId b = world.submit("B", 10, 1);
    world.pause(a);

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.query(a)).isEmpty();
    assertThat(estimates.query(b)).contains(after(millis(1)));
  }

  @Test
  void more_jobs_at_a_time_end_sooner() {
    SchedulerSettings two = CERTAIN.withJobs(2);
    World world = new World(two);
    QueryId a = world.submit("A", 0, 4);

    assertThat(estimates(two, world).query(a)).contains(after(2 * millis(1)));
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
  void experience_tells_how_long_jobs_take_here() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 1);
    JobFactors job = new JobFactors("twitter", 1, 1_000_000, 100_000_000, 1, 100, 20_000);
    List<Observation> twiceAsLong = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      twiceAsLong.add(new Observation(JobId.of(i), job, 10, 2 * millis(1) / 1000.0));
    }
    Experience experience = Experience.of(PLAIN, twiceAsLong, List.of(), List.of());

    FinishTimes times = estimates(CERTAIN, world, World.NOW, experience).query(a).orElseThrow();

    assertThat(Duration.between(World.NOW, times.p50()).toMillis())
        .isCloseTo(2 * millis(1), Percentage.withPercentage(3));
    assertThat(times.p10()).isBefore(times.p50());
  }

  @Test
  void those_who_came_may_come_again_and_take_their_turns() {
    World world = new World(CERTAIN);
    QueryId a = world.submit("A", 0, 50);
    List<Arrival> past = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      past.add(
          new Arrival(
              World.NOW.minusSeconds(20L * i),
              Requests.request("B", 1000, 1),
              new Volume(1_000_000, 100_000_000)));
    }
    Experience busy = Experience.of(PLAIN, List.of(), past, List.of());

    FinishTimes alone = estimates(CERTAIN, world).query(a).orElseThrow();
    FinishTimes among = estimates(CERTAIN, world, World.NOW, busy).query(a).orElseThrow();

    assertThat(alone).isEqualTo(after(50 * millis(1)));
    assertThat(Duration.between(World.NOW, among.p50()))
        .isBetween(Duration.ofMillis(60 * millis(1)), Duration.ofMillis(110 * millis(1)));
  }

  @Test
  void time_passes_for_who_rests_although_others_come() {
    SchedulerSettings settings =
        CERTAIN.withPolicy(Policy.FIFO).withRetryWait(Duration.ofSeconds(100));
    World world = new World(settings);
    QueryId a = world.submit("A", 0, 1);
    world.look();
    JobPlan failing = world.only();
    world.end(failing, List.of(World.again(failing.chunks().get(0))));
    world.submit("B", 10, 50);
    List<Arrival> past = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      past.add(
          new Arrival(
              World.NOW.minusSeconds(3L * i),
              Requests.request("C", 1000, 1),
              new Volume(1_000_000, 100_000_000)));
    }
    Experience busy = Experience.of(PLAIN, List.of(), past, List.of());

    FinishTimes times = estimates(settings, world, World.NOW, busy).query(a).orElseThrow();

    assertThat(Duration.between(World.NOW, times.p50()))
        .isBetween(Duration.ofSeconds(100), Duration.ofMillis(100_000 + 3 * millis(1)));
  }

  @Test
  void a_long_queue_is_replayed_in_part_and_extrapolated() {
    SchedulerSettings turns = CERTAIN.withPolicy(Policy.TICKETS).withRidersMax(0);
    World world = new World(turns);
    QueryId few = world.submit("A", 0, 3);
    QueryId many = world.submit("B", 10, 9_000);
    QueryId last = world.submit("B", 10_000, 1_000);

    Estimates estimates = estimates(turns, world);

    assertThat(estimates.query(few)).contains(after(5 * millis(1)));
    assertThat(estimates.query(many)).contains(after(9_003 * millis(1)));
    assertThat(estimates.query(last)).contains(after(10_003 * millis(1)));
  }

  @Test
  void one_query_is_told_without_waiting_for_all_others_to_end() {
    SchedulerSettings turns = CERTAIN.withPolicy(Policy.TICKETS).withRidersMax(0);
    World world = new World(turns);
    QueryId few = world.submit("A", 0, 3);
    QueryId many = world.submit("B", 10, 9_000);

    Estimates estimates =
        new Estimates(turns, world.core.snapshot(), World.NOW, Experience.none(PLAIN), Set.of(few));

    assertThat(estimates.query(few)).contains(after(5 * millis(1)));
    assertThat(estimates.query(many)).isEmpty();
  }

  @Test
  void of_a_users_queries_the_more_urgent_ends_first_in_a_long_queue_too() {
    World world = new World(CERTAIN);
    QueryId large = world.submit("A", 0, 9_000);
    QueryId small = world.submit("A", 10_000, 3_000);

    Estimates estimates = estimates(CERTAIN, world);

    assertThat(estimates.query(small)).contains(after(3_000 * millis(1)));
    assertThat(estimates.query(large)).contains(after(12_000 * millis(1)));
  }

  @Test
  void a_query_is_estimated_at_the_place_that_it_would_have() {
    World world = new World(CERTAIN);
    QueryId small = world.submit("A", 0, 1);
    QueryRequest request = Requests.request("A", 10, 30);
    QueryId id = Requests.id(99);
    List<Chunk> chunks =
        Query.days(request).stream()
            .map(day -> Query.cut(id, request, day, new Volume(1_000_000, 100_000_000)))
            .toList();
    Query draft =
        Query.waiting(id, world.core.nextQuery(), request, chunks, World.NOW, Optional.empty());

    Estimates estimates =
        new Estimates(
            CERTAIN,
            world.core.snapshot().plus(world.core.placed(draft)),
            World.NOW,
            Experience.none(PLAIN));

    assertThat(estimates.query(small)).contains(after(millis(1)));
    assertThat(estimates.query(id)).contains(after(31 * millis(1)));
  }

  @Test
  void a_hundred_thousand_chunks_are_estimated_quickly() {
    World world = new World(SchedulerSettings.DEFAULTS);
    for (int i = 0; i < 1000; i++) {
      world.submit("u" + i % 200, i % 300, 100);
    }
    estimates(SchedulerSettings.DEFAULTS, world);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    Estimates estimates = estimates(SchedulerSettings.DEFAULTS, world);

    // The goal is 0.3 s; a machine that others use as well takes its time.
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofSeconds(1));
    assertThat(estimates.query(Requests.id(1000))).isPresent();
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
