package dev.historics.jobs;

import dev.historics.schedule.JobId;
import java.io.IOException;
import java.util.Optional;

/** The tasks of a job failed, and with them the job. */
final class TasksFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> reason;

  /**
   * @param reason what a task said of it; empty if none could say anything
   * @param hadoop what Hadoop said; empty if it did not
   */
  TasksFailedException(JobId job, Optional<String> reason, Optional<String> hadoop) {
    super(
        "job %s failed: %s"
            .formatted(job, reason.or(() -> hadoop).orElse("no task said why; the log may")));
    this.reason = reason;
  }

  /** What a task said of it. */
  Optional<String> reason() {
    return reason;
  }
}
