package dev.historics.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two to six users with twelve queries of one to six days, within two weeks, on one to three slots;
 * all of it drawn from a seed. A job takes as long as was predicted.
 */
final class RandomTrace {
  /** What a scan of a day takes for its opener alone. */
  static final double LONE_SECONDS = 6;

  private static final int QUERIES = 12;

  /** Who shares with whom. */
  enum Sharing {
    /** Everybody has a weight of 1. */
    EQUAL,

    /** Users have weights from a half to three. */
    WEIGHTED,

    /** Some users are in one of two groups, of which one weighs 2. */
    GROUPED;

    private Fairness fairness(SplittableRandom random) {
      Map<String, Double> weights = new HashMap<>();
      Map<String, String> groups = new HashMap<>();
      switch (this) {
        case EQUAL -> {}
        case WEIGHTED -> {
          for (int user = 0; user < USERS_MAX; user++) {
            weights.put("u" + user, (1 + random.nextInt(6)) / 2.0);
          }
        }
        case GROUPED -> {
          weights.put("g0", 2.0);
          for (int user = 0; user < USERS_MAX; user++) {
            if (random.nextBoolean()) {
              groups.put("u" + user, "g" + random.nextInt(2));
            }
          }
        }
      }
      return Fairness.DEFAULTS.withWeights(weights).withGroups(groups);
    }
  }

  private static final int USERS_MAX = 6;

  final World world;
  final List<String> log = new ArrayList<>();

  /** What each user, or group, was given in each stretch of waiting. */
  final List<Wait> waits = new ArrayList<>();

  /** What chunks were charged, in seconds, by when their queries were over. */
  double chunkCharges;

  /** How long the longest job was predicted to take, in scans for the opener alone. */
  double longestScan;

  private final SplittableRandom random;
  private final double losing;
  private final int users;
  private final Map<String, Wait> waiting = new TreeMap<>();
  private final List<QueryId> queries = new ArrayList<>();
  private final Set<ChunkId> lost = new HashSet<>();
  private final PriorityQueue<Map.Entry<Long, JobPlan>> running =
      new PriorityQueue<>(
          Comparator.comparingLong(Map.Entry<Long, JobPlan>::getKey)
              .thenComparing(entry -> entry.getValue().id().number()));
  private long now;
  private long looked;

  /**
   * @param losing the share of jobs that are lost, with what they had found
   */
  RandomTrace(long seed, Sharing sharing, double losing) {
    random = new SplittableRandom(seed);
    this.losing = losing;
    int slots = 1 + random.nextInt(3);
    users = 2 + random.nextInt(USERS_MAX - 1);
    world =
        new World(
            SchedulerSettings.DEFAULTS.withJobs(slots).withFairness(sharing.fairness(random)));
  }

