package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be asked of a query at each moment of its life, and what becomes of one that fails. */
class LifeTest {
  private static final SchedulerSettings ONE = SchedulerSettings.DEFAULTS.withRidersMax(0);

  /** A query of two days at a moment of its life. */
  private static QueryId at(String moment, World world) {
    QueryId id = world.submit("A", 0, 2);
    switch (moment) {
      case "queued" -> {}
      case "running" -> world.look();
      case "between" -> {
        world.look();
        world.succeed(world.only());
      }
      case "pausing" -> {
        world.look();
        world.pause(id);
      }
      case "paused" -> world.pause(id);
      case "stopping" -> {
        world.look();
        world.stop(id);
      }
      case "stopped" -> {
        world.stop(id);
        world.look();
      }
      case "delayed" -> {
        for (int i = 0; i < 6; i++) {
          world.look();
          JobPlan plan = world.only();
          world.end(plan, plan.chunks().stream().map(World::again).toList());
        }
      }
      case "over" -> {
        for (int i = 0; i < 2; i++) {
          world.look();
          world.succeed(world.only());
        }
      }
      default -> throw new IllegalArgumentException(moment);
    }
    return id;
  }

  @ParameterizedTest(name = "{1} while {0}")
  @CsvSource({
    "queued, PAUSE,  PAUSED",
    "queued, RESUME, refused",
    "queued, STOP,   STOPPING",
    "queued, DELETE, STOPPING",
    "running, PAUSE,  PAUSING",
    "running, RESUME, refused",
    "running, STOP,   STOPPING",
    "running, DELETE, STOPPING",
    "between, PAUSE,  PAUSED",
    "between, RESUME, refused",
    "between, STOP,   STOPPING",
    "between, DELETE, STOPPING",
    "pausing, PAUSE,  refused",
    "pausing, RESUME, RUNNING",
    "pausing, STOP,   STOPPING",
    "pausing, DELETE, STOPPING",
    "paused, PAUSE,  refused",
    "paused, RESUME, QUEUED",
    "paused, STOP,   STOPPING",
    "paused, DELETE, STOPPING",
    "stopping, PAUSE,  refused",
    "stopping, RESUME, refused",
    "stopping, STOP,   refused",
    "stopping, DELETE, STOPPING",
    "delayed, PAUSE,  refused",
    "delayed, RESUME, QUEUED",
    "delayed, STOP,   STOPPING",
    "delayed, DELETE, STOPPING",
    "over, PAUSE,  refused",
    "over, RESUME, refused",
    "over, STOP,   refused",
    "over, DELETE, STOPPING",
  })
  void each_ask_is_carried_out_or_refused_at_each_moment(String moment, Ask ask, String becomes) {
    World world = new World(ONE);
    QueryId id = at(moment, world);
    Query query = world.core.find(id).orElseThrow().query();

    if (becomes.equals("refused")) {
      assertThatThrownBy(() -> ask.check(query))
          .isInstanceOf(NotPossibleException.class)
          .hasMessageStartingWith("query %s cannot be ".formatted(id));
    } else {
      world.core.apply(ask.event(World.NOW, query));
      assertThat(world.status(id)).isEqualTo(QueryStatus.valueOf(becomes));
    }
  }

  @Test
  void a_stopped_query_is_no_longer_part_of_the_queue_and_nothing_of_it_starts() {
    World world = new World(ONE);
    QueryId id = at("stopped", world);

    assertThat(world.core.find(id)).isEmpty();
    assertThat(world.running).isEmpty();
    assertThat(world.core.idle()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"queued", "running", "between", "pausing", "paused", "delayed"})
  void what_was_paused_and_resumed_gives_the_same_as_what_never_was(String moment) {
    World world = new World(ONE);
    QueryId id = at(moment, world);
    List<ChunkId> scanned = new ArrayList<>();
    if (Ask.PAUSE.makesSense(world.core.find(id).orElseThrow().query())) {
      world.pause(id);
    }
    for (JobPlan plan : List.copyOf(world.running.values())) {
      plan.chunks().forEach(work -> scanned.add(work.id()));
      world.succeed(plan);
    }
    world.look();
    assertThat(world.running).isEmpty();

    world.resume(id);
    world.look();
    while (!world.running.isEmpty()) {
      world.only().chunks().forEach(work -> scanned.add(work.id()));
      world.succeed(world.only());
      world.look();
    }

    int before = moment.equals("between") ? 1 : 0;
    assertThat(scanned).doesNotHaveDuplicates().hasSize(2 - before);
    assertThat(world.core.find(id)).as("it has ended").isEmpty();
  }

  // ---- trying again

  @Test
  void a_query_whose_books_could_not_be_closed_can_be_stopped_and_resumed() {
    World world = new World(SchedulerSettings.DEFAULTS);
    QueryId id = world.submit("ann", 0, 1);
    world.look();
    world.succeed(world.only());
    booksFail(world, id);
    assertThat(world.status(id)).isEqualTo(QueryStatus.DELAYED);
    Query query = world.core.find(id).orElseThrow().query();
    assertThat(Ask.STOP.makesSense(query)).isTrue();
    assertThat(Ask.RESUME.makesSense(query)).isTrue();

    world.stop(id);
    assertThat(world.status(id)).isEqualTo(QueryStatus.STOPPING);
    booksFail(world, id);
    assertThat(world.status(id)).as("somebody has to see it").isEqualTo(QueryStatus.DELAYED);
    world.stop(id);
    world.look();

    assertThat(world.core.find(id)).as("its books are closed, so it is over").isEmpty();
  }

