package dev.historics.bench;

import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.Policy;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Rehearsal;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.Volume;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * How long the real queue takes to choose the next job when very many chunks wait: it is filled,
 * then jobs end one by one, each is followed by another, and what they took is asked for anew.
 */
final class QueueBench {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SLOTS = 8;
  private static final int CHUNKS_PER_USER = 100;
  private static final int WARMING = 1500;
  private static final int PICKS = 4000;
  private static final Volume VOLUME = new Volume(1_000_000, 3_000_000_000L);
  private static final Duration JOB = Duration.ofSeconds(8);

  private final Policy policy;
  private final int chunks;
  private final Askers askers;
  private final Rehearsal queue;
  private final Deque<JobPlan> running = new ArrayDeque<>();
  private Percentiles picks = new Percentiles();
  private Percentiles pickWork = new Percentiles();
  private Percentiles ends = new Percentiles();
  private Percentiles submits = new Percentiles();
  private Instant now = START;
  private long waiting;
  private long aboard;
  private long queries;

  private QueueBench(Policy policy, int chunks) {
    this.policy = policy;
    this.chunks = chunks;
    this.askers = new Askers(Math.max(10, chunks / CHUNKS_PER_USER), 1);
    this.queue = new Rehearsal(SchedulerSettings.DEFAULTS.withJobs(SLOTS).withPolicy(policy));
  }

  /**
   * @param counts how many chunks wait
   */
  static List<QueueResult> run(List<Integer> counts, PrintStream out) {
    out.println(QueueResult.HEADER);
    List<QueueResult> results = new ArrayList<>();
    for (int chunks : counts) {
      for (Policy policy : Policy.values()) {
        QueueResult result = new QueueBench(policy, chunks).run();
        out.println(result.line());
        results.add(result);
      }
    }
    return results;
  }

  private QueueResult run() {
    fill();
    running.addAll(queue.look(now, Duration.ZERO));
    for (int i = 0; i < WARMING; i++) {
      step();
    }
    picks = new Percentiles();
    pickWork = new Percentiles();
    ends = new Percentiles();
    submits = new Percentiles();
    aboard = 0;
    for (int i = 0; i < PICKS; i++) {
      step();
    }
    return new QueueResult(
        policy.toString(),
        chunks,
        PICKS,
        (double) aboard / PICKS,
        QueueResult.Times.of(picks),
        QueueResult.Times.of(pickWork),
        QueueResult.Times.of(ends),
        QueueResult.Times.of(submits));
  }

  private void fill() {
    while (waiting < chunks) {
      QueryRequest request = askers.next();
      int days = Askers.days(request);
      List<Volume> volumes = Collections.nCopies(days, VOLUME);
      QueryId id = new QueryId("%020x".formatted(queries++));
      long before = System.nanoTime();
      queue.submit(now, id, request, volumes);
      submits.add(System.nanoTime() - before);
      waiting += days;
    }
  }

  /** A job ends and the next one starts. */
  private void step() {
    Duration passed = JOB.dividedBy(SLOTS);
    now = now.plus(passed);
    JobPlan over = running.remove();
    List<ChunkOutcome> outcomes =
        over.chunks().stream()
            .<ChunkOutcome>map(chunk -> new ChunkOutcome.Done(chunk.id(), 0, 0, 0, 0))
            .toList();
    long before = System.nanoTime();
    queue.ended(now, over.id(), outcomes);
    long ended = System.nanoTime();
    long work = THREADS.getCurrentThreadCpuTime();
    List<JobPlan> next = queue.look(now, passed);
    pickWork.add(THREADS.getCurrentThreadCpuTime() - work);
    picks.add(System.nanoTime() - ended);
    ends.add(ended - before);
    for (JobPlan plan : next) {
      running.add(plan);
      aboard += plan.chunks().size();
      waiting -= plan.chunks().size();
    }
    fill();
  }
}
