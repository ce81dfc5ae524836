package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The guarantees of docs/scheduling.md over random traces: {@value #TRACES} in a build, any number
 * with {@code -Dguarantees.traces=10000}.
 */
class GuaranteesTest {
  private static final int TRACES = 300;
  private static final int TRACES_NOW = Integer.getInteger("guarantees.traces", TRACES);
  private static final double LONE_SECONDS = 6;

  /** A few users with a few queries each, on one to three slots. */
  private static final class Trace {
    final long seed;
    final SplittableRandom random;
    final SchedulerSettings settings;
    final World world;
    final int users;
    final double failing;
    final PriorityQueue<Map.Entry<Long, JobPlan>> running =
        new PriorityQueue<>(
            Comparator.comparingLong(Map.Entry<Long, JobPlan>::getKey)
                .thenComparing(entry -> entry.getValue().id().number()));
    final Map<QueryId, Query> seen = new HashMap<>();
    final List<String> log = new ArrayList<>();

    /** Jobs started since each waiting user last had a chunk started or came to wait. */
    final Map<String, Integer> passed = new TreeMap<>();

    /** The most users who waited at once in that time. */
    final Map<String, Integer> company = new TreeMap<>();

    /** Jobs started, and chunks of hers in them, since each user came to wait. */
    final Map<String, int[]> service = new TreeMap<>();

    int worstGapPercent;
    double worstDebt;
    private int waitingNow = 1;
    private long now;
    private long looked;

    Trace(long seed, double failing, SchedulerSettings base) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.failing = failing;
      this.settings = base.withJobs(1 + random.nextInt(3));
      this.world = new World(settings);
      this.users = 2 + random.nextInt(5);
    }

    Trace run() {
      for (int i = 0; i < 12; i++) {
        world.submit("u" + random.nextInt(users), random.nextInt(8), 1 + random.nextInt(6));
        look();
        for (int ends = random.nextInt(3); ends > 0; ends--) {
          end();
        }
      }
      while (!running.isEmpty()) {
        end();
      }
      return this;
    }

    private void end() {
      if (running.isEmpty()) {
        return;
      }
      Map.Entry<Long, JobPlan> job = running.remove();
      now = job.getKey();
      JobPlan plan = job.getValue();
      if (random.nextDouble() < failing) {
        world.lose(plan);
      } else {
        world.succeed(plan);
      }
      look();
    }

    private Set<String> waiting() {
      return world.core.pool().everybody().stream()
          .map(Pool.Seat::user)
          .collect(Collectors.toSet());
    }

    private void look() {
      Set<JobId> before = Set.copyOf(world.running.keySet());
      Set<String> waiting = waiting();
      waitingNow = Math.max(1, waiting.size());
      for (String user : waiting) {
        passed.putIfAbsent(user, 0);
        service.putIfAbsent(user, new int[3]);
        company.merge(user, waiting.size(), Math::max);
        int[] counts = service.get(user);
        counts[2] = Math.max(counts[2], waiting.size());
      }
      for (Query query : world.core.snapshot().queries()) {
        seen.put(query.id(), query);
      }
      world.look(Duration.ofMillis(now - looked));
      looked = now;
      for (JobPlan plan : List.copyOf(world.running.values())) {
        if (!before.contains(plan.id())) {
          started(plan);
        }
      }
      Set<String> still = waiting();
      passed.keySet().retainAll(still);
      company.keySet().retainAll(still);
      service.keySet().retainAll(still);
    }

    private void started(JobPlan plan) {
      Job job = world.core.job(plan.id()).orElseThrow();
      assertThat(job.predictedSeconds())
          .as("G3, seed %d: riding never hurts the opener", seed)
          .isLessThanOrEqualTo(LONE_SECONDS * 1.25 + 1e-9);
      log.add(now + " " + plan.chunks().stream().map(ChunkWork::id).toList());
      running.add(Map.entry(now + Math.round(job.predictedSeconds() * 1000), plan));
      List<String> aboard =
          plan.chunks().stream()
              .map(work -> world.core.find(work.id().query()).orElseThrow().user())
              .toList();
      passed.replaceAll((user, jobs) -> jobs + 1);
      service.values().forEach(counts -> counts[0]++);
      for (String user : aboard) {
        if (service.containsKey(user)) {
          service.get(user)[1]++;
        }
      }
      service.forEach(
          (user, counts) ->
              worstDebt = Math.max(worstDebt, (double) counts[0] / counts[2] - counts[1]));
      for (String user : Set.copyOf(aboard)) {
        if (passed.containsKey(user)) {
          worstGapPercent = Math.max(worstGapPercent, 100 * passed.get(user) / company.get(user));
          passed.put(user, 0);
          company.put(user, waitingNow);
        }
      }
    }

    double charges(Account.Kind kind) {
      return world.core.snapshot().accounts().stream()
          .filter(account -> account.kind() == kind)
          .mapToDouble(Account::chargedSeconds)
          .sum();
    }
  }

  @Test
  void g1_who_waits_gets_her_share_of_chunks_but_for_one() {
    for (long seed = 0; seed < TRACES_NOW; seed++) {
      Trace trace = new Trace(seed, 0, SchedulerSettings.DEFAULTS).run();

      assertThat(trace.worstDebt).as("seed %d", seed).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void g2_nobody_who_waits_is_passed_over_for_more_than_a_round_and_a_half() {
    for (long seed = 0; seed < TRACES_NOW; seed++) {
      Trace trace = new Trace(seed, 0, SchedulerSettings.DEFAULTS).run();

      assertThat(trace.worstGapPercent).as("seed %d", seed).isLessThanOrEqualTo(150);
    }
  }

  @Test
  void g3_and_g4_riders_cost_the_opener_little_and_charges_are_the_work_done() {
    for (long seed = 0; seed < TRACES_NOW; seed++) {
      Trace trace = new Trace(seed, 0.2, SchedulerSettings.DEFAULTS).run();

      double everybody = trace.charges(Account.Kind.EVERYBODY);
      assertThat(trace.charges(Account.Kind.USER))
          .as("seed %d", seed)
          .isCloseTo(everybody, within(1e-6));
      double chunks =
          trace.seen.values().stream()
              .flatMap(query -> query.chunks().stream())
              .mapToDouble(Chunk::charge)
              .sum();
      assertThat(chunks).as("seed %d", seed).isCloseTo(everybody, within(1e-6));
    }
  }

  @Test
  void g5_asking_in_many_queries_or_from_many_accounts_gains_nothing() {
    SchedulerSettings alone =
        SchedulerSettings.DEFAULTS
            .withRidersMax(0)
            .withFairness(
                Fairness.DEFAULTS.withGroups(
                    Map.of("A1", "A", "A2", "A", "A3", "A", "A4", "A", "A5", "A")));
    List<Integer> shares = new ArrayList<>();
    for (int way = 0; way < 3; way++) {
      World world = new World(alone);
      world.submit("B", 100, 40);
      for (int day = 0; day < 40; day++) {
        if (way > 0) {
          world.submit(way == 1 ? "C" : "A" + (1 + day % 5), day, 1);
        } else if (day == 0) {
          world.submit("C", 0, 40);
        }
      }
      shares.add(
          (int) world.order().subList(0, 40).stream().filter(job -> job.startsWith("B1")).count());
    }

    assertThat(shares).allSatisfy(share -> assertThat(share).isBetween(19, 21));
  }

  @Test
  void g6_the_same_events_give_the_same_schedule() {
    for (long seed = 0; seed < TRACES_NOW / 10; seed++) {
      assertThat(new Trace(seed, 0.2, SchedulerSettings.DEFAULTS).run().log)
          .isEqualTo(new Trace(seed, 0.2, SchedulerSettings.DEFAULTS).run().log);
    }
  }

  @Test
  void one_query_starts_within_a_round_beside_ten_thousand_of_another_user() {
    World world = new World(SchedulerSettings.DEFAULTS.withRidersMax(0));
    for (int i = 0; i < 10_000; i++) {
      world.submit("many", i % 300, 1);
    }
    world.look();
    QueryId one = world.submit("one", 1000, 1);

    for (int jobs = 0; jobs < 2; jobs++) {
      world.succeed(world.only());
      world.look();
      if (world.only().chunks().get(0).id().query().equals(one)) {
        return;
      }
    }
    throw new AssertionError("the one query has not started within a round");
  }
}
