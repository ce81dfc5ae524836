package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was found before is offered to the jobs that want the same. */
class DoneBeforeTest {
  @ParameterizedTest(name = "on a server: {0}")
  @ValueSource(booleans = {false, true})
  void a_chunk_is_told_of_the_youngest_that_found_the_same(boolean server, @TempDir Path folder)
      throws Exception {
    if (server) {
      Office.moveToServer(folder);
    }
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    try (Scheduling scheduling = office.open()) {
      QueryId first = scheduling.submit(Requests.request("ann", 0, 1)).id();
      run(scheduling, office);
      QueryId second = scheduling.submit(Requests.request("bob", 0, 2)).id();
      scheduling.submit(Requests.request("eve", 0, 1, "tumblr"));

      StateStore.Lead lead = scheduling.desk().tryLead().orElseThrow();
      List<Command> commands = scheduling.desk().look(Duration.ZERO, true);
      lead.close();

      assertThat(commands)
          .singleElement()
          .isInstanceOfSatisfying(
              Command.Start.class,
              start ->
                  assertThat(start.plan().earlier())
                      .isEqualTo(
                          Map.of(
                              new ChunkId(second, World.day(0)),
                              new ChunkId(first, World.day(0)))));
    }
  }

  private static void run(Scheduling scheduling, Office office) throws Exception {
    new Dispatcher(
            scheduling,
            FakeCluster.atOnce(World::done),
            new FakeBooks(),
            office.clock,
            new DispatchListener() {})
        .run(Until.IDLE);
  }

  @Test
  void who_was_served_from_before_does_not_hide_that_the_others_died_together() {
    World world = new World(SchedulerSettings.DEFAULTS);
    for (String user : List.of("A", "B", "C")) {
      world.submit(user, 0, 1);
    }
    world.look();
    JobPlan plan = world.only();

    world.end(
        plan,
        List.of(
            new ChunkOutcome.Done(plan.chunks().get(0).id(), 10, 2, 1, 7, true),
            World.again(plan.chunks().get(1)),
            World.again(plan.chunks().get(2))));

    for (ChunkWork work : plan.chunks().subList(1, 3)) {
      Chunk chunk = world.core.find(work.id().query()).orElseThrow().chunk(0);
      assertThat(chunk.attempts()).as("nobody is blamed yet").isZero();
      assertThat(chunk.caution().deaths()).isEqualTo(1);
    }
  }
}
