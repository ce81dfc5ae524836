package dev.historics.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the operator decides.
 *
 * @param poolSize how many users are served at a time, those with the oldest queries
 * @param starvationInterval how long a user waits at most before the pool is enlarged for her, in
 *     time during which a dispatcher was at work
 * @param jobs how many jobs run at a time
 * @param ridersMax how many chunks share one scan at most, besides the one that opens it
 * @param attemptsMax how often a chunk, or the closing of a query's books, is tried before it is
 *     delayed
 * @param retryWait how long a chunk waits after its first failure, in time during which a
 *     dispatcher is at work; twice as long after the next, and so on
 * @param interruptGrace how long an interrupted dispatcher waits for its jobs to end
 */
public record SchedulerSettings(
    int poolSize,
    Duration starvationInterval,
    int jobs,
    int ridersMax,
    int attemptsMax,
    Duration retryWait,
    Policy policy,
    Duration interruptGrace,
    Rates rates,
    Fairness fairness) {
  public static final SchedulerSettings DEFAULTS =
      new SchedulerSettings(
          5,
          Duration.ofHours(1),
          1,
          200,
          3,
          Duration.ZERO,
          Policy.FAIR,
          Duration.ofSeconds(10),
          Rates.DEFAULTS,
          Fairness.DEFAULTS);

  public SchedulerSettings {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(rates);
    Objects.requireNonNull(fairness);
    List<String> problems = new ArrayList<>();
    atLeast(1, "poolSize", poolSize, problems);
    atLeast(1, "jobs", jobs, problems);
    atLeast(0, "ridersMax", ridersMax, problems);
    atLeast(1, "attemptsMax", attemptsMax, problems);
    if (starvationInterval.isNegative() || starvationInterval.isZero()) {
      problems.add("starvationInterval must be over 0, got " + starvationInterval);
    }
    if (retryWait.isNegative()) {
      problems.add("retryWait must not be negative, got " + retryWait);
    }
    if (interruptGrace.isNegative()) {
      problems.add("interruptGrace must not be negative, got " + interruptGrace);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void atLeast(int min, String name, int value, List<String> problems) {
    if (value < min) {
      problems.add("%s must be at least %d, got %d".formatted(name, min, value));
    }
  }

  public SchedulerSettings withJobs(int atATime) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        atATime,
        ridersMax,
        attemptsMax,
        retryWait,
        policy,
        interruptGrace,
        rates,
        fairness);
  }

  public SchedulerSettings withPolicy(Policy other) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        jobs,
        ridersMax,
        attemptsMax,
        retryWait,
        other,
        interruptGrace,
        rates,
        fairness);
  }

  public SchedulerSettings withPool(int size, Duration starvation) {
    return new SchedulerSettings(
        size,
        starvation,
        jobs,
        ridersMax,
        attemptsMax,
        retryWait,
        policy,
        interruptGrace,
        rates,
        fairness);
  }

  public SchedulerSettings withRidersMax(int riders) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        jobs,
        riders,
        attemptsMax,
        retryWait,
        policy,
        interruptGrace,
        rates,
        fairness);
  }

  public SchedulerSettings withRates(Rates other) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        jobs,
        ridersMax,
        attemptsMax,
        retryWait,
        policy,
        interruptGrace,
        other,
        fairness);
  }

  public SchedulerSettings withFairness(Fairness other) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        jobs,
        ridersMax,
        attemptsMax,
        retryWait,
        policy,
        interruptGrace,
        rates,
        other);
  }

  public SchedulerSettings withRetryWait(Duration afterTheFirst) {
    return new SchedulerSettings(
        poolSize,
        starvationInterval,
        jobs,
        ridersMax,
        attemptsMax,
        afterTheFirst,
        policy,
        interruptGrace,
        rates,
        fairness);
  }
}
