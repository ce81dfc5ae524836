package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Verifies source-days as a MapReduce job: a day is read by one task, wherever its data lies. */
public final class VerifyJob {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JobSetting setting;

  public VerifyJob(JobSetting setting) {
    this.setting = setting;
  }

  static String toJson(VerifyReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of text and numbers have a JSON form", e);
    }
  }

  static VerifyReport parse(String line) {
    try {
      return JSON.readValue(line, VerifyReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a report: '%s'".formatted(line), e);
    }
  }

  /**
   * Verifies these days.
   *
   * @param progress hears how much is done, from 0 to 1
   * @throws IOException if the job failed; problems of the data are no failure
   */
  public VerifyReport run(List<SourceDay> days, DoubleConsumer progress) throws IOException {
    if (days.isEmpty()) {
      return VerifyReport.NOTHING;
    }
    String folder = "_jobs/verify-" + UUID.randomUUID();
    ArchiveFiles results = setting.results();
    DayJob.writeDays(days, results, folder);
    try {
      Path root = new Path(new Path(results.root()), folder);
      Job job = job(days, root);
      DayJob.runToEnd(job, "verifies", progress);
      return report(new Path(root, "report"), job.getConfiguration());
    } finally {
      results.deleteTree(folder);
    }
  }

  private Job job(List<SourceDay> days, Path root) throws IOException {
    Configuration conf = setting.configuration(TaskKind.VERIFY, root);
    conf.set(VerifyMapper.ARCHIVE_ROOT, setting.archive().files().root().toString());
    setting.label(conf, root.getName(), days);
    Job job = Job.getInstance(conf, "historics:verify:%d days".formatted(days.size()));
    DayJob.wire(job, root, setting.daysPerTask(days.size()));
    job.setMapperClass(VerifyMapper.class);
    job.setReducerClass(VerifyReducer.class);
    return job;
  }

  private static VerifyReport report(Path folder, Configuration conf) throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    VerifyReport sum = VerifyReport.NOTHING;
    for (FileStatus part : files.listStatus(folder, path -> path.getName().startsWith("part-r-"))) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(files.open(part.getPath()), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          sum = sum.plus(parse(line.substring(line.indexOf('\t') + 1)));
        }
      }
    }
    return sum;
  }
}
