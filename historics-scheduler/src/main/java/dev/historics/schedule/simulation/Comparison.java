package dev.historics.schedule.simulation;

import dev.historics.schedule.Policy;
import dev.historics.schedule.SchedulerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Several policies over the same workloads.
 *
 * @param workloads the workload of each seed
 * @param settings the queue's but for its policy
 * @param seeds at least one
 * @param estimates of how many queries of each run the end is estimated
 */
public record Comparison(
    LongFunction<Workload> workloads,
    SchedulerSettings settings,
    List<Policy> policies,
    List<Long> seeds,
    int estimates) {
  public Comparison {
    policies = List.copyOf(policies);
    seeds = List.copyOf(seeds);
    if (policies.isEmpty() || seeds.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs at least one policy and one seed");
    }
  }

  /** How many runs it takes. */
  public int size() {
    return policies.size() * seeds.size();
  }

  /**
   * Runs everything, on several threads; what comes out does not depend on how many.
   *
   * @param each called on this thread after each run, with how many are over
   * @return for each policy the runs of its seeds, both in the order given
   */
  public Map<Policy, List<Run>> run(int threads, Progress each) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Map<Policy, List<Future<Run>>> pending = new LinkedHashMap<>();
      for (Policy policy : policies) {
        List<Future<Run>> runs = new ArrayList<>();
        for (long seed : seeds) {
          runs.add(workers.submit(() -> run(policy, seed)));
        }
        pending.put(policy, runs);
      }
      Map<Policy, List<Run>> done = new LinkedHashMap<>();
      int over = 0;
      for (Map.Entry<Policy, List<Future<Run>>> policy : pending.entrySet()) {
        List<Run> runs = new ArrayList<>();
        for (Future<Run> run : policy.getValue()) {
          runs.add(outcome(run));
          each.over(++over);
        }
        done.put(policy.getKey(), runs);
      }
      return done;
    } finally {
      workers.shutdownNow();
    }
  }

  private Run run(Policy policy, long seed) {
    return Simulation.run(workloads.apply(seed), settings.withPolicy(policy), seed, estimates);
  }

  private static Run outcome(Future<Run> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation failed", e.getCause());
    }
  }

  /** Told how far a comparison is. */
  @FunctionalInterface
  public interface Progress {
    void over(int runs);
  }
}
