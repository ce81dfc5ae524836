package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompactionPolicyTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);

  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));

  private boolean isDue(int files, double share, Duration quiet, Duration since)
      throws IOException {
    Manifest newest = archive.newest(DAY).orElseThrow();
    return new CompactionPolicy(files, share, quiet).isDue(newest, Archives.NOW.plus(since));
  }

  @Test
  void a_sealed_day_with_two_small_files_is_due_when_one_of_three_says_so() throws IOException {
    Duration day = Duration.ofDays(1);
    Archives.load(archive, "b1", Records.some("a", 500, 1, 1));
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    assertThat(isDue(9, 1, day, Duration.ZERO)).as("nothing came in since").isTrue();
    Archives.load(archive, "b2", Records.some("b", 5, 1, 2));
    Archives.load(archive, "b3", Records.some("c", 5, 1, 3));

    assertThat(isDue(9, 1, day, Duration.ZERO)).isFalse();
    assertThat(isDue(3, 1, day, Duration.ZERO)).isFalse();
    assertThat(isDue(2, 1, day, Duration.ZERO)).isTrue();
    assertThat(isDue(9, 0.001, day, Duration.ZERO)).isTrue();
    assertThat(isDue(9, 0.9, day, Duration.ZERO)).isFalse();
    assertThat(isDue(9, 1, day, day.minusMillis(1))).isFalse();
    assertThat(isDue(9, 1, day, day)).isTrue();
  }

  @Test
  void a_day_that_is_all_landing_has_the_whole_share() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));

    assertThat(isDue(9, 1, Duration.ofDays(1), Duration.ZERO)).isTrue();
  }

  @Test
  void a_policy_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new CompactionPolicy(0, 2, Duration.ZERO))
        .hasMessage(
            "expected at least 1 file, a share from 0 to 1 and a time, got 0, 2.0 and PT0S");
  }
}
