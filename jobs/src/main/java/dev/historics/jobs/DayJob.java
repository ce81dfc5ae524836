package dev.historics.jobs;

import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.NLineInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;

/** What MapReduce jobs have in common whose input is a list of source-days, a line each. */
final class DayJob {
  private static final long POLL_MILLIS = 50;

  private DayJob() {}

  /** Writes the input: {@code days} in the job's folder. */
  static void writeDays(List<SourceDay> days, ArchiveFiles results, String folder)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    days.forEach(day -> lines.append(day.directory()).append('\n'));
    try (ArchiveOutput out = results.create(folder + "/days")) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Says where a job reads and writes: {@code days} and {@code report} in its folder.
   *
   * @param daysPerTask how many lines a map task takes
   */
  static void wire(Job job, Path folder, int daysPerTask) throws IOException {
    job.setInputFormatClass(NLineInputFormat.class);
    NLineInputFormat.addInputPath(job, new Path(folder, "days"));
    NLineInputFormat.setNumLinesPerSplit(job, daysPerTask);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(Text.class);
    job.setOutputFormatClass(TextOutputFormat.class);
    FileOutputFormat.setOutputPath(job, new Path(folder, "report"));
  }

  /**
   * Runs a job to its end.
   *
   * @param what it does, such as {@code verifies}
   * @param progress hears how much is done, from 0 to 1
   * @throws IOException if it failed or was interrupted
   */
  static void runToEnd(Job job, String what, DoubleConsumer progress) throws IOException {
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
      throw new IOException("the job that %s was interrupted".formatted(what), e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the job's classes are on the class path", e);
    }
    if (!job.isSuccessful()) {
      throw new IOException(
          "job %s, which %s, failed: %s"
              .formatted(
                  job.getJobID(),
                  what,
                  HadoopWords.reason(job).orElse("nobody said why; the log may")));
    }
  }
}
