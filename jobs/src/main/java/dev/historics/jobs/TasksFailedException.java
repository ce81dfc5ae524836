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
   */
  TasksFailedException(JobId job, Optional<String> reason) {
    super("job %s failed: %s".formatted(job, reason.orElse("no task said why; the log may")));
    this.reason = reason;
  }

  Optional<String> reason() {
    return reason;
  }
}