  @Test
  void what_was_stopped_never_counts_as_succeeded_because_its_books_were_closed_late() {
    World world = new World(SchedulerSettings.DEFAULTS.withJobs(1));
    QueryId id = world.submit("ann", 0, 2);
    world.look();
    world.succeed(world.only());
    world.stop(id);
    booksFail(world, id);

    world.resume(id);

    assertThat(world.core.find(id).orElseThrow().ending()).isEqualTo(QueryStatus.STOPPED);
  }

  private static void booksFail(World world, QueryId id) {
    for (int i = 0; i < SchedulerSettings.DEFAULTS.attemptsMax(); i++) {
      world.booksFail(id);
    }
  }

  @Test
  void a_chunk_waits_twice_as_long_after_each_failure() {
    World world = new World(ONE.withRetryWait(Duration.ofSeconds(10)));
    QueryId id = world.submit("A", 0, 1);
    fail(world);
    assertThat(world.core.idle()).as("it is tried again").isFalse();
    assertThat(world.look(Duration.ofMillis(9999))).isEmpty();

    world.look(Duration.ofMillis(1));
    JobPlan second = world.only();
    world.end(second, second.chunks().stream().map(World::again).toList());
    assertThat(world.look(Duration.ofMillis(19_999))).isEmpty();
    assertThat(world.core.due(Duration.ofMillis(1), World.NOW)).isTrue();
    assertThat(world.core.due(Duration.ZERO, World.NOW)).isFalse();
    world.look(Duration.ofMillis(1));

    assertThat(world.only().chunks()).hasSize(1);
    assertThat(world.core.find(id).orElseThrow().chunk(0).attempts()).isEqualTo(3);
  }

  @Test
  void others_go_on_while_a_chunk_waits_to_be_tried_again() {
    World world = new World(ONE.withRetryWait(Duration.ofSeconds(10)));
    world.submit("A", 0, 1);
    fail(world);
    world.submit("B", 5, 1);

    world.look();

    assertThat(world.only().day()).isEqualTo(World.day(5));
  }

  @Test
  void a_paused_query_does_not_wake_and_a_resumed_one_goes_on() {
    World world = new World(ONE.withRetryWait(Duration.ofSeconds(10)));
    QueryId id = world.submit("A", 0, 1);
    fail(world);
    world.pause(id);
    world.look(Duration.ofSeconds(30));
    assertThat(world.running).isEmpty();
    assertThat(world.core.idle()).isTrue();

    world.resume(id);
    world.look();

    assertThat(world.only().chunks()).hasSize(1);
  }

  @Test
  void a_rule_that_fails_is_not_tried_again() {
    World world = new World(ONE);
    QueryId id = world.submit("A", 0, 1);
    world.look();
    JobPlan plan = world.only();

    world.end(plan, plan.chunks().stream().map(World::never).toList());

    assertThat(world.chunks(id)).containsExactly(QueryStatus.FAILED);
    world.look();
    assertThat(world.running).isEmpty();
  }

  private static void fail(World world) {
    world.look();
    JobPlan plan = world.only();
    world.end(plan, plan.chunks().stream().map(World::again).toList());
  }

  static LongStream parties() {
    return LongStream.of(2, 3, 4, 5, 7);
  }

  @ParameterizedTest(name = "{0} riders")
  @MethodSource("parties")
  void a_chunk_that_brings_down_every_job_is_found_and_the_others_finish(long riders) {
    World world = new World(SchedulerSettings.DEFAULTS);
    List<QueryId> queries = new ArrayList<>();
    for (int i = 0; i < riders; i++) {
      queries.add(world.submit("U" + i, 0, 1));
    }
    QueryId poison = queries.get((int) (riders / 2));
    TreeSet<QueryId> done = new TreeSet<>();
    List<Integer> parties = new ArrayList<>();

    world.look();
    while (!world.running.isEmpty()) {
      JobPlan plan = world.only();
      parties.add(plan.chunks().size());
      boolean dies = plan.chunks().stream().anyMatch(work -> work.id().query().equals(poison));
      if (dies) {
        world.end(plan, plan.chunks().stream().map(World::again).toList());
      } else {
        plan.chunks().forEach(work -> assertThat(done.add(work.id().query())).isTrue());
        world.succeed(plan);
      }
      world.look();
    }

    queries.remove(poison);
    assertThat(done).containsExactlyInAnyOrderElementsOf(queries);
    assertThat(world.chunks(poison)).containsExactly(QueryStatus.DELAYED);
    assertThat(parties.subList(0, 2)).as("twice together").containsOnly((int) riders);
    assertThat(parties).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void nobody_new_rides_with_a_chunk_that_may_bring_down_the_job() {
    World world = new World(SchedulerSettings.DEFAULTS);
    world.submit("A", 0, 1);
    world.submit("B", 0, 1);
    fail(world);
    fail(world);
    world.submit("C", 0, 1);

    world.look();

    assertThat(world.only().chunks()).hasSize(1);
  }
}