  RandomTrace run() {
    for (int i = 0; i < QUERIES; i++) {
      queries.add(
          world.submit("u" + random.nextInt(users), random.nextInt(8), 1 + random.nextInt(6)));
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
    if (random.nextDouble() < losing) {
      plan.chunks().forEach(work -> lost.add(work.id()));
      world.lose(plan);
    } else {
      world.succeed(plan);
    }
    look();
  }

  private void look() {
    Set<JobId> before = Set.copyOf(world.running.keySet());
    for (String each : sharers()) {
      waiting.computeIfAbsent(each, name -> new Wait(weight(name)));
    }
    for (QueryId id : List.copyOf(queries)) {
      world.core.find(id).filter(query -> query.open() == 0).ifPresent(this::over);
    }
    world.look(Duration.ofMillis(now - looked));
    looked = now;
    List<JobPlan> fresh =
        world.running.values().stream().filter(plan -> !before.contains(plan.id())).toList();
    Set<String> still = sharers();
    for (int i = 0; i < fresh.size(); i++) {
      started(fresh.subList(i, fresh.size()), still);
    }
    waiting.keySet().retainAll(still);
  }

  private void over(LiveQuery query) {
    for (int i = 0; i < query.size(); i++) {
      chunkCharges += query.chunk(i).charge();
    }
    queries.remove(query.id());
  }

  /**
   * Notes the first of some jobs.
   *
   * @param still who has chunks waiting after all of them
   */
  private void started(List<JobPlan> jobs, Set<String> still) {
    JobPlan plan = jobs.get(0);
    Job job = world.core.job(plan.id()).orElseThrow();
    longestScan = Math.max(longestScan, job.predictedSeconds() / LONE_SECONDS);
    log.add(now + " " + plan.chunks().stream().map(ChunkWork::id).toList());
    running.add(Map.entry(now + Math.round(job.predictedSeconds() * 1000), plan));
    Set<String> wait = new HashSet<>(still);
    jobs.forEach(each -> wait.addAll(aboard(each)));
    wait.retainAll(waiting.keySet());
    double weights = wait.stream().mapToDouble(this::weight).sum();
    List<String> aboard = aboard(plan);
    // What the system cut short goes first and takes nobody's turn.
    boolean again = lost.contains(plan.chunks().get(0).id());
    for (String each : wait) {
      Wait hers = waiting.get(each);
      if (hers.isEmpty()) {
        waits.add(hers);
      }
      hers.add(weights, aboard.stream().filter(each::equals).count(), again);
    }
  }

  private List<String> aboard(JobPlan plan) {
    return plan.chunks().stream()
        .map(work -> sharer(world.core.find(work.id().query()).orElseThrow().user()))
        .toList();
  }

  private Set<String> sharers() {
    return world.core.pool().everybody().stream()
        .map(seat -> sharer(seat.user()))
        .collect(Collectors.toSet());
  }

  private String sharer(String user) {
    return world.settings.fairness().groups().getOrDefault(user, user);
  }

  private double weight(String sharer) {
    return world.settings.fairness().weight(sharer);
  }

  /** What all accounts of a kind were charged, in seconds. */
  double charges(Account.Kind kind) {
    return world.core.snapshot().accounts().stream()
        .filter(account -> account.kind() == kind)
        .mapToDouble(Account::chargedSeconds)
        .sum();
  }

  /** The jobs that started while somebody, a user or a group, had chunks waiting. */
  static final class Wait {
    private record Start(double weights, long chunks, boolean again) {}

    private final double weight;
    private final List<Start> starts = new ArrayList<>();

    private Wait(double weight) {
      this.weight = weight;
    }

    private boolean isEmpty() {
      return starts.isEmpty();
    }

    private void add(double weights, long chunks, boolean again) {
      starts.add(new Start(weights, chunks, again));
    }

    /** How many chunks her share of the jobs since she came was ahead of those she got, at most. */
    double debt() {
      return debtFrom(0);
    }

    /** The same over any part of the time that she waited. */
    double worstDebt() {
      double worst = 0;
      for (int from = 0; from < starts.size(); from++) {
        worst = Math.max(worst, debtFrom(from));
      }
      return worst;
    }

    private double debtFrom(int from) {
      double worst = 0;
      double weights = 0;
      long jobs = 0;
      long chunks = 0;
      for (Start start : starts.subList(from, starts.size())) {
        jobs++;
        chunks += start.chunks();
        weights = Math.max(weights, start.weights());
        worst = Math.max(worst, jobs * weight / weights - chunks);
      }
      return worst;
    }

    /** The longest that none of hers started, in rounds. */
    double worstGap() {
      double worst = 0;
      double weights = 0;
      long jobs = 0;
      for (Start start : starts) {
        jobs++;
        weights = Math.max(weights, start.weights());
        if (start.chunks() > 0) {
          worst = Math.max(worst, jobs * weight / weights);
          jobs = 0;
          weights = start.weights();
        }
      }
      return worst;
    }

    /** The same time without the jobs that repeated what had been lost. */
    Wait withoutRepeats() {
      Wait without = new Wait(weight);
      starts.stream().filter(start -> !start.again()).forEach(without.starts::add);
      return without;
    }
  }
}
