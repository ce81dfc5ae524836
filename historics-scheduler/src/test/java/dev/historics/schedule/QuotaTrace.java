package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A random history of a queue with quotas, in which everything is counted a second time and
 * compared with the limits after every step.
 */
final class QuotaTrace {
  private static final List<String> USERS = List.of("u0", "u1", "u2");
  private static final long DAY_BYTES = 100_000_000;
  private static final int RUNNING = 2;
  private static final int GROUP_RUNNING = 3;
  private static final int QUEUED = 6;
  private static final int DAYS_READ = 4;
  private static final String KEEPER = "u2";

  /** What chunks of a {@link World} deliver, and some five of them together. */
  private static final int CHUNK_RESULTS = 7;

  private static final int RESULTS = 40;

  private static final SchedulerSettings SETTINGS =
      SchedulerSettings.DEFAULTS
          .withJobs(4)
          .withFairness(Fairness.DEFAULTS.withGroups(Map.of("u0", "press", "u1", "press")))
          .withQuotas(
              Quotas.NONE
                  .with(Quota.RUNNING, Quotas.EVERY_USER, RUNNING)
                  .with(Quota.RUNNING, "press", GROUP_RUNNING)
                  .with(Quota.QUEUED, Quotas.EVERY_USER, QUEUED)
                  .with(Quota.BYTES_PER_DAY, "u1", DAYS_READ * DAY_BYTES)
                  .with(Quota.RESULT_BYTES, KEEPER, RESULTS));

  private record Reading(Instant at, int days) {}

  private final SplittableRandom random;
  private World world;
  private Instant now = World.NOW;
  private final Map<QueryId, QueryRequest> requests = new HashMap<>();
  private final Set<QueryId> stopped = new TreeSet<>(Comparator.comparing(QueryId::value));
  private final List<ChunkId> done = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();

  /** Queries of {@link #KEEPER} that have ended and were not deleted, as they were at last. */
  private final Map<QueryId, Query> kept = new LinkedHashMap<>();

  private long results;

  QuotaTrace(long seed) {
    this.random = new SplittableRandom(seed);
    this.world =
        new World(
            SETTINGS.withPolicy(
                List.of(Policy.values()).get((int) (seed % Policy.values().length))));
  }

  void happen(int steps) {
    for (int i = 0; i < steps; i++) {
      happen();
      look(Duration.ofMinutes(random.nextInt(90)));
    }
  }

  private void happen() {
    int what = random.nextInt(10);
    if (what < 4) {
      QueryRequest request =
          Requests.request(
              USERS.get(random.nextInt(USERS.size())), random.nextInt(5), 1 + random.nextInt(4));
      requests.put(world.submit(request), request);
    } else if (what == 4) {
      any(
          query -> {
            if (query.head().wish() == Wish.RUN) {
              world.pause(query.id());
            } else {
              world.resume(query.id());
            }
          });
    } else if (what == 5 && random.nextInt(3) == 0) {
      any(
          query -> {
            world.stop(query.id());
            stopped.add(query.id());
          });
    } else if (what == 5) {
      deleteKept(1);
    } else if (what == 6) {
      restart();
    } else if (!world.running.isEmpty()) {
      end(List.copyOf(world.running.values()).get(random.nextInt(world.running.size())));
    }
  }

  private void any(Consumer<Query> change) {
    List<Query> open =
        world.core.snapshot().queries().stream()
            .filter(query -> !query.head().wish().isFinal())
            .toList();
    if (!open.isEmpty()) {
      change.accept(open.get(random.nextInt(open.size())));
    }
  }

  private void restart() {
    World next = new World(world.settings, world.core.snapshot());
    next.running.putAll(world.running);
    next.now = now;
    world = next;
  }

  private void end(JobPlan plan) {
    switch (random.nextInt(4)) {
      case 0 -> {
        world.lose(plan);
        refund(plan);
      }
      case 1 -> {
        world.end(plan, plan.chunks().stream().map(World::again).toList());
        refund(plan);
      }
      default -> {
        succeed(plan);
      }
    }
  }

  private void succeed(JobPlan plan) {
    plan.chunks().forEach(work -> done.add(work.id()));
    results += CHUNK_RESULTS * count(plan, KEEPER);
    world.succeed(plan);
  }

  /** Some of what the keeper has; the bytes are free with the next look, which erases them. */
  private void deleteKept(int count) {
    for (Query query : List.copyOf(kept.values()).subList(0, Math.min(count, kept.size()))) {
      kept.remove(query.id());
      world.delete(query);
      results -= CHUNK_RESULTS * succeeded(query);
    }
  }

