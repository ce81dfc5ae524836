package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The old service's policy, a test for each sentence that is known of it. */
class SeedPolicyTest {
  private static final SchedulerSettings SEED =
      SchedulerSettings.DEFAULTS.withPolicy(Policy.SEED).withPool(2, Duration.ofMinutes(10));

  private static List<String> members(World world) {
    return world.core.pool().members().stream().map(Pool.Seat::user).toList();
  }

  @Test
  void a_query_is_broken_into_day_chunks_that_stand_in_the_users_queue_oldest_first() {
    World world = new World(SEED);
    world.submit("A", 4, 2);
    world.submit("A", 0, 2);

    assertThat(world.order()).containsExactly("A1/4", "A1/5", "A2/0", "A2/1");
  }

  @Test
  void the_pool_is_the_users_whose_queues_hold_the_oldest_queries_and_only_they_are_served() {
    World world = new World(SEED);
    world.submit("A", 0, 1);
    world.submit("B", 10, 1);
    world.submit("C", 20, 1);

    assertThat(members(world)).containsExactly("A", "B");
    assertThat(world.core.tickets(Set.of("C"), World.NOW)).isEmpty();
  }

  @Test
  void a_burst_of_new_users_does_not_penalise_old_queries() {
    World world = new World(SEED.withPool(1, Duration.ofHours(1)));
    world.submit("A", 0, 3);
    world.look();
    for (int i = 0; i < 20; i++) {
      world.submit("N" + i, 100 + i, 1);
    }

    assertThat(world.order()).startsWith("A1/0", "A1/1", "A1/2");
  }

  @Test
  void one_chunk_is_taken_from_each_user_of_the_pool_in_turn() {
    World world = new World(SEED);
    world.submit("A", 0, 2);
    world.submit("B", 10, 2);

    assertThat(world.order()).containsExactly("A1/0", "B1/10", "A1/1", "B1/11");
  }

  @Test
  void a_user_outside_the_pool_enters_when_there_is_room() {
    World world = new World(SEED);
    world.submit("A", 0, 1);
    world.submit("B", 10, 3);
    world.submit("C", 20, 1);

    assertThat(world.order()).containsExactly("A1/0", "B1/10", "C1/20", "B1/11", "B1/12");
  }

  @Test
  void a_user_who_waited_longer_than_the_starvation_interval_enlarges_the_pool() {
    World world = new World(SEED.withPool(1, Duration.ofMinutes(10)));
    world.submit("A", 0, 9);
    world.submit("B", 20, 1);
    world.look(Duration.ofMinutes(10));
    assertThat(members(world)).containsExactly("A");

    world.look(Duration.ofMillis(1));

    assertThat(members(world)).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void the_pool_shrinks_to_its_size_when_the_starvation_load_has_gone() {
    World world = new World(SEED.withPool(1, Duration.ofMinutes(10)));
    world.submit("A", 0, 9);
    QueryId starved = world.submit("B", 20, 1);
    world.look(Duration.ofMinutes(11));
    assertThat(members(world)).hasSize(2);

    world.stop(starved);

    assertThat(members(world)).containsExactly("A");
  }

  @Test
  void after_a_dispatch_every_chunk_of_the_pool_has_a_ticket_in_round_robin_order() {
    World world = new World(SEED);
    world.submit("A", 0, 3);
    world.submit("B", 10, 3);
    world.submit("C", 20, 1);
    assertThat(world.core.tickets(Set.of("A", "B", "C"), World.NOW)).as("not yet dealt").isEmpty();

    world.look();

    Map<Long, String> tickets = new TreeMap<>();
    world
        .core
        .tickets(Set.of("A", "B", "C"), World.NOW)
        .forEach((chunk, ticket) -> tickets.put(ticket, chunk.day().toString()));
    List<String> expected = new ArrayList<>();
    for (int day : new int[] {10, 1, 11, 2, 12}) {
      expected.add(World.day(day).toString());
    }
    assertThat(tickets.values()).containsExactlyElementsOf(expected);
    assertThat(tickets.keySet()).containsExactly(2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void the_chunk_with_the_lowest_ticket_is_dispatched() {
    World world = new World(SEED);
    world.submit("A", 0, 2);
    world.submit("B", 10, 2);
    world.look();
    Map<ChunkId, Long> tickets = world.core.tickets(Set.of("A", "B"), World.NOW);

    world.succeed(world.only());
    world.look();

    ChunkId started = world.only().chunks().get(0).id();
    assertThat(tickets.get(started)).isEqualTo(tickets.values().stream().min(Long::compare).get());
  }

  @Test
  void a_new_chunk_without_a_ticket_over_the_same_day_is_piggybacked_onto_the_same_job() {
    World world = new World(SEED);
    world.submit("A", 0, 2);
    world.look();
    world.submit("B", 1, 1);

    assertThat(world.order()).containsExactly("A1/0", "A1/1+B1/1");
  }

  @Test
  void a_chunk_with_a_ticket_is_not_piggybacked() {
    World world = new World(SEED);
    world.submit("A", 0, 2);
    world.submit("B", 1, 1);
    world.look();

    assertThat(world.order()).containsExactly("A1/0", "B1/1", "A1/1");
  }

  @Test
  void the_chunks_of_users_outside_the_pool_have_no_ticket_and_are_piggybacked() {
    World world = new World(SEED.withPool(1, Duration.ofHours(1)));
    world.submit("A", 0, 2);
    world.submit("B", 1, 1);
    world.look();

    assertThat(world.order()).containsExactly("A1/0", "A1/1+B1/1");
  }

  @Test
  void chunks_are_not_jobs_so_one_job_may_run_many_chunks() {
    World world = new World(SEED);
    world.submit("A", 0, 1);
    world.look();
    world.succeed(world.only());
    for (int i = 0; i < 12; i++) {
      world.submit("U" + i, 5, 1);
    }

    world.look();

    assertThat(world.only().chunks()).as("all are new, and the old service had no cap").hasSize(12);
  }

  @Test
  void riders_can_be_capped_and_jobs_run_side_by_side() {
    World world = new World(SEED.withRidersMax(1).withJobs(2));
    for (String user : List.of("A", "B", "C")) {
      world.submit(user, 0, 1);
    }

    world.look();

    assertThat(world.running.values())
        .extracting(plan -> plan.chunks().size())
        .containsExactly(2, 1);
  }
}
