package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * One possible future: the real core over predicted job times, on a pretend cluster with a pretend
 * clock. Real times are taken to be the predicted ones times a log-normal factor for the whole
 * future (the prediction may be off) and another one for each job (jobs differ).
 */
final class Replay implements Command.Hands<RuntimeException> {
  private record Pending(long end, long number, JobId job, List<ChunkId> chunks)
      implements Comparable<Pending> {
    @Override
    public int compareTo(Pending other) {
      int byEnd = Long.compare(end, other.end);
      return byEnd != 0 ? byEnd : Long.compare(number, other.number);
    }
  }

  private final Core core;
  private final Instant start;
  private final SplittableRandom random;
  private final double sigma;
  private final double correction;
  private final PriorityQueue<Pending> running = new PriorityQueue<>();
  private final Map<ChunkId, Long> ends = new HashMap<>();
  private long now;
  private long started;

  /**
   * @param correction real over predicted time, as learned
   */
  Replay(
      SchedulerSettings settings, Snapshot snapshot, Instant start, double correction, long seed) {
    this.core = new Core(settings, snapshot);
    this.start = start;
    this.random = new SplittableRandom(seed);
    this.sigma = settings.rates().sigma();
    this.correction = correction * noise();
    for (Job job : snapshot.jobs()) {
      long rest = millis(job.predictedSeconds()) - job.runtime(start).toMillis();
      run(job.id(), Math.max(rest, 1), core.plan(job));
    }
  }

  /** When each chunk that can go on ends, in milliseconds after the start. */
  Map<ChunkId, Long> ends() {
    look(0);
    while (!running.isEmpty()) {
      Pending next = running.remove();
      long passed = next.end() - now;
      now = next.end();
      next.chunks().forEach(chunk -> ends.put(chunk, now));
      List<ChunkOutcome> outcomes =
          next.chunks().stream()
              .<ChunkOutcome>map(chunk -> new ChunkOutcome.Done(chunk, 0, 0, 0))
              .toList();
      core.apply(new Event.JobEnded(start, next.job(), outcomes));
      look(passed);
    }
    return ends;
  }

  private void look(long passed) {
    List<Command> commands = core.apply(new Event.Looked(start, Duration.ofMillis(passed), true));
    commands.forEach(command -> command.carryOut(this));
    core.drain();
  }

  @Override
  public void start(JobPlan plan) {
    run(plan.id(), millis(core.job(plan.id()).orElseThrow().predictedSeconds()), plan);
  }

  @Override
  public void kill(JobId job) {
    // It may end early; that it ends as predicted is the careful guess.
  }

  @Override
  public void closeBooks(QueryId query) {
    core.apply(new Event.BooksClosed(start, query));
  }

  @Override
  public void erase(QueryId query) {
    core.apply(new Event.Erased(start, query));
  }

  private void run(JobId job, long millis, JobPlan plan) {
    running.add(
        new Pending(
            now + millis, started++, job, plan.chunks().stream().map(ChunkWork::id).toList()));
  }

  private long millis(double seconds) {
    return Math.max(1, Math.round(seconds * 1000 * correction * noise()));
  }

  private double noise() {
    return Math.exp(sigma * random.nextGaussian());
  }
}