  private static long succeeded(Query query) {
    return query.chunks().stream().filter(chunk -> chunk.status() == QueryStatus.SUCCEEDED).count();
  }

  /** What the system wasted does not count. */
  private void refund(JobPlan plan) {
    int wasted = (int) count(plan, "u1");
    if (wasted > 0) {
      readings.add(new Reading(now, -wasted));
    }
  }

  private long count(JobPlan plan, String user) {
    return plan.chunks().stream()
        .filter(work -> requests.get(work.id().query()).user().equals(user))
        .count();
  }

  private void look(Duration later) {
    now = now.plus(later);
    Set<JobId> before = Set.copyOf(world.running.keySet());
    List<Query> open = world.core.snapshot().queries();
    boolean keepsTooMuch = results >= RESULTS;
    world.lookAt(now, later);
    open.forEach(this::noteEnd);
    assertThat(started(before, KEEPER) > 0 && keepsTooMuch)
        .as("chunks of %s started beside %d bytes of results", KEEPER, results)
        .isFalse();
    int read = (int) started(before, "u1");
    if (read > 0) {
      readings.add(new Reading(now, read));
    }
    check();
  }

  /** How many chunks of a user are in jobs that were not there before. */
  private long started(Set<JobId> before, String user) {
    return world.running.values().stream()
        .filter(plan -> !before.contains(plan.id()))
        .mapToLong(plan -> count(plan, user))
        .sum();
  }

  private void noteEnd(Query query) {
    boolean ended = world.core.find(query.id()).isEmpty();
    if (ended && requests.get(query.id()).user().equals(KEEPER)) {
      QueryStatus end = stopped.contains(query.id()) ? QueryStatus.STOPPED : QueryStatus.SUCCEEDED;
      kept.put(query.id(), new Query(query.head().end(end, now), query.chunks()));
    }
  }

  private void check() {
    for (String user : USERS) {
      assertThat(running(List.of(user))).as("running of %s", user).isLessThanOrEqualTo(RUNNING);
      assertThat(queued(user)).as("queued of %s", user).isLessThanOrEqualTo(QUEUED);
    }
    assertThat(running(List.of("u0", "u1")))
        .as("running of press")
        .isLessThanOrEqualTo(GROUP_RUNNING);
    long read = 0;
    for (int i = readings.size() - 1; i >= 0; i--) {
      read += readings.get(i).days();
      Duration span = Duration.between(readings.get(i).at(), now);
      double allowed = DAYS_READ * (1 + span.toMinutes() / 1440.0);
      assertThat((double) read).as("days read within %s", span).isLessThanOrEqualTo(allowed + 1e-6);
    }
  }

  private long running(Collection<String> users) {
    return world.running.values().stream()
        .flatMap(plan -> plan.chunks().stream())
        .filter(work -> users.contains(requests.get(work.id().query()).user()))
        .count();
  }

  private long queued(String user) {
    return world.core.snapshot().queries().stream()
        .filter(query -> query.head().request().user().equals(user))
        .filter(query -> query.head().wish() == Wish.RUN)
        .filter(query -> query.head().status() != QueryStatus.INIT)
        .flatMap(query -> query.chunks().stream())
        .filter(chunk -> !chunk.over())
        .count();
  }

  /** Lets everything go on and end. */
  void finish() {
    for (int round = 0; round < 2_000 && !world.core.snapshot().queries().isEmpty(); round++) {
      for (Query query : world.core.snapshot().queries()) {
        if (Ask.RESUME.makesSense(query)) {
          world.resume(query.id());
        }
      }
      deleteKept(Integer.MAX_VALUE);
      look(Duration.ofMinutes(30));
      List.copyOf(world.running.values()).forEach(this::succeed);
    }
    assertThat(world.core.snapshot().queries()).isEmpty();
  }

  /** The chunks that succeeded of queries that nobody stopped. */
  List<ChunkId> done() {
    return done.stream().filter(chunk -> !stopped.contains(chunk.query())).toList();
  }

  /** All chunks of the queries that nobody stopped. */
  List<ChunkId> wanted() {
    List<ChunkId> wanted = new ArrayList<>();
    requests.forEach(
        (id, request) -> {
          if (!stopped.contains(id)) {
            Query.days(request).forEach(day -> wanted.add(new ChunkId(id, day)));
          }
        });
    return wanted;
  }
}
