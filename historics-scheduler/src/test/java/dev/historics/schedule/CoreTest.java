package dev.historics.schedule;

import static dev.historics.schedule.QueryStatus.DELAYED;
import static dev.historics.schedule.QueryStatus.FAILED;
import static dev.historics.schedule.QueryStatus.PAUSED;
import static dev.historics.schedule.QueryStatus.PAUSING;
import static dev.historics.schedule.QueryStatus.QUEUED;
import static dev.historics.schedule.QueryStatus.RUNNING;
import static dev.historics.schedule.QueryStatus.STOPPED;
import static dev.historics.schedule.QueryStatus.STOPPING;
import static dev.historics.schedule.QueryStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One test for each sentence of the algorithm. */
class CoreTest {
  private static final SchedulerSettings TICKETS =
      SchedulerSettings.DEFAULTS.withPolicy(Policy.TICKETS);
  private static final SchedulerSettings ALONE = TICKETS.withRidersMax(0);

  // ---- chunks

  @Test
  void a_query_is_cut_into_utc_days_of_which_the_first_and_last_may_be_partial() {
    World world = new World(ALONE);
    Instant from = Instant.parse("2017-08-05T16:00:00Z");
    Instant to = Instant.parse("2017-08-07T10:00:00Z");

    QueryId id = world.submit(Requests.request("A", from, to));

    List<Chunk> chunks = world.core.find(id).orElseThrow().query().chunks();
    assertThat(chunks)
        .extracting(chunk -> chunk.id().day() + " " + chunk.from() + " " + chunk.to())
        .containsExactly(
            "2017-08-05 2017-08-05T16:00:00Z 2017-08-06T00:00:00Z",
            "2017-08-06 2017-08-06T00:00:00Z 2017-08-07T00:00:00Z",
            "2017-08-07 2017-08-07T00:00:00Z 2017-08-07T10:00:00Z");
    assertThat(chunks)
        .extracting(chunk -> chunk.volume().records())
        .containsExactly(333_333L, 1_000_000L, 416_667L);
  }

  @Test
  void a_range_that_ends_at_midnight_does_not_touch_the_next_day() {
    assertThat(Query.days(Requests.request("A", 0, 1))).containsExactly(World.day(0));
  }

  @Test
  void a_users_chunks_run_oldest_query_first_and_by_day() {
    World world = new World(ALONE);
    world.submit("A", 5, 2);
    world.submit("A", 0, 2);

    assertThat(world.order()).containsExactly("A1/5", "A1/6", "A2/0", "A2/1");
  }

  // ---- pool and tickets

