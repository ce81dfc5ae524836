package dev.historics.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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
 * @param jobTimeout how long a job runs before it is ended, in time during which a dispatcher is at
 *     work; zero for as long as it takes
 * @param interruptGrace how long an interrupted dispatcher waits for its jobs to end
 * @param reuse whether a chunk is answered by what the same rule found before, if that still holds
 */
public record SchedulerSettings(
    int poolSize,
    Duration starvationInterval,
    int jobs,
    int ridersMax,
    int attemptsMax,
    Duration retryWait,
    Policy policy,
    Duration jobTimeout,
    Duration interruptGrace,
    Rates rates,
    Fairness fairness,
    Quotas quotas,
    boolean reuse) {
  public static final SchedulerSettings DEFAULTS =
      new SchedulerSettings(
          5,
          Duration.ofHours(1),
          1,
          200,
          3,
          Duration.ZERO,
          Policy.FAIR,
          Duration.ZERO,
          Duration.ofSeconds(10),
          Rates.DEFAULTS,
          Fairness.DEFAULTS,
          Quotas.NONE,
          true);

  public SchedulerSettings {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(rates);
    Objects.requireNonNull(fairness);
    Objects.requireNonNull(quotas);
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
    if (jobTimeout.isNegative()) {
      problems.add("jobTimeout must not be negative, got " + jobTimeout);
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
    return but(draft -> draft.jobs = atATime);
  }

  public SchedulerSettings withPolicy(Policy other) {
    return but(draft -> draft.policy = other);
  }

  public SchedulerSettings withRidersMax(int riders) {
    return but(draft -> draft.ridersMax = riders);
  }

  public SchedulerSettings withRetryWait(Duration afterTheFirst) {
    return but(draft -> draft.retryWait = afterTheFirst);
  }

  public SchedulerSettings withJobTimeout(Duration longest) {
    return but(draft -> draft.jobTimeout = longest);
  }

  public SchedulerSettings withInterruptGrace(Duration longest) {
    return but(draft -> draft.interruptGrace = longest);
  }

  public SchedulerSettings withRates(Rates other) {
    return but(draft -> draft.rates = other);
  }

  public SchedulerSettings withFairness(Fairness other) {
    return but(draft -> draft.fairness = other);
  }

  public SchedulerSettings withQuotas(Quotas other) {
    return but(draft -> draft.quotas = other);
  }

  public SchedulerSettings withoutReuse() {
    return but(draft -> draft.reuse = false);
  }

  public SchedulerSettings withPool(int size, Duration starvation) {
    return but(
        draft -> {
          draft.poolSize = size;
          draft.starvationInterval = starvation;
        });
  }

  private SchedulerSettings but(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** Settings that are being changed. */
  private static final class Draft {
    private int poolSize;
    private Duration starvationInterval;
    private int jobs;
    private int ridersMax;
    private int attemptsMax;
    private Duration retryWait;
    private Policy policy;
    private Duration jobTimeout;
    private Duration interruptGrace;
    private Rates rates;
    private Fairness fairness;
    private Quotas quotas;
    private boolean reuse;

    private Draft(SchedulerSettings from) {
      poolSize = from.poolSize;
      starvationInterval = from.starvationInterval;
      jobs = from.jobs;
      ridersMax = from.ridersMax;
      attemptsMax = from.attemptsMax;
      retryWait = from.retryWait;
      policy = from.policy;
      jobTimeout = from.jobTimeout;
      interruptGrace = from.interruptGrace;
      rates = from.rates;
      fairness = from.fairness;
      quotas = from.quotas;
      reuse = from.reuse;
    }

    private SchedulerSettings settings() {
      return new SchedulerSettings(
          poolSize,
          starvationInterval,
          jobs,
          ridersMax,
          attemptsMax,
          retryWait,
          policy,
          jobTimeout,
          interruptGrace,
          rates,
          fairness,
          quotas,
          reuse);
    }
  }
}
