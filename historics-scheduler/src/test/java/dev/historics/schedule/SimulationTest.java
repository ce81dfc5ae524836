package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold in every run, whatever users ask and whatever fails. */
class SimulationTest {
  private static final String[] SOURCES = {"twitter", "bitly", "tumblr"};

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  /** A made-up history: users who change their minds, jobs that fail and get lost. */
  private static final class Run {
    final List<String> log = new ArrayList<>();
    final Map<ChunkId, Integer> done = new HashMap<>();
    final List<QueryId> submitted = new ArrayList<>();
    final TreeSet<QueryId> stopped = new TreeSet<>();
    final Map<QueryId, Query> ended = new HashMap<>();
    final SchedulerSettings settings;
    private final SplittableRandom random;
    private final SplittableRandom restarts;
    private final boolean restarting;
    private final int users;
    private final double failing;
    private final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingLong(Running::end).thenComparing(Running::number));
    private World world;
    private long now;
    Consumer<JobPlan> onStart = plan -> {};

    private record Running(long end, long number, JobPlan plan) {}

    Run(long seed, boolean restarting, double failing, SchedulerSettings settings) {
      this.random = new SplittableRandom(seed);
      this.restarts = new SplittableRandom(~seed);
      this.restarting = restarting;
      this.failing = failing;
      this.settings = settings;
      this.users = 1 + random.nextInt(8);
      this.world = new World(settings);
    }

    static SchedulerSettings settings(long seed) {
      SplittableRandom random = new SplittableRandom(seed * 31);
      return SchedulerSettings.DEFAULTS
          .withPool(1 + random.nextInt(4), Duration.ofMinutes(1 + random.nextInt(60)))
          .withJobs(1 + random.nextInt(3))
          .withRidersMax(random.nextInt(5))
          .withPolicy(List.of(Policy.values()).get(random.nextInt(5)));
    }

    void whole() {
      for (int i = 0; i < 40; i++) {
        somebodyAsks();
        look();
        for (int jobs = random.nextInt(6); jobs > 0; jobs--) {
          oneJobEnds();
        }
      }
      submitted.forEach(this::wakeUp);
      drain();
    }

    void drain() {
      look();
      while (!running.isEmpty()) {
        oneJobEnds();
        submitted.forEach(this::wakeUp);
      }
    }

    private void wakeUp(QueryId id) {
      world
          .core
          .find(id)
          .map(query -> query.head().status())
          .filter(status -> status == QueryStatus.PAUSED || status == QueryStatus.DELAYED)
          .ifPresent(status -> world.resume(id));
      look();
    }

    void somebodyAsks() {
      int what = random.nextInt(10);
      if (what < 6 || submitted.isEmpty()) {
        submit();
        return;
      }
      QueryId id = submitted.get(random.nextInt(submitted.size()));
      boolean live =
          world.core.find(id).filter(query -> !query.head().wish().isFinal()).isPresent();
      if (live && what < 8) {
        world.pause(id);
      } else if (live && what == 8) {
        world.resume(id);
      } else if (live) {
        world.stop(id);
        stopped.add(id);
      }
    }

    QueryId submit() {
      String user = "u" + random.nextInt(users);
      int sources = 1 + random.nextInt(2);
      String[] names = new String[sources];
      for (int i = 0; i < sources; i++) {
        names[i] = SOURCES[random.nextInt(SOURCES.length)];
      }
      QueryId id = world.submit(user, random.nextInt(10), 1 + random.nextInt(6), names);
      submitted.add(id);
      return id;
    }

    void look() {
      if (restarting && restarts.nextInt(3) == 0) {
        World next = new World(settings, world.core.snapshot());
        next.running.putAll(world.running);
        world = next;
      }
      Map<JobId, JobPlan> before = new HashMap<>(world.running);
      remember();
      world.look(Duration.ofMillis(now - lastLook));
      lastLook = now;
      for (JobPlan plan : world.running.values()) {
        if (!before.containsKey(plan.id())) {
          onStart.accept(plan);
          log.add(now + " " + plan.id() + " " + plan.chunks().stream().map(ChunkWork::id).toList());
          long took = 60_000L * (1 + random.nextInt(30));
          running.add(new Running(now + took, plan.id().number(), plan));
        }
      }
      assertThat(world.running.size()).isLessThanOrEqualTo(settings.jobs());
      if (world.running.size() < settings.jobs()) {
        assertThat(world.core.pool().isEmpty()).as("idle while work waits").isTrue();
      }
    }

    private long lastLook;

    /** Queries leave the core when they end. */
    private void remember() {
      for (Query query : world.core.snapshot().queries()) {
        ended.put(query.id(), query);
      }
    }

