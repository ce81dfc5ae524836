package dev.historics.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.crunch.hadoop.mapreduce.lib.jobcontrol.CrunchControlledJob;
import org.apache.crunch.impl.mr.MRJob;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobStatus;
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

  /** What a client says of a job that its master and the history server know no more. */
  private static final String LOST = "Job status not available";

  private static final String LOST_IN_OTHER_WORDS =
      "it ended, and neither its master nor the history server can say how";

  /** What Crunch says of a job of which it heard nothing. */
  private static final Set<String> OF_CRUNCH_ITSELF = Set.of("just initialized", "Job failed!");

  /** What the status of a job says that gave no reason. */
  private static final String UNKNOWN = "NA";

  /** What comes before the reason, and says nothing to whoever reads it. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^(Error: |AttemptID:|\\[[^\\]]*\\]|Exception from container-launch\\.?|\\s)+");

  private HadoopWords() {}

  /** Of a pipeline's jobs; one that was never accepted has no id, and only Crunch heard why. */
  static Optional<String> reason(List<MRJob> pipeline) {
    Optional<String> reason = Optional.empty();
    for (MRJob started : pipeline) {
      Job job = started.getJob();
      reason =
          reason
              .or(() -> job.getJobID() == null ? Optional.empty() : reason(job))
              .or(() -> ofCrunch(started));
    }
    return reason;
  }

  /** One line; empty if Hadoop does not say, or cannot be asked any more. */
  static Optional<String> reason(Job job) {
    try {
      Optional<String> ofTask = ofTask(job);
      return ofTask.isPresent() ? ofTask : ofStatus(job.getStatus());
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

  private static Optional<String> ofStatus(JobStatus status) {
    return status == null || status.getFailureInfo().equals(UNKNOWN)
        ? Optional.empty()
        : line(status.getFailureInfo());
  }

  private static Optional<String> ofCrunch(MRJob started) {
    return started instanceof CrunchControlledJob job && job.getMessage() != null
        ? line(job.getMessage()).filter(message -> !OF_CRUNCH_ITSELF.contains(message))
        : Optional.empty();
  }

  /** The first line that says something; what follows are stack traces. */
  static Optional<String> line(String diagnostics) {
    return Stream.of(diagnostics.split("\\R", -1))
        .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
        .filter(line -> !line.isEmpty())
        .map(line -> line.contains(LOST) ? LOST_IN_OTHER_WORDS : line)
        .map(line -> line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line)
        .findFirst();
  }
}
