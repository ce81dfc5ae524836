package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store gives back is what the core decided. */
class KeepingTest {
  @TempDir Path folder;

  /** Where the state lies: in a file of the folder, unless a test says otherwise. */
  @BeforeEach
  void place() throws IOException {
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void the_kept_state_is_the_decided_one_after_every_event(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    SchedulerSettings settings =
        SchedulerSettings.DEFAULTS
            .withPool(2, Duration.ofMinutes(5))
            .withJobs(2)
            .withQuotas(
                Quotas.NONE
                    .with(Quota.QUEUED, Quotas.EVERY_USER, 5)
                    .with(Quota.BYTES_PER_DAY, "u1", 300)
                    .with(Quota.RESULT_BYTES, "u2", 40))
            .withPolicy(List.of(Policy.values()).get((int) (seed % 5)));
    Core core = new Core(settings, Snapshot.EMPTY);
    Office office = new Office(folder, settings);
    try (StateStore store = office.store();
        StateStore reader = office.store()) {
      Snapshot followed = Snapshot.EMPTY;
      long known = 0;
      for (int i = 0; i < 120; i++) {
        happen(core, store, next(random, core));
        try (StateStore.Session session = reader.read()) {
          assertThat(comparable(settings, session.since(0)))
              .isEqualTo(comparable(settings, core.snapshot()));
          if (random.nextInt(4) == 0) {
            followed = followed.become(session.since(known), session.live());
            known = session.sequence();
            assertThat(comparable(settings, followed))
                .isEqualTo(comparable(settings, core.snapshot()));
          }
        }
      }
    }
  }

  private static Event next(SplittableRandom random, Core core) {
    List<Query> queries = core.snapshot().queries();
    int what = random.nextInt(10);
    if (what < 3 || queries.isEmpty()) {
      return submission(random, core.nextQuery());
    }
    QueryHead head = queries.get(random.nextInt(queries.size())).head();
    boolean open = !head.wish().isFinal();
    if (what == 3 && open) {
      return new Event.Paused(World.NOW, head.id());
    }
    if (what == 4 && open) {
      return new Event.Resumed(World.NOW, head.id());
    }
    if (what == 5 && open && random.nextBoolean()) {
      return new Event.Stopped(World.NOW, head.id());
    }
    if (what == 6 && !core.running().isEmpty()) {
      return end(random, core.plan(core.running().get(0)));
    }
    return new Event.Looked(World.NOW, Duration.ofSeconds(random.nextInt(600)), true);
  }

  private static Event submission(SplittableRandom random, long number) {
    QueryRequest request =
        Requests.request(
            "u" + random.nextInt(4), random.nextInt(5), 1 + random.nextInt(4), "a", "b");
    QueryId id = Requests.id(number);
    List<Chunk> chunks =
        Query.days(request).stream()
            .map(day -> Query.cut(id, request, day, new Volume(number, 2 * number)))
            .toList();
    Optional<FinishTimes> times =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new FinishTimes(World.NOW, World.NOW.plusNanos(1), World.NOW.plusSeconds(2)));
    return new Event.Submitted(
        World.NOW, Query.waiting(id, number, request, chunks, World.NOW.plusNanos(7), times));
  }

  private static Event end(SplittableRandom random, JobPlan plan) {
    List<ChunkOutcome> outcomes = new ArrayList<>();
    for (ChunkWork work : plan.chunks()) {
      outcomes.add(
          switch (random.nextInt(4)) {
            case 0 -> World.again(work);
            case 1 -> World.never(work);
            default -> World.done(work);
          });
    }
    return random.nextInt(3) == 0
        ? new Event.JobLost(World.NOW, plan.id(), outcomes)
        : new Event.JobEnded(World.NOW, plan.id(), outcomes);
  }

  private static void happen(Core core, StateStore store, Event event) throws Exception {
    List<Command> commands = core.apply(event);
    try (StateStore.Session session = store.write()) {
      session.save(event.at(), event.type(), event.details(), core.drain());
      session.commit();
    }
    for (Command command : commands) {
      if (command instanceof Command.CloseBooks close) {
        happen(core, store, new Event.BooksClosed(World.NOW, close.query()));
      }
    }
  }

  /** Without users who wait for nothing. */
  private static List<Object> comparable(SchedulerSettings settings, Snapshot snapshot) {
    TreeMap<String, Turn> turns = new TreeMap<>();
    Snapshot taken = new Core(settings, snapshot).snapshot();
    for (Turn turn : taken.turns()) {
      turns.put(turn.user(), turn);
    }
    return List.of(
        snapshot.counters(),
        snapshot.queries(),
        snapshot.jobs(),
        turns,
        taken.accounts(),
        taken.buckets(),
        taken.results());
  }
}