    void oneJobEnds() {
      Running job = running.poll();
      if (job == null) {
        return;
      }
      now = job.end();
      List<ChunkOutcome> outcomes = new ArrayList<>();
      for (ChunkWork work : job.plan().chunks()) {
        double fate = random.nextDouble();
        if (fate < failing * 0.7) {
          outcomes.add(World.again(work));
        } else if (fate < failing) {
          outcomes.add(World.never(work));
        } else {
          outcomes.add(World.done(work));
          done.merge(work.id(), 1, Integer::sum);
        }
      }
      if (random.nextDouble() < failing / 4) {
        world.lose(
            job.plan(),
            outcomes.stream()
                .filter(outcome -> outcome instanceof ChunkOutcome.Done)
                .toArray(ChunkOutcome[]::new));
        log.add(now + " lost " + job.plan().id());
      } else {
        world.end(job.plan(), outcomes);
        log.add(now + " ended " + job.plan().id());
      }
      look();
    }
  }

  private static Run run(long seed, boolean restarting) {
    Run run = new Run(seed, restarting, 0.2, Run.settings(seed));
    run.whole();
    return run;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_chunk_is_scanned_exactly_once_unless_it_was_stopped_or_failed_for_good(long seed) {
    Run run = run(seed, false);

    assertThat(run.done.values()).allMatch(times -> times == 1);
    assertThat(run.ended.keySet()).containsExactlyInAnyOrderElementsOf(run.submitted);
    for (Query query : run.ended.values()) {
      for (Chunk chunk : query.chunks()) {
        assertThat(chunk.over()).as(chunk.toString()).isTrue();
        assertThat(run.done.containsKey(chunk.id()))
            .as(chunk.toString())
            .isEqualTo(chunk.status() == QueryStatus.SUCCEEDED);
        if (chunk.status() == QueryStatus.STOPPED) {
          assertThat(run.stopped).contains(query.id());
        }
      }
    }
    assertThat(run.world.core.idle()).isTrue();
    assertThat(run.world.core.pool().members()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void riders_share_day_and_source_and_are_no_more_than_the_cap(long seed) {
    Run run = new Run(seed, false, 0.2, Run.settings(seed));
    run.onStart =
        plan -> {
          assertThat(plan.chunks().size() - 1).isLessThanOrEqualTo(run.settings.ridersMax());
          assertThat(plan.chunks()).extracting(ChunkWork::id).doesNotHaveDuplicates();
          ChunkWork opener = plan.chunks().get(0);
          for (ChunkWork rider : plan.chunks()) {
            assertThat(rider.id().day()).isEqualTo(plan.day());
            assertThat(rider.sources()).containsAnyElementsOf(opener.sources());
          }
        };

    run.whole();

    assertThat(run.log).isNotEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_same_seed_gives_the_same_run_however_often_it_is_taken_up_anew(long seed) {
    assertThat(run(seed, true).log).isEqualTo(run(seed, false).log);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nobody_in_the_pool_is_served_twice_while_another_member_waits(long seed) {
    SchedulerSettings settings =
        SchedulerSettings.DEFAULTS
            .withPolicy(Policy.TICKETS)
            .withPool(8, Duration.ofHours(1))
            .withRidersMax(0);
    Run run = new Run(seed, false, 0, settings);
    Map<String, Integer> passedOver = new TreeMap<>();
    run.onStart =
        plan -> {
          String served =
              run.world.core.find(plan.chunks().get(0).id().query()).orElseThrow().user();
          passedOver.remove(served);
          for (Pool.Seat seat : run.world.core.pool().members()) {
            if (!seat.user().equals(served)) {
              int times = passedOver.merge(seat.user(), 1, Integer::sum);
              assertThat(times).as(seat.user()).isLessThan(run.users);
            }
          }
          passedOver
              .keySet()
              .removeIf(
                  user ->
                      run.world.core.pool().members().stream()
                          .noneMatch(seat -> seat.user().equals(user)));
        };

    run.whole();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nobody_outside_the_pool_waits_much_longer_than_the_starvation_interval(long seed) {
    SchedulerSettings settings =
        SchedulerSettings.DEFAULTS
            .withPolicy(Policy.TICKETS)
            .withPool(1, Duration.ofHours(2))
            .withRidersMax(1);
    Run run = new Run(seed, false, 0, settings);
    Map<String, Long> since = new TreeMap<>();
    // A job takes at most 30 minutes; once let in, the turn comes within one round.
    long limit =
        Duration.ofHours(2).toMillis() + Duration.ofMinutes(30).toMillis() * (run.users + 2);
    run.onStart =
        plan -> {
          for (ChunkWork work : plan.chunks()) {
            since.remove(run.world.core.find(work.id().query()).orElseThrow().user());
          }
          TreeSet<String> waiting = new TreeSet<>();
          run.world.core.pool().everybody().forEach(seat -> waiting.add(seat.user()));
          since.keySet().retainAll(waiting);
          for (String user : waiting) {
            long waited = run.now - since.computeIfAbsent(user, name -> run.now);
            assertThat(waited).as(user).isLessThanOrEqualTo(limit);
          }
        };

    run.whole();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tickets_shown_are_the_order_in_which_chunks_start(long seed) {
    SchedulerSettings settings =
        SchedulerSettings.DEFAULTS
            .withPolicy(Policy.TICKETS)
            .withPool(8, Duration.ofDays(9))
            .withRidersMax(0);
    Run run = new Run(seed, false, 0, settings);
    for (int i = 0; i < 12; i++) {
      run.submit();
      if (i % 3 == 0) {
        run.look();
        run.oneJobEnds();
      }
    }
    Map<Long, ChunkId> promised = new TreeMap<>();
    for (int user = 0; user < run.users; user++) {
      run.world
          .core
          .tickets(Set.of("u" + user), World.NOW)
          .forEach((chunk, ticket) -> promised.put(ticket, chunk));
    }
    List<ChunkId> started = new ArrayList<>();
    run.onStart = plan -> started.add(plan.chunks().get(0).id());

    run.drain();

    assertThat(started).containsExactlyElementsOf(promised.values());
  }
}
