package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * Why tasks of a job failed, in the tasks' own words, kept in the job's folder: Hadoop tells the
 * driver only that they did.
 */
final class TaskFailures {
  private static final int CAUSES_MAX = 20;

  private TaskFailures() {}

  /**
   * Notes why an attempt fails. The failure itself matters more: if it cannot be noted, it is not.
   *
   * @param reason one line
   */
  static void note(
      ArchiveFiles results, String job, TaskAttemptID attempt, String reason, Exception failure) {
    try {
      if (ReplayPlan.isThere(results, job)) {
        try (ArchiveOutput out = results.create(folder(job) + "/" + attempt)) {
          out.write(reason.getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String folder(String job) {
    return ReplayPlan.folder(job) + "/failures";
  }

  /** The same, and the data file that was being read. */
  static String reason(Throwable failure, String file) {
    String reason = reason(failure);
    return reason.contains(file) ? reason : "%s: %s".formatted(file, reason);
  }

  /** The innermost message, on one line. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? "" : line(cause.getMessage());
    boolean ours = cause instanceof IOException || cause instanceof UncheckedIOException;
    return ours && message.contains(" ")
        ? message
        : cause.getClass().getSimpleName() + ": " + message;
  }

  /** On one line, and without the stack trace that a daemon of Hadoop sends along. */
  private static String line(String message) {
    return message.replaceFirst("(?s)\\n\\s+at .*", "").replaceAll("\\s+", " ").strip();
  }

  /** Removes what was noted, before the job is tried in another way. */
  static void forget(ArchiveFiles results, String job) throws IOException {
    results.deleteTree(folder(job));
  }

  /** The first reason that was noted; on a full disk a note stays empty. */
  static Optional<String> first(ArchiveFiles results, String job) throws IOException {
    for (String name : results.list(folder(job))) {
      try (ArchiveInput in = results.open(folder(job) + "/" + name)) {
        byte[] text = new byte[Math.toIntExact(in.length())];
        in.readFully(0, text, 0, text.length);
        String reason = new String(text, StandardCharsets.UTF_8);
        if (!reason.isBlank()) {
          return Optional.of(reason);
        }
      }
    }
    return Optional.empty();
  }
}
