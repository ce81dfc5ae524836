package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.files.LocalFiles;
import dev.historics.filter.Library;
import dev.historics.jobs.Dialect;
import dev.historics.jobs.JobSetting;
import dev.historics.jobs.JobTimes;
import dev.historics.jobs.OnDamage;
import dev.historics.jobs.ReplayCluster;
import dev.historics.jobs.Stage;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobListener;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.QueryId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;

/** Whole replay jobs in this process, as {@code historics run} starts them. */
final class LocalJobs implements AutoCloseable {
  private static final double ALL_PERCENT = 100;

  private final List<JobTimes> ended = new CopyOnWriteArrayList<>();
  private final ReplayCluster cluster;
  private int jobs;

  /**
   * @param work a folder for results and what the runner writes down
   * @param tasks how many tasks run at once
   */
  LocalJobs(Archive archive, Dialect dialect, Path work, int tasks) throws IOException {
    this.cluster =
        new ReplayCluster(
            new JobSetting(
                archive,
                new LocalFiles(work.resolve("results")),
                source -> dialect,
                Library.empty(),
                new JobSetting.Local(tasks, work.resolve("tmp")),
                OnDamage.FAIL,
                new Configuration()),
            (job, times) -> ended.add(times));
  }

  /** Where the time of the last jobs went: of each stage the median, in seconds. */
  Map<Stage, Double> medians(int count) {
    List<JobTimes> last = ended.subList(ended.size() - count, ended.size());
    Map<Stage, Double> medians = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      medians.put(
          stage, last.stream().map(times -> times.seconds(stage)).sorted().toList().get(count / 2));
    }
    return medians;
  }

  /** Runs one job that every rule rides on, to its end. */
  void replay(Manifest day, List<String> rules) throws Exception {
    replay(day, rules, ALL_PERCENT);
  }

  /** The same, of a sample, with what came of each rule. */
  List<ChunkOutcome> replay(Manifest day, List<String> rules, double samplePercent)
      throws Exception {
    jobs++;
    LocalDate date = day.day().day();
    Instant start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<ChunkWork> chunks = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      QueryId query = new QueryId(String.format(Locale.ROOT, "%010x%010x", jobs, i));
      chunks.add(
          new ChunkWork(
              new ChunkId(query, date),
              rules.get(i),
              new TreeSet<>(List.of(day.day().source())),
              start,
              start.plus(Duration.ofDays(1)),
              samplePercent));
    }
    CompletableFuture<List<ChunkOutcome>> end = new CompletableFuture<>();
    cluster.start(new JobPlan(new JobId("j" + jobs), date, chunks), new End(end));
    List<ChunkOutcome> outcomes = end.get();
    for (ChunkOutcome outcome : outcomes) {
      if (!(outcome instanceof ChunkOutcome.Done)) {
        throw new IllegalStateException("the job did not succeed: " + outcome);
      }
    }
    return outcomes;
  }

  @Override
  public void close() {
    cluster.close();
  }

  private record End(CompletableFuture<List<ChunkOutcome>> outcomes) implements JobListener {
    @Override
    public void progressed(JobId job, double fraction) {
      // Only the end counts.
    }

    @Override
    public void finished(JobId job, List<ChunkOutcome> finished) {
      outcomes.complete(finished);
    }
  }
}
