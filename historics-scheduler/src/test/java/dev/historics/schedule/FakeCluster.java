package dev.historics.schedule;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A cluster whose jobs end at once, or when the test says so. Safe for use by many threads. */
final class FakeCluster implements Cluster {
  /** What becomes of each chunk. */
  private final Function<ChunkWork, ChunkOutcome> fate;

  private final boolean atOnce;
  private final Map<JobId, JobPlan> held = new LinkedHashMap<>();
  private final Map<JobId, JobListener> listeners = new LinkedHashMap<>();
  private final LinkedBlockingQueue<JobPlan> starts = new LinkedBlockingQueue<>();
  final List<ChunkId> scanned = new ArrayList<>();
  final List<JobId> recovered = new ArrayList<>();
  private final LinkedBlockingQueue<Set<JobId>> cleared = new LinkedBlockingQueue<>();
  private String trouble = "";
  private boolean deaf;
  private int recoveriesToFail;
  private List<ChunkOutcome> published = List.of();

  private FakeCluster(Function<ChunkWork, ChunkOutcome> fate, boolean atOnce) {
    this.fate = fate;
    this.atOnce = atOnce;
  }

  static FakeCluster atOnce(Function<ChunkWork, ChunkOutcome> fate) {
    return new FakeCluster(fate, true);
  }

  static FakeCluster held() {
    return new FakeCluster(World::done, false);
  }

  synchronized void trouble(String reason) {
    trouble = reason;
  }

  /** From now on jobs do not hear that they are to end. */
  synchronized void deaf() {
    deaf = true;
  }

  /** What the next recoveries find. */
  synchronized void recovers(int failuresFirst, ChunkOutcome... found) {
    recoveriesToFail = failuresFirst;
    published = List.of(found);
  }

  /** Waits for the next job to start. */
  JobPlan started() throws InterruptedException {
    JobPlan plan = starts.poll(20, TimeUnit.SECONDS);
    if (plan == null) {
      throw new AssertionError("no job started within 20 s");
    }
    return plan;
  }

  /** Waits until what is left behind is cleared away; the jobs whose own was to stay. */
  Set<JobId> clearedAllBut() throws InterruptedException {
    Set<JobId> running = cleared.poll(20, TimeUnit.SECONDS);
    if (running == null) {
      throw new AssertionError("nothing was cleared away within 20 s");
    }
    return running;
  }

  void progress(JobPlan plan, double fraction) {
    listener(plan.id()).progressed(plan.id(), fraction);
  }

  void finish(JobPlan plan) {
    finish(plan, plan.chunks().stream().map(fate).toList());
  }

  private void finish(JobPlan plan, List<ChunkOutcome> outcomes) {
    JobListener listener = listener(plan.id());
    synchronized (this) {
      held.remove(plan.id());
      plan.chunks().forEach(chunk -> scanned.add(chunk.id()));
    }
    listener.finished(plan.id(), outcomes);
  }

  private synchronized JobListener listener(JobId job) {
    return listeners.get(job);
  }

  @Override
  public void start(JobPlan plan, JobListener listener) {
    synchronized (this) {
      held.put(plan.id(), plan);
      listeners.put(plan.id(), listener);
    }
    starts.add(plan);
    if (atOnce) {
      finish(plan);
    }
  }

  @Override
  public void kill(JobId job) {
    JobPlan plan;
    synchronized (this) {
      plan = deaf ? null : held.get(job);
    }
    if (plan != null) {
      finish(plan, plan.chunks().stream().map(World::again).toList());
    }
  }

  @Override
  public synchronized List<ChunkOutcome> recover(JobPlan plan) throws IOException {
    if (recoveriesToFail > 0) {
      recoveriesToFail--;
      throw new IOException("history server is down");
    }
    recovered.add(plan.id());
    held.remove(plan.id());
    return published;
  }

  @Override
  public void clearAway(Set<JobId> running) {
    cleared.add(running);
  }

  @Override
  public synchronized Optional<String> unavailable() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }
}