  @Test
  void two_users_with_two_chunks_each_take_turns() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 10, 2);

    Map<ChunkId, Long> tickets = new TreeMap<>(java.util.Comparator.comparing(ChunkId::toString));
    tickets.putAll(world.core.tickets(Set.of("A"), World.NOW));
    tickets.putAll(world.core.tickets(Set.of("B"), World.NOW));
    assertThat(tickets)
        .containsExactly(
            Map.entry(new ChunkId(a, World.day(0)), 1L),
            Map.entry(new ChunkId(a, World.day(1)), 3L),
            Map.entry(new ChunkId(b, World.day(10)), 2L),
            Map.entry(new ChunkId(b, World.day(11)), 4L));
    assertThat(world.order()).containsExactly("A1/0", "B1/10", "A1/1", "B1/11");
  }

  @Test
  void tickets_shown_are_the_order_in_which_chunks_start() {
    World world = new World(ALONE);
    world.submit("A", 0, 3);
    world.submit("B", 10, 1);
    world.submit("C", 20, 4);
    world.look();
    world.succeed(world.only());
    Map<Long, String> promised = new TreeMap<>();
    for (String user : List.of("A", "B", "C")) {
      world
          .core
          .tickets(Set.of(user), World.NOW)
          .forEach((chunk, ticket) -> promised.put(ticket, user + "/" + chunk.day()));
    }

    List<String> started = new java.util.ArrayList<>();
    world.look();
    while (!world.running.isEmpty()) {
      JobPlan plan = world.only();
      ChunkId id = plan.chunks().get(0).id();
      Chunk chunk =
          world.core.find(id.query()).orElseThrow().query().chunks().stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow();
      String user = world.core.find(id.query()).orElseThrow().user();
      started.add(chunk.ticket().getAsLong() + " " + user + "/" + id.day());
      world.succeed(plan);
      world.look();
    }

    assertThat(started)
        .containsExactlyElementsOf(
            promised.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList());
  }

  @Test
  void only_the_users_with_the_oldest_queries_are_served() {
    World world = new World(ALONE.withPool(2, Duration.ofHours(1)));
    world.submit("A", 0, 2);
    world.submit("B", 10, 2);
    world.submit("C", 20, 1);

    assertThat(world.core.pool().members()).extracting(Pool.Seat::user).containsExactly("A", "B");
    assertThat(world.core.tickets(Set.of("C"), World.NOW)).isEmpty();
    assertThat(world.order()).containsExactly("A1/0", "B1/10", "A1/1", "B1/11", "C1/20");
  }

  @Test
  void a_user_enters_the_pool_when_there_is_room() {
    World world = new World(ALONE.withPool(2, Duration.ofHours(1)));
    world.submit("A", 0, 1);
    world.submit("B", 10, 3);
    world.submit("C", 20, 2);

    assertThat(world.order()).containsExactly("A1/0", "B1/10", "C1/20", "B1/11", "C1/21", "B1/12");
  }

  @Test
  void a_user_who_waits_too_long_is_let_in_and_the_pool_shrinks_back() {
    World world = new World(ALONE.withPool(1, Duration.ofMinutes(10)));
    world.submit("A", 0, 9);
    world.submit("B", 20, 2);
    world.look(Duration.ofMinutes(10));
    assertThat(world.core.pool().members()).hasSize(1);
    world.succeed(world.only());

    world.look(Duration.ofMillis(1));
    assertThat(world.core.pool().members()).extracting(Pool.Seat::user).containsExactly("B", "A");

    assertThat(world.order()).startsWith("A1/1", "B1/20", "A1/2", "B1/21", "A1/3");
    assertThat(world.core.pool().members()).isEmpty();
  }

  @Test
  void a_user_who_comes_in_later_has_saved_up_no_turns() {
    World world = new World(ALONE.withPool(1, Duration.ofMinutes(10)));
    world.submit("A", 0, 20);
    world.submit("B", 30, 5);
    for (int i = 0; i < 10; i++) {
      world.look(Duration.ofMinutes(2));
      world.succeed(world.only());
    }

    List<String> order = world.order();

    assertThat(order.subList(0, 4)).containsExactly("B1/32", "A1/8", "B1/33", "A1/9");
  }

  // ---- jobs and riders

  @Test
  void never_more_jobs_run_than_allowed() {
    World world = new World(ALONE.withJobs(3));
    world.submit("A", 0, 5);

    world.look();

    assertThat(world.running).hasSize(3);
  }

  @Test
  void chunks_of_other_queries_that_want_the_same_day_ride_along() {
    World world = new World(TICKETS);
    world.submit("A", 0, 2);
    world.submit("B", 0, 1);
    world.submit("A", 1, 1);
    world.submit("C", 7, 1);

    assertThat(world.order()).containsExactly("A1/0+B1/0", "C1/7", "A1/1+A2/1");
  }

  @Test
  void riders_share_a_source_with_the_opener() {
    World world = new World(TICKETS);
    world.submit("A", 0, 1, "twitter", "bitly");
    world.submit("B", 0, 1, "tumblr");
    world.submit("C", 0, 1, "bitly", "tumblr");

    assertThat(world.order()).containsExactly("A1/0+C1/0", "B1/0");
  }

  @Test
  void no_more_ride_than_the_cap_allows_and_the_oldest_go_first() {
    World world = new World(TICKETS.withRidersMax(2));
    world.submit("A", 0, 1);
    world.submit("B", 0, 1);
    world.submit("C", 0, 1);
    world.submit("D", 0, 1);

    assertThat(world.order()).containsExactly("A1/0+B1/0+C1/0", "D1/0");
  }

  // ---- pause, resume, stop, delete

  @Test
  void pausing_affects_only_chunks_that_have_not_started() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 2);
    world.look();

    world.pause(a);
    assertThat(world.status(a)).isEqualTo(PAUSING);
    assertThat(world.chunks(a)).containsExactly(RUNNING, QUEUED);

    world.succeed(world.only());
    world.look();
    assertThat(world.status(a)).isEqualTo(PAUSED);
    assertThat(world.running).isEmpty();
    assertThat(world.core.idle()).isTrue();

    world.resume(a);
    assertThat(world.status(a)).isEqualTo(RUNNING);
    assertThat(world.order()).containsExactly("A1/1");
  }

  @Test
  void stopping_keeps_what_is_done_and_the_running_chunk_if_it_ends_well() {
    World world = new World(TICKETS);
    QueryId a = world.submit("A", 0, 3);
    QueryId b = world.submit("B", 0, 1);
    world.look();

    world.stop(a);
    assertThat(world.status(a)).isEqualTo(STOPPING);
    assertThat(world.chunks(a)).containsExactly(RUNNING, STOPPED, STOPPED);
    assertThat(world.look()).as("others ride on the job").isEmpty();

    world.succeed(world.only());
    assertThat(world.chunks(a)).containsExactly(SUCCEEDED, STOPPED, STOPPED);
    assertThat(world.core.find(b).orElseThrow().count(SUCCEEDED)).isEqualTo(1);
    world.look();
    assertThat(world.core.find(a)).as("it has ended").isEmpty();
  }

  @Test
  void a_job_that_nobody_wants_any_more_is_killed() {
    World world = new World(TICKETS);
    QueryId a = world.submit("A", 0, 1);
    QueryId b = world.submit("B", 0, 1);
    world.look();

    world.stop(a);
    assertThat(world.look()).isEmpty();
    world.stop(b);

    assertThat(world.look()).containsExactly(new Command.Kill(JobId.of(1)));
    JobPlan plan = world.only();
    world.end(plan, plan.chunks().stream().map(World::again).toList());
    assertThat(world.chunks(a)).containsExactly(STOPPED);
    assertThat(world.look()).containsExactly(new Command.CloseBooks(a), new Command.CloseBooks(b));
  }

  // ---- failures

  @Test
  void a_chunk_that_failed_by_chance_is_tried_again_with_its_ticket_and_then_delayed() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 2);
    world.submit("B", 10, 1);
    for (int attempt = 1; attempt <= 3; attempt++) {
      world.look();
      JobPlan plan = world.only();
      assertThat(plan.chunks().get(0).id()).isEqualTo(new ChunkId(a, World.day(0)));
      Chunk chunk = world.core.find(a).orElseThrow().chunk(0);
      assertThat(chunk.ticket()).isEqualTo(OptionalLong.of(1));
      assertThat(chunk.attempts()).isEqualTo(attempt);
      world.end(plan, plan.chunks().stream().map(World::again).toList());
    }
    assertThat(world.chunks(a)).containsExactly(DELAYED, QUEUED);

    assertThat(world.order()).as("the others go on").containsExactly("B1/10", "A1/1");
    assertThat(world.status(a)).isEqualTo(DELAYED);
    assertThat(world.core.idle()).isTrue();

    world.resume(a);
    assertThat(world.order()).containsExactly("A1/0");
    assertThat(world.core.find(a)).isEmpty();
  }

  @Test
  void one_riders_failure_fails_that_rider_alone_and_its_other_chunks_are_kept() {
    World world = new World(TICKETS);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 0, 1);
    world.look();
    JobPlan plan = world.only();

    world.end(plan, List.of(World.never(plan.chunks().get(0)), World.done(plan.chunks().get(1))));

    assertThat(world.chunks(b)).containsExactly(SUCCEEDED);
    assertThat(world.chunks(a)).containsExactly(FAILED, QUEUED);
    assertThat(world.status(a)).isEqualTo(RUNNING);
    world.look();
    world.succeed(world.only());
    assertThat(world.core.find(a).orElseThrow().ending()).isEqualTo(FAILED);
    assertThat(world.chunks(a)).containsExactly(FAILED, SUCCEEDED);
  }

  @Test
  void a_chunk_that_a_job_says_nothing_of_is_tried_again() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 1);
    world.look();

    world.end(world.only(), List.of());

    assertThat(world.core.find(a).orElseThrow().chunk(0).failure())
        .isEqualTo("job j1 said nothing of it");
    assertThat(world.chunks(a)).containsExactly(QUEUED);
  }

  @Test
  void a_lost_job_counts_where_it_published_and_nowhere_else() {
    World world = new World(TICKETS);
    QueryId a = world.submit("A", 0, 2);
    QueryId b = world.submit("B", 0, 1);
    world.look();
    JobPlan plan = world.only();

    world.lose(plan, World.done(plan.chunks().get(1)));

    assertThat(world.chunks(b)).containsExactly(SUCCEEDED);
    Chunk back = world.core.find(a).orElseThrow().chunk(0);
    assertThat(back.status()).isEqualTo(QUEUED);
    assertThat(back.ticket()).isEqualTo(OptionalLong.of(1));
    assertThat(back.attempts()).isZero();
    assertThat(world.order()).containsExactly("A1/0", "A1/1");
  }

  @Test
  void what_comes_back_of_a_job_goes_first_and_together_and_takes_nobodys_turn() {
    for (Policy policy : Policy.values()) {
      World world = new World(TICKETS.withPolicy(policy));
      QueryId a = world.submit("A", 0, 2);
      world.look();
      world.succeed(world.only());
      world.submit("B", 1, 2);
      world.submit("C", 1, 1);
      world.look();
      JobPlan plan = world.only();
      assertThat(plan.chunks()).hasSize(3);

      ChunkWork own =
          plan.chunks().stream()
              .filter(work -> work.id().query().equals(a))
              .findFirst()
              .orElseThrow();
      world.lose(plan, World.done(own));

      assertThat(world.order()).as(policy.toString()).containsExactly("B1/1+C1/1", "B1/2");
    }
  }

  @Test
  void an_outcome_of_a_job_that_is_over_changes_nothing() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 2);
    world.look();
    JobPlan plan = world.only();
    world.lose(plan);

    world.end(plan, plan.chunks().stream().map(World::done).toList());

    assertThat(world.chunks(a)).containsExactly(QUEUED, QUEUED);
  }

  @Test
  void books_that_cannot_be_closed_delay_the_query_until_somebody_resumes_it() {
    World world = new World(ALONE);
    QueryId a = world.submit("A", 0, 1);
    world.core.apply(new Event.Looked(World.NOW, Duration.ZERO, true));
    world.core.apply(
        new Event.JobEnded(
            World.NOW,
            JobId.of(1),
            List.of(
                new ChunkOutcome.Done(new ChunkId(a, LocalDate.parse("2017-08-05")), 1, 1, 0, 0))));
    for (int i = 0; i < 3; i++) {
      assertThat(world.core.idle()).isFalse();
      world.core.apply(new Event.BooksNotClosed(World.NOW, a, "disk full"));
    }

    assertThat(world.status(a)).isEqualTo(DELAYED);
    assertThat(world.core.idle()).isTrue();
    world.resume(a);
    assertThat(world.look()).containsExactly(new Command.CloseBooks(a));
  }

  @Test
  void nothing_starts_while_the_cluster_cannot_take_jobs() {
    World world = new World(ALONE);
    world.submit("A", 0, 1);

    assertThat(world.core.apply(new Event.Looked(World.NOW, Duration.ZERO, false))).isEmpty();
  }
}
