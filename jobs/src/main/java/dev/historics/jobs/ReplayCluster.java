package dev.historics.jobs;

import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.Cluster;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobListener;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scheduler's jobs as Crunch pipelines, each watched by a thread of this process. */
public final class ReplayCluster implements Cluster, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayCluster.class);
  private static final long PROGRESS_MILLIS = 250;

  private final JobSetting setting;
  private final BiConsumer<JobId, JobTimes> watch;
  private final StorageReadiness readiness;
  private final Map<JobId, ReplayJob> running = new ConcurrentHashMap<>();
  private final ExecutorService watchers = Executors.newCachedThreadPool(daemons("job"));
  private final ScheduledExecutorService progress =
      Executors.newSingleThreadScheduledExecutor(daemons("progress"));

  public ReplayCluster(JobSetting setting) {
    this(setting, (job, times) -> LOG.debug("job ended job={} {}", job, times));
  }

  /**
   * @param watch hears where the time of each job went, before the job's listener hears of its end
   */
  public ReplayCluster(JobSetting setting, BiConsumer<JobId, JobTimes> watch) {
    this.setting = setting;
    this.watch = watch;
    this.readiness = new StorageReadiness(setting.results().root(), setting.base());
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, "historics-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void start(JobPlan plan, JobListener listener) {
    ReplayJob job = new ReplayJob(plan, setting);
    running.put(plan.id(), job);
    watchers.execute(() -> watch(plan, job, listener));
  }

  private void watch(JobPlan plan, ReplayJob job, JobListener listener) {
    ScheduledFuture<?> reports =
        progress.scheduleWithFixedDelay(
            () -> listener.progressed(plan.id(), job.progress()),
            PROGRESS_MILLIS,
            PROGRESS_MILLIS,
            TimeUnit.MILLISECONDS);
    List<ChunkOutcome> outcomes;
    try {
      outcomes = job.run();
    } catch (InterruptedException e) {
      outcomes = failed(plan, e.getMessage());
    } catch (IOException | RuntimeException | Error e) {
      // An error too: whoever waits for the job must hear of its end.
      LOG.warn(
          "job failed job={} day={} chunks={}", plan.id(), plan.day(), plan.chunks().size(), e);
      outcomes = failed(plan, TaskFailures.reason(e));
    }
    reports.cancel(false);
    job.enter(Stage.CLEAR);
    clearAway(plan);
    job.enter(Stage.CLEAR);
    running.remove(plan.id());
    watch.accept(plan.id(), job.times());
    listener.finished(plan.id(), outcomes);
  }

  /** What is left behind does no harm, so the job's outcome does not hang on it. */
  private void clearAway(JobPlan plan) {
    try {
      ReplayJob.releaseManifests(setting, plan);
    } catch (IOException e) {
      LOG.warn("pins left behind job={}", plan.id(), e);
    }
    try {
      ReplayPlan.clearAway(setting.results(), plan.id().value());
    } catch (IOException e) {
      LOG.warn("job folder left behind job={}", plan.id(), e);
    }
  }

  /** A chunk that was published before the job failed is done all the same. */
  private List<ChunkOutcome> failed(JobPlan plan, String reason) {
    List<ChunkOutcome> outcomes = new ArrayList<>();
    for (ChunkWork chunk : plan.chunks()) {
      outcomes.add(published(chunk.id()).orElseGet(() -> failed(chunk.id(), reason)));
    }
    return outcomes;
  }

  private static ChunkOutcome failed(ChunkId chunk, String reason) {
    return new ChunkOutcome.Failed(chunk, ChunkOutcome.Retry.AGAIN, reason);
  }

  private Optional<ChunkOutcome> published(ChunkId chunk) {
    try {
      return new ResultFiles(setting.results())
          .chunk(chunk)
          .map(manifest -> Settlement.done(chunk, manifest));
    } catch (IOException e) {
      LOG.warn("chunk cannot be looked up chunk={}", chunk, e);
      return Optional.empty();
    }
  }

  @Override
  public void kill(JobId job) {
    ReplayJob found = running.get(job);
    if (found != null) {
      try {
        found.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public List<ChunkOutcome> recover(JobPlan plan) throws IOException {
    if (setting.runner() instanceof JobSetting.Yarn) {
      YarnJobs.kill(setting.base(), setting.tag(plan.id()));
    }
    ResultFiles results = new ResultFiles(setting.results());
    List<ChunkOutcome> outcomes = new ArrayList<>();
    for (ChunkWork chunk : plan.chunks()) {
      results
          .chunk(chunk.id())
          .ifPresent(manifest -> outcomes.add(Settlement.done(chunk.id(), manifest)));
    }
    ReplayPlan.clearAway(setting.results(), plan.id().value());
    ReplayJob.releaseManifests(setting, plan);
    return outcomes;
  }

  @Override
  public void clearAway(Set<JobId> alive) throws IOException {
    for (JobId left : ReplayPlan.jobs(setting.results())) {
      if (!alive.contains(left)) {
        ReplayJob.releaseManifests(setting, left);
        ReplayPlan.clearAway(setting.results(), left.value());
        LOG.info("leavings of a job removed job={}", left);
      }
    }
  }

  @Override
  public Optional<String> unavailable() {
    return readiness.trouble();
  }

  /** Ends what is still running. */
  @Override
  public void close() {
    running.keySet().forEach(this::kill);
    watchers.shutdown();
    progress.shutdownNow();
    try {
      readiness.close();
    } catch (IOException e) {
      LOG.debug("connection not closed", e);
    }
  }
}
