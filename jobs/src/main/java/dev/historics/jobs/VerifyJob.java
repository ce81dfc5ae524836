package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
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
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.NLineInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;

/** Verifies source-days as a MapReduce job: a day is read by one task, wherever its data lies. */
public final class VerifyJob {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long POLL_MILLIS = 50;

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
    writeDays(days, results, folder + "/days");
    try {
      Path root = new Path(new Path(results.root()), folder);
      Job job = job(days, root);
      runToEnd(job, progress);
      return report(new Path(root, "report"), job.getConfiguration());
    } finally {
      results.deleteTree(folder);
    }
  }

  private static void writeDays(List<SourceDay> days, ArchiveFiles results, String path)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    days.forEach(day -> lines.append(day.directory()).append('\n'));
    try (ArchiveOutput out = results.create(path)) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Job job(List<SourceDay> days, Path root) throws IOException {
    Configuration conf = setting.configuration();
    conf.set(VerifyMapper.ARCHIVE_ROOT, setting.archive().files().root().toString());
    Job job = Job.getInstance(conf, "historics:verify:%d days".formatted(days.size()));
    job.setInputFormatClass(NLineInputFormat.class);
    NLineInputFormat.addInputPath(job, new Path(root, "days"));
    NLineInputFormat.setNumLinesPerSplit(job, setting.daysPerTask(days.size()));
    job.setMapperClass(VerifyMapper.class);
    job.setReducerClass(VerifyReducer.class);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(Text.class);
    job.setOutputFormatClass(TextOutputFormat.class);
    FileOutputFormat.setOutputPath(job, new Path(root, "report"));
    return job;
  }

  private static void runToEnd(Job job, DoubleConsumer progress) throws IOException {
    try {
      job.submit();
      Object pause = new Object();
      while (!job.isComplete()) {
        progress.accept(job.mapProgress());
        synchronized (pause) {
          pause.wait(POLL_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.killJob();
      throw new IOException("the verification was interrupted", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the job's classes are on the class path", e);
    }
    if (!job.isSuccessful()) {
      throw new IOException(
          "job %s, which verifies, failed; the log may say why".formatted(job.getJobID()));
    }
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
