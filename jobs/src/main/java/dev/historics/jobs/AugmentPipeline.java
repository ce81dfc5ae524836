package dev.historics.jobs;

import dev.historics.archive.Manifest;
import dev.historics.jobs.join.SideTable;
import dev.historics.jobs.join.SkewedJoin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.apache.crunch.PCollection;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.PipelineExecution.Status;
import org.apache.crunch.impl.mr.MRJob;
import org.apache.crunch.impl.mr.MRPipeline;
import org.apache.crunch.impl.mr.MRPipelineExecution;
import org.apache.crunch.io.To;
import org.apache.crunch.lib.SecondarySort;
import org.apache.crunch.types.PTableType;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The jobs of one {@link AugmentJob}: join, sort by day, and make each day anew. */
final class AugmentPipeline {
  private static final long POLL_MILLIS = 50;
  private static final long ROWS_PER_REDUCER = 4_000_000;
  private static final int REDUCERS_MAX = 200;

  private final JobSetting setting;
  private final String job;
  private final List<Manifest> days;

  /**
   * @param job whose folder has the plans
   * @param days in the plan's order
   */
  AugmentPipeline(JobSetting setting, String job, List<Manifest> days) {
    this.setting = setting;
    this.job = job;
    this.days = days;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException if a job failed or was interrupted
   */
  List<AugmentReport> run(SideTable table, DoubleConsumer progress) throws IOException {
    long bytes = days.stream().mapToLong(Manifest::bytes).sum();
    Configuration conf = setting.configuration(job, bytes);
    setting.label(conf, job, days.stream().map(Manifest::day).toList());
    conf.setInt("mapreduce.local.reduce.tasks.maximum", localTasks());
    MRPipeline pipeline =
        new MRPipeline(
            AugmentPipeline.class, "historics:augment:%d days".formatted(days.size()), conf);
    Path folder = setting.folder(job);
    PTable<String, String> side = table.copyTo(new Path(folder, "table"), pipeline);
    PTable<String, String> facts =
        pipeline
            .read(new ArchiveSource(bytes))
            .parallelDo(
                "facts",
                new AugmentFactsFn(),
                Writables.tableOf(Writables.strings(), Writables.strings()));
    PTable<String, Pair<String, String>> met =
        new SkewedJoin<String>(fact -> fact, joiners()).left(facts, side);
    PCollection<String> reports =
        SecondarySort.sortAndApply(
            met.parallelDo("met", new AugmentMetFn(), sent()),
            new AugmentDaysFn(),
            Writables.strings(),
            Math.min(days.size(), joiners()));
    pipeline.write(reports, To.textFile(new Path(folder, "report")));
    runToEnd(pipeline, progress);
    return reports(new Path(folder, "report"), conf);
  }

  private static PTableType<String, Pair<String, String>> sent() {
    return Writables.tableOf(
        Writables.strings(), Writables.pairs(Writables.strings(), Writables.strings()));
  }

  private int localTasks() {
    return setting.runner() instanceof JobSetting.Local local ? local.tasks() : 1;
  }

  private int joiners() {
    if (setting.runner() instanceof JobSetting.Local local) {
      return local.tasks();
    }
    long rows = days.stream().mapToLong(Manifest::rows).sum();
    return (int) Math.max(1, Math.min(REDUCERS_MAX, 1 + rows / ROWS_PER_REDUCER));
  }

  private void runToEnd(MRPipeline pipeline, DoubleConsumer progress) throws IOException {
    MRPipelineExecution execution = pipeline.runAsync();
    try {
      while (execution.getStatus() == Status.READY || execution.getStatus() == Status.RUNNING) {
        execution.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        progress.accept(share(execution.getJobs()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill(execution);
      throw new IOException("the job that augments was interrupted; run it again", e);
    }
    if (execution.getStatus() != Status.SUCCEEDED) {
      throw new IOException(
          TaskFailures.first(setting.results(), job)
              .orElse("the job that augments failed; its log may say why"));
    }
  }

  private static void kill(MRPipelineExecution execution) throws IOException {
    try {
      execution.kill();
    } catch (InterruptedException e) {
      throw new IOException("interrupted while the job was killed; it may go on", e);
    }
  }

  private static double share(List<MRJob> jobs) throws IOException {
    double done = 0;
    for (MRJob each : jobs) {
      done +=
          switch (each.getJobState()) {
            case SUCCESS -> 1;
            case RUNNING -> (each.getJob().mapProgress() + each.getJob().reduceProgress()) / 2;
            default -> 0;
          };
    }
    return jobs.isEmpty() ? 0 : done / jobs.size();
  }

  /** Parts are read by name: listings have no order. */
  private static List<AugmentReport> reports(Path folder, Configuration conf) throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    FileStatus[] parts = files.listStatus(folder, path -> path.getName().startsWith("part-"));
    Arrays.sort(parts);
    List<AugmentReport> reports = new ArrayList<>();
    for (FileStatus part : parts) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(files.open(part.getPath()), StandardCharsets.UTF_8))) {
        lines.lines().map(AugmentReport::parse).forEach(reports::add);
      }
    }
    return reports;
  }
}
