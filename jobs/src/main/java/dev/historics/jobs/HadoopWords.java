package dev.historics.jobs;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.crunch.hadoop.mapreduce.lib.jobcontrol.CrunchControlledJob;
import org.apache.crunch.impl.mr.MRJob;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskCompletionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a job failed, in Hadoop's words: for tasks that could say nothing themselves, since their
 * process was killed, ran out of memory, or never started.
 */
final class HadoopWords {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopWords.class);
  private static final int EVENTS = 100;
  private static final int LENGTH_MAX = 400;

  /** What comes before the reason, and says nothing to whoever reads it. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^(Error: |AttemptID:|\\[[^\\]]*\\]|Exception from container-launch\\.?|\\s)+");

  private HadoopWords() {}

  /** One line; empty if Hadoop does not say, or cannot be asked any more. */
  static Optional<String> reason(MRJob started) {
    Job job = started.getJob();
    try {
      // One without an id was never accepted, and only Crunch heard why.
      return (job.getJobID() == null ? Optional.<String>empty() : ofTask(job))
          .or(() -> ofCrunch(started));
    } catch (IOException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.warn("why a job failed cannot be asked hadoop_job={}", job.getJobID(), e);
      return Optional.empty();
    }
  }

  private static Optional<String> ofTask(Job job) throws IOException, InterruptedException {
    int from = 0;
    TaskCompletionEvent[] events = job.getTaskCompletionEvents(from, EVENTS);
    while (events.length > 0) {
      for (TaskCompletionEvent event : events) {
        if (event.getStatus() == TaskCompletionEvent.Status.FAILED) {
          for (String diagnostics : job.getTaskDiagnostics(event.getTaskAttemptId())) {
            Optional<String> line = line(diagnostics);
            if (line.isPresent()) {
              return Optional.of("%s: %s".formatted(event.getTaskAttemptId(), line.get()));
            }
          }
        }
      }
      from += events.length;
      events = job.getTaskCompletionEvents(from, EVENTS);
    }
    return Optional.empty();
  }

  private static Optional<String> ofCrunch(MRJob started) {
    return started instanceof CrunchControlledJob job && job.getMessage() != null
        ? line(job.getMessage())
        : Optional.empty();
  }

  /** The first line that says something; what follows are stack traces. */
  static Optional<String> line(String diagnostics) {
    return Stream.of(diagnostics.split("\\R", -1))
        .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
        .filter(line -> !line.isEmpty())
        .map(line -> line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line)
        .findFirst();
  }
}
