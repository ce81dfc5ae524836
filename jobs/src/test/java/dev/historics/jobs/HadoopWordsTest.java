package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HadoopWordsTest {
  @Test
  void the_first_line_that_says_something_is_told() {
    assertThat(
            HadoopWords.line("Error: java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(D)"))
        .contains("java.lang.OutOfMemoryError: Java heap space");
    assertThat(
            HadoopWords.line(
                "[2026-11-21 22:58:47.747]Exception from container-launch.\n\nExit code: 137\n"))
        .contains("Exit code: 137");
    assertThat(HadoopWords.line("AttemptID:attempt_1_0001_m_000000_0 Timed out after 600 secs"))
        .contains("attempt_1_0001_m_000000_0 Timed out after 600 secs");
  }

  @Test
  void a_job_that_nobody_knows_any_more_is_told_in_plain_words() {
    assertThat(HadoopWords.line("java.io.IOException: Job status not available \n\tat a.B.c(D)"))
        .contains("it ended, and neither its master nor the history server can say how");
  }

  @Test
  void nothing_said_is_nothing() {
    assertThat(HadoopWords.line("")).isEmpty();
    assertThat(HadoopWords.line("\n \n")).isEmpty();
  }

  @Test
  void a_very_long_line_is_cut() {
    assertThat(HadoopWords.line("x".repeat(5000)).orElseThrow()).hasSize(401).endsWith("…");
  }
}
