package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.junit.jupiter.api.Test;

class TaskFailuresTest {
  private static final String ATTEMPT = "attempt_local1_0001_m_00000%d_0";

  @Test
  void a_note_that_was_left_empty_is_no_reason() throws IOException {
    ArchiveFiles results = new MemoryFiles(InstantSource.fixed(Instant.EPOCH));
    try (var plan = results.create(ReplayPlan.folder("j1") + "/plan.json")) {
      plan.write(new byte[] {'{', '}'});
    }
    note(results, 0, "");

    assertThat(TaskFailures.first(results, "j1")).isEmpty();

    note(results, 1, "the rule is too deep");
    assertThat(TaskFailures.first(results, "j1")).contains("the rule is too deep");
  }

  @Test
  void a_stack_trace_that_a_daemon_sends_along_is_left_out() {
    IOException remote =
        new IOException(
            "The DiskSpace quota of /results is exceeded: quota = 1 B\n\tat org.apache.A.b(C.java:1)\n\tat org.apache.D.e(F.java:2)\n");

    assertThat(TaskFailures.reason(remote))
        .isEqualTo("The DiskSpace quota of /results is exceeded: quota = 1 B");
  }

  private static void note(ArchiveFiles results, int task, String reason) {
    TaskAttemptID attempt = TaskAttemptID.forName(ATTEMPT.formatted(task));
    TaskFailures.note(results, "j1", attempt, reason, new IOException("why"));
  }
}
