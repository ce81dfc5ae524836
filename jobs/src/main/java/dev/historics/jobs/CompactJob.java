package dev.historics.jobs;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.upkeep.CompactionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/**
 * Seals source-days as a MapReduce job, a day by one task. Twins of a task, retries and other
 * compactions do no harm: a day's next version is published once, and who comes late finds nothing
 * to do.
 */
public final class CompactJob {
  private final JobSetting setting;
  private final CompactionSettings settings;

  public CompactJob(JobSetting setting, CompactionSettings settings) {
    this.setting = setting;
    this.settings = settings;
  }

  /**
   * A day that has another version now.
   *
   * @param before the newest version when the job started
   */
  public record Sealed(Manifest before, Manifest after) {}

  /**
   * What a job did.
   *
   * @param problems a line for each day that could not be sealed, which names the file
   */
  public record Report(List<Sealed> days, List<String> problems) {
    public Report {
      days = List.copyOf(days);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Seals these days.
   *
   * @param columns the targets that get a column, by source
   * @param progress hears how much is done, from 0 to 1
   * @throws IOException if the job failed; days may be sealed all the same, and doing it again goes
   *     on with the others
   */
  public Report run(
      List<SourceDay> days, Function<String, List<TargetColumn>> columns, DoubleConsumer progress)
      throws IOException {
    if (days.isEmpty()) {
      return new Report(List.of(), List.of());
    }
    String folder = "_jobs/compact-" + UUID.randomUUID();
    ArchiveFiles results = setting.results();
    Map<SourceDay, Manifest> before = newest(days);
    DayJob.writeDays(days, results, folder);
    plan(days, columns).write(results, folder + "/plan.json");
    try {
      Path root = new Path(new Path(results.root()), folder);
      Job job = job(days, root, folder + "/plan.json");
      DayJob.runToEnd(job, "seals days", progress);
      return new Report(sealed(before), problems(new Path(root, "report"), job.getConfiguration()));
    } finally {
      results.deleteTree(folder);
    }
  }

  private Map<SourceDay, Manifest> newest(List<SourceDay> days) throws IOException {
    Map<SourceDay, Manifest> newest = new TreeMap<>();
    for (SourceDay day : days) {
      Optional<Manifest> manifest = setting.archive().newest(day);
      manifest.ifPresent(each -> newest.put(day, each));
    }
    return newest;
  }

  private List<Sealed> sealed(Map<SourceDay, Manifest> before) throws IOException {
    List<Sealed> sealed = new ArrayList<>();
    Map<SourceDay, Manifest> after = newest(List.copyOf(before.keySet()));
    before.forEach(
        (day, old) -> {
          if (after.get(day).version() > old.version()) {
            sealed.add(new Sealed(old, after.get(day)));
          }
        });
    return sealed;
  }

  private CompactPlan plan(List<SourceDay> days, Function<String, List<TargetColumn>> columns) {
    List<CompactPlan.Layout> layouts =
        days.stream()
            .map(SourceDay::source)
            .distinct()
            .map(
                source ->
                    new CompactPlan.Layout(
                        source,
                        columns.apply(source),
                        setting.dialects().apply(source).stripping()))
            .toList();
    return new CompactPlan(setting.archive().files().root().toString(), settings, layouts);
  }

  private Job job(List<SourceDay> days, Path root, String plan) throws IOException {
    Configuration conf = setting.configuration(TaskKind.COMPACT, root);
    conf.set(ReplayConf.RESULTS_ROOT, setting.results().root().toString());
    conf.set(CompactMapper.PLAN, plan);
    setting.label(conf, root.getName(), days);
    Job job = Job.getInstance(conf, "historics:compact:%d days".formatted(days.size()));
    DayJob.wire(job, root, setting.daysPerTask(days.size()));
    job.setMapperClass(CompactMapper.class);
    job.setNumReduceTasks(0);
    return job;
  }

  private static List<String> problems(Path folder, Configuration conf) throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    List<String> problems = new ArrayList<>();
    for (FileStatus part : files.listStatus(folder, path -> path.getName().startsWith("part-"))) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(files.open(part.getPath()), StandardCharsets.UTF_8))) {
        lines.lines().map(line -> line.replace("\t", ": ")).forEach(problems::add);
      }
    }
    problems.sort(null);
    return problems;
  }
}
