package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas hold at every moment, and hold back only. */
class QuotaTest {
  /** What a chunk of {@link World} reads. */
  private static final long DAY_BYTES = 100_000_000;

  private static SchedulerSettings with(Quota quota, String name, long limit) {
    return SchedulerSettings.DEFAULTS.withJobs(8).withQuotas(Quotas.NONE.with(quota, name, limit));
  }

  /** How many chunks of a user's ten get through at once under a quota that allows two. */
  private static long exceed(Quota quota) {
    long limit =
        switch (quota) {
          case RUNNING, QUEUED -> 2;
          case BYTES_PER_DAY -> 2 * DAY_BYTES;
          // What two chunks of a world deliver.
          case RESULT_BYTES -> 14;
        };
    World world = new World(with(quota, "A", limit).withJobs(quota == Quota.RESULT_BYTES ? 1 : 8));
    for (int i = 0; i < 5; i++) {
      world.submit("A", 10 * i, 2);
    }
    world.look();
    if (quota != Quota.RESULT_BYTES) {
      return world.started();
    }
    int chunks = 0;
    for (; !world.running.isEmpty(); chunks++) {
      world.succeed(world.only());
      world.look();
    }
    return chunks;
  }

  @ParameterizedTest
  @EnumSource
  void each_quota_has_a_limit_that_cannot_be_exceeded(Quota quota) {
    assertThat(exceed(quota)).isEqualTo(2);
  }

  @Test
  void the_quotas_are_those_that_are_documented() {
    assertThat(Arrays.stream(Quota.values()).map(Quota::key))
        .containsExactly(
            "scheduler.quota.running",
            "scheduler.quota.queued",
            "scheduler.quota.bytes-per-day",
            "scheduler.quota.result-bytes");
  }

  @Test
  void who_may_run_no_more_goes_on_when_one_ends_and_others_are_not_held_back() {
    World world = new World(with(Quota.RUNNING, Quotas.EVERY_USER, 1).withRidersMax(0));
    world.submit("A", 0, 3);
    world.submit("B", 10, 3);

    world.look();

    assertThat(world.running).hasSize(2);
    world.succeed(world.running.values().iterator().next());
    world.look();
    assertThat(world.running).hasSize(2);
  }

  @Test
  void riding_counts_too() {
    World world = new World(with(Quota.RUNNING, "A", 2));
    for (int i = 0; i < 4; i++) {
      world.submit("A", 0, 1);
    }
    world.submit("B", 0, 1);

    world.look();

    assertThat(world.started()).as("two of A's and B's").isEqualTo(3);
  }

  @Test
  void a_group_has_what_its_users_have_together() {
    SchedulerSettings settings =
        with(Quota.RUNNING, "press", 3)
            .withFairness(Fairness.DEFAULTS.withGroups(Map.of("A", "press", "B", "press")));
    World world = new World(settings);
    world.submit("A", 0, 5);
    world.submit("B", 10, 5);

    world.look();

    assertThat(world.started()).isEqualTo(3);
  }

  @Test
  void queries_beyond_what_may_be_queued_wait_and_come_in_as_others_go() {
    World world = new World(with(Quota.QUEUED, "A", 3));
    QueryId first = world.submit("A", 0, 2);
    QueryId second = world.submit("A", 10, 2);
    QueryId third = world.submit("A", 20, 1);
    assertThat(world.status(first)).isEqualTo(QueryStatus.QUEUED);
    assertThat(world.status(second)).isEqualTo(QueryStatus.INIT);
    assertThat(world.status(third)).as("nobody overtakes").isEqualTo(QueryStatus.INIT);

    assertThat(world.order()).hasSize(5);
    assertThat(world.core.idle()).isTrue();
  }

  @Test
  void what_is_paused_makes_room_and_comes_in_again_behind_its_user_s_others() {
    World world = new World(with(Quota.QUEUED, "A", 2));
    QueryId first = world.submit("A", 0, 2);
    QueryId second = world.submit("A", 10, 2);

    world.pause(first);
    assertThat(world.status(second)).isEqualTo(QueryStatus.QUEUED);

    world.resume(first);
    assertThat(world.status(first)).isEqualTo(QueryStatus.INIT);
    world.stop(second);
    assertThat(world.status(first)).isEqualTo(QueryStatus.QUEUED);
  }

