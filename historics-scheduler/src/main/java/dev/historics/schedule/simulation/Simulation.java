package dev.historics.schedule.simulation;

import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Rehearsal;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.Volume;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The real queue over a workload, on a pretend cluster with a pretend clock. The queue is looked at
 * whenever a query comes or a job ends. A chunk that the queue gives up on is resumed at once.
 */
public final class Simulation {
  /** When the pretend clock begins; decides nothing. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** How long a window of fairness is, in chunks. */
  public static final int WINDOW = 100;

  /** Weights are counted in such parts, as the queue does. */
  private static final double WEIGHT_PARTS = 1024;

  private record Running(long end, JobId job, List<ChunkWork> chunks, boolean fails)
      implements Comparable<Running> {
    @Override
    public int compareTo(Running other) {
      int byEnd = Long.compare(end, other.end);
      return byEnd != 0 ? byEnd : Long.compare(job.number(), other.job.number());
    }
  }

  private final Workload workload;
  private final List<Submission> submissions;
  private final Rehearsal queue;
  private final PretendCluster cluster;
  private final PriorityQueue<Running> running = new PriorityQueue<>();
  private final Map<QueryId, Integer> numbers = new HashMap<>();
  private final int[] users;
  private final long[] firstDays;
  private final int[] open;
  private final Meter meter;
  private final long retry;
  private long now;
  private int next;

  private Simulation(Workload workload, SchedulerSettings settings, long seed) {
    this.workload = workload;
    this.submissions = workload.submissions();
    this.queue =
        new Rehearsal(
            settings.withJobs(workload.cluster().slots()).withRates(workload.cluster().rates()));
    this.cluster = new PretendCluster(workload.cluster(), seed);
    this.users = new int[submissions.size()];
    this.firstDays = new long[submissions.size()];
    this.open = new int[submissions.size()];
    Map<String, Integer> names = new LinkedHashMap<>();
    dev.historics.schedule.Fairness fairness = settings.fairness();
    for (int i = 0; i < submissions.size(); i++) {
      Submission submission = submissions.get(i);
      users[i] =
          names.computeIfAbsent(
              sharer(submission.request().user(), fairness), name -> names.size());
      firstDays[i] = LocalDate.ofInstant(submission.request().start(), ZoneOffset.UTC).toEpochDay();
      open[i] = submission.volumes().size();
    }
    this.meter =
        new Meter(workload, List.copyOf(names.keySet()), weights(names.keySet(), fairness));
    this.retry = Math.max(1, meter.chunkMillis() / 10);
  }

  /** Who takes turns with others: the user's group, if she is in one. */
  private static String sharer(String user, dev.historics.schedule.Fairness fairness) {
    return fairness.groups().getOrDefault(user, user);
  }

  private static double[] weights(
      Collection<String> sharers, dev.historics.schedule.Fairness fairness) {
    return sharers.stream()
        .mapToDouble(
            name ->
                Math.max(1, Math.rint(fairness.weights().getOrDefault(name, 1.0) * WEIGHT_PARTS)))
        .map(parts -> parts / WEIGHT_PARTS)
        .toArray();
  }

  /**
   * Runs a workload to its end.
   *
   * @param settings the queue's; the number of jobs and what it expects of the cluster are the
   *     workload's
   * @param seed decides how long jobs take and which fail
   * @param estimates of how many queries the end is estimated; the run is then made twice
   */
  public static Run run(Workload workload, SchedulerSettings settings, long seed, int estimates) {
    Simulation plain = new Simulation(workload, settings, seed);
    Run run = plain.run((queue, now) -> {});
    if (estimates == 0) {
      return run;
    }
    Promises promises = new Promises(workload, plain.meter.finished(), estimates);
    Simulation again = new Simulation(workload, settings, seed);
    again.run((queue, now) -> promises.ask(now, queue, again.new Present()));
    return run.with(promises.eta(), promises.misses());
  }

  /** Somebody who asks the queue things and changes nothing. */
  private interface Onlooker {
    void look(Rehearsal queue, long now);
  }

  private final class Present implements Promises.Glance {
    @Override
    public int open(int query) {
      return open[query];
    }

    @Override
    public long openUpTo(int query) {
      return Arrays.stream(open, 0, query + 1).asLongStream().sum();
    }

    @Override
    public int waitingUsers() {
      return meter.waitingUsers();
    }
  }

  private Run run(Onlooker onlooker) {
    while (next < submissions.size() || !running.isEmpty() || meter.unfinished() > 0) {
      long passed = step();
      while (!running.isEmpty() && running.peek().end() == now) {
        end(running.remove());
      }
      while (next < submissions.size() && submissions.get(next).at() == now) {
        submit(next++);
      }
      onlooker.look(queue, now);
      queue.look(instant(), Duration.ofMillis(passed)).forEach(this::start);
    }
    return meter.run();
  }

  /**
   * Goes to the next moment at which something happens.
   *
   * @return how long that is
   */
  private long step() {
    long at = Long.MAX_VALUE;
    if (next < submissions.size()) {
      at = submissions.get(next).at();
    }
    if (!running.isEmpty()) {
      at = Math.min(at, running.peek().end());
    }
    if (meter.idle() && at - now > retry) {
      // What waits is held back for now.
      at = now + retry;
    }
    meter.advance(now, at);
    long passed = at - now;
    now = at;
    return passed;
  }

  private void submit(int number) {
    Submission submission = submissions.get(number);
    QueryId id = new QueryId("%020x".formatted(number));
    numbers.put(id, number);
    queue.submit(instant(), id, submission.request(), submission.volumes());
    meter.submitted(users[number], number);
  }

  private void start(JobPlan plan) {
    long bytes = 0;
    for (ChunkWork chunk : plan.chunks()) {
      bytes = Math.max(bytes, volume(chunk).bytes());
    }
    int chunks = plan.chunks().size();
    PretendCluster.Fate fate = cluster.next(bytes, chunks);
    meter.started();
    double charge = workload.cluster().seconds(bytes, chunks) / chunks;
    for (ChunkWork chunk : plan.chunks()) {
      int user = users[numbers.get(chunk.id().query())];
      meter.served(user, fate.fails() ? 0 : charge, now, now + fate.millis());
    }
    running.add(new Running(now + fate.millis(), plan.id(), plan.chunks(), fate.fails()));
  }

  private Volume volume(ChunkWork chunk) {
    int number = numbers.get(chunk.id().query());
    int index = (int) (chunk.id().day().toEpochDay() - firstDays[number]);
    return submissions.get(number).volumes().get(index);
  }

  private void end(Running job) {
    queue.ended(
        instant(), job.job(), job.chunks().stream().map(chunk -> outcome(chunk, job)).toList());
    meter.ended(job.fails());
    for (ChunkWork chunk : job.chunks()) {
      int number = numbers.get(chunk.id().query());
      if (job.fails()) {
        meter.waits(users[number], now);
        queue.resume(instant(), chunk.id().query());
      } else {
        finish(number);
      }
    }
  }

  private void finish(int number) {
    meter.done();
    if (--open[number] == 0) {
      meter.finished(number, now);
    }
  }

  private static ChunkOutcome outcome(ChunkWork chunk, Running job) {
    return job.fails()
        ? new ChunkOutcome.Failed(
            chunk.id(), ChunkOutcome.Retry.AGAIN, "the pretend cluster broke off")
        : new ChunkOutcome.Done(chunk.id(), 0, 0, 0, 0);
  }

  private Instant instant() {
    return START.plusMillis(now);
  }
}
