package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One possible future: the real core over expected job times, on a pretend cluster with a pretend
 * clock. Real times are taken to be the expected ones times a log-normal factor for each job, and
 * further queries come as they came before.
 *
 * <p>A future that is too long is broken off; see {@link Ends#extrapolate}.
 */
final class Replay implements Command.Hands<RuntimeException> {
  private record Pending(long end, long number, Job job) implements Comparable<Pending> {
    @Override
    public int compareTo(Pending other) {
      int byEnd = Long.compare(end, other.end);
      return byEnd != 0 ? byEnd : Long.compare(number, other.number);
    }
  }

  /** What a job that runs for longer than it should still needs, as a share of its time so far. */
  private static final double STRAGGLER = 0.2;

  private static final int DRAWS_MAX = 8;

  private final Core core;
  private final Comparator<QueryHead> order;
  private final Instant start;
  private final SplittableRandom random;
  private final Experience experience;
  private final Map<QueryId, Double> matchShares;
  private final Arrivals arrivals;
  private final PriorityQueue<Pending> running = new PriorityQueue<>();
  private final Ends ends;
  private long now;
  private long started;
  private long served;
  private long ended;

  /**
   * @param matchShares of the snapshot's queries
   * @param volumes what those read who may come
   * @param asked whose ends are looked for
   */
  Replay(
      SchedulerSettings settings,
      Snapshot snapshot,
      Instant start,
      Experience experience,
      Map<QueryId, Double> matchShares,
      DayVolumes volumes,
      Set<QueryId> asked,
      long seed) {
    this.core = new Core(settings, snapshot);
    this.order = settings.policy().order();
    this.start = start;
    this.random = new SplittableRandom(seed);
    this.experience = experience;
    this.matchShares = matchShares;
    this.arrivals = new Arrivals(experience.arrivals(), volumes, random.split());
    this.ends = new Ends(snapshot.queries(), asked);
    for (Job job : snapshot.jobs()) {
      running.add(new Pending(Math.max(1, rest(job)), started++, job));
    }
  }

  /**
   * Lets time pass until everything that is asked about is over.
   *
   * @param workMax how many jobs and chunks may end before it is broken off
   */
  Ends run(long workMax) {
    look(0);
    while (ends.open() > 0) {
      boolean more = arrivals.next() < Long.MAX_VALUE;
      if (running.isEmpty()) {
        Optional<Instant> goesOn = core.heldUntil();
        if (goesOn.isEmpty() || ++ended >= workMax) {
          // What is left waits for somebody's help.
          return ends;
        }
        look(pass(Math.max(now, start.until(goesOn.get(), ChronoUnit.MILLIS) + 1)));
        continue;
      }
      if (work() >= workMax) {
        ends.extrapolate(now, served, order);
        return ends;
      }
      if (more && arrivals.next() < running.element().end()) {
        long passed = pass(arrivals.next());
        core.apply(new Event.Submitted(start, arrivals.take(core.nextQuery(), start)));
        look(passed);
      } else {
        end(running.remove());
      }
    }
    return ends;
  }

  /** How many jobs and chunks have ended. */
  long work() {
    return ended + served;
  }

  private void end(Pending next) {
    long passed = pass(next.end());
    List<ChunkOutcome> outcomes =
        next.job().riders().stream()
            .map(rider -> new ChunkId(rider, next.job().day()))
            .<ChunkOutcome>map(chunk -> new ChunkOutcome.Done(chunk, 0, 0, 0, 0))
            .toList();
    outcomes.forEach(outcome -> ends.end(outcome.id(), now));
    served += outcomes.size();
    ended++;
    core.apply(new Event.JobEnded(start, next.job().id(), outcomes));
    look(passed);
  }

  private long pass(long until) {
    long passed = Math.max(0, until - now);
    now += passed;
    return passed;
  }

  private void look(long passed) {
    List<Command> commands =
        core.apply(new Event.Looked(start.plusMillis(now), Duration.ofMillis(passed), true));
    commands.forEach(command -> command.carryOut(this));
    core.drain();
  }

  @Override
  public void start(JobPlan plan) {
    Job job = core.job(plan.id()).orElseThrow();
    running.add(new Pending(now + millis(expected(job) * noise()), started++, job));
  }

  @Override
  public void kill(JobId job) {
    // It may end early; that it ends as expected is the careful guess.
  }

  @Override
  public void closeBooks(QueryId query) {
    core.apply(new Event.BooksClosed(start, query));
  }

  @Override
  public void erase(QueryId query) {
    core.apply(new Event.Erased(start, query));
  }

  private double expected(Job job) {
    return experience.model().seconds(experience.factors(core, job, matchShares));
  }

  /** A time that is longer than what has passed already, if such a one is likely. */
  private long rest(Job job) {
    double passed = job.runtime(start).toMillis() / 1000.0;
    double expected = expected(job);
    for (int draw = 0; draw < DRAWS_MAX; draw++) {
      double whole = expected * noise();
      if (whole > passed) {
        return millis(whole - passed);
      }
    }
    return millis(passed * STRAGGLER);
  }

  private static long millis(double seconds) {
    return Math.max(1, Math.round(seconds * 1000));
  }

  private double noise() {
    return Math.exp(experience.model().spread() * random.nextGaussian());
  }
}