  @Test
  void bytes_come_back_as_the_day_passes_and_a_clock_that_jumps_back_brings_none() {
    Quotas quotas = Quotas.NONE.with(Quota.BYTES_PER_DAY, "A", 2 * DAY_BYTES);
    World world = new World(SchedulerSettings.DEFAULTS.withJobs(8).withQuotas(quotas));
    world.submit("A", 0, 4);
    assertThat(startedAt(world, Duration.ZERO)).isEqualTo(2);
    assertThat(startedAt(world, Duration.ofHours(11))).isZero();
    assertThat(startedAt(world, Duration.ofHours(12))).isEqualTo(1);

    assertThat(startedAt(world, Duration.ofHours(1))).isZero();
    assertThat(startedAt(world, Duration.ofHours(12))).isZero();
    assertThat(startedAt(world, Duration.ofHours(24))).isEqualTo(1);
  }

  private static long startedAt(World world, Duration later) {
    List<Command> commands =
        world.core.apply(new Event.Looked(World.NOW.plus(later), Duration.ZERO, true));
    return commands.stream().filter(command -> command instanceof Command.Start).count();
  }

  @Test
  void what_was_found_before_costs_no_bytes_and_nothing_else() {
    World world = new World(with(Quota.BYTES_PER_DAY, "A", DAY_BYTES));
    QueryId a = world.submit("A", 0, 2);
    world.look();
    JobPlan plan = world.only();

    world.end(plan, List.of(new ChunkOutcome.Done(plan.chunks().get(0).id(), 10, 2, 1, 7, true)));
    world.look();

    assertThat(world.running).hasSize(1);
    Chunk reused = world.core.find(a).orElseThrow().chunk(0);
    assertThat(reused.status()).isEqualTo(QueryStatus.SUCCEEDED);
    assertThat(reused.charge()).isZero();
  }

  @Test
  void bytes_that_the_system_wasted_are_given_back() {
    World world = new World(with(Quota.BYTES_PER_DAY, "A", DAY_BYTES));
    world.submit("A", 0, 1);
    world.look();
    world.lose(world.only());

    world.look();

    assertThat(world.running).hasSize(1);
  }

  @Test
  void what_a_quota_would_never_let_run_is_refused_when_it_is_submitted(@TempDir Path folder)
      throws Exception {
    Office office = new Office(folder, with(Quota.QUEUED, Quotas.EVERY_USER, 3));
    try (Scheduling scheduling = office.open()) {
      assertThatThrownBy(() -> scheduling.submit(Requests.request("ann", 0, 4)))
          .isInstanceOf(OverQuotaException.class)
          .hasMessage(
              "the query has 4 days, and 'ann' may have at most 3 queued (scheduler.quota.queued)");
      assertThat(scheduling.queries()).isEmpty();
      scheduling.submit(Requests.request("ann", 0, 3));
    }
  }

  @Test
  void a_look_is_due_when_bytes_have_come_back_and_when_the_clock_was_set_back() {
    World world = new World(with(Quota.BYTES_PER_DAY, "A", DAY_BYTES));
    world.submit("A", 0, 2);
    world.look();
    world.succeed(world.only());
    world.lookAt(World.NOW.plus(Duration.ofHours(1)), Duration.ZERO);

    assertThat(world.core.idle()).as("it goes on by itself").isFalse();
    assertThat(world.core.due(Duration.ZERO, World.NOW.plus(Duration.ofHours(23)))).isFalse();
    assertThat(world.core.due(Duration.ZERO, World.NOW.plus(Duration.ofHours(25)))).isTrue();
    assertThat(world.core.due(Duration.ZERO, World.NOW)).isTrue();
  }

  @Test
  void who_keeps_too_many_results_goes_on_when_some_are_deleted() {
    World world = new World(with(Quota.RESULT_BYTES, "A", 7).withJobs(1));
    QueryId first = world.submit("A", 0, 1);
    QueryId second = world.submit("A", 1, 1);
    world.look();
    Query done = world.core.find(first).orElseThrow().query();
    world.succeed(world.only());
    world.look();
    assertThat(world.running).isEmpty();
    assertThat(world.core.idle()).as("somebody has to delete something").isTrue();

    world.delete(world.ended(done));

    world.look();
    world.look();
    assertThat(world.only().chunks()).extracting(work -> work.id().query()).containsExactly(second);
  }

  /** Whatever happens to random queries of three users, of whom two share a group. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void no_quota_is_ever_exceeded_and_nothing_is_lost(long seed) {
    QuotaTrace trace = new QuotaTrace(seed);

    trace.happen(200);
    trace.finish();

    assertThat(trace.done()).containsExactlyInAnyOrderElementsOf(trace.wanted());
  }
}
