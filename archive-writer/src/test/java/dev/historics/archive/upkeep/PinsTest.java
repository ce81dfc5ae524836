package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinsTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final Duration GRACE = Duration.ofHours(1);

  private Instant now = Archives.NOW;
  private final InstantSource clock = () -> now;
  private final ArchiveFiles files = new MemoryFiles(clock);
  private final Archive archive = new Archive(files, clock);
  private final Pins pins = new Pins(archive);
  private final Sweeper sweeper =
      new Sweeper(archive, new SweepSettings(GRACE, Duration.ofDays(1), Duration.ofDays(7)));

  private void seal() throws IOException {
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
  }

  private List<String> paths(Manifest manifest) {
    return manifest.paths().stream().map(path -> DAY.directory() + "/" + path).toList();
  }

  @Test
  void what_is_pinned_stays_until_it_is_released() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 1, 1));
    Manifest pinned = pins.pin(DAY, "job-1").orElseThrow();
    pins.pin(DAY, "job-2");
    seal();
    now = now.plus(Duration.ofDays(2));

    assertThat(sweeper.sweep(DAY)).isEmpty();
    assertThat(sweeper.isPinned(DAY)).isTrue();
    pins.release(DAY, "job-1");
    assertThat(sweeper.due(DAY)).isEmpty();
    sweeper.removeUnpinned(DAY, pinned.paths());
    assertThat(paths(pinned)).allMatch(path -> exists(path));
    pins.release(DAY, "job-2");
    assertThat(sweeper.due(DAY))
        .extracting(DueFile::path)
        .containsExactlyInAnyOrderElementsOf(paths(pinned));
    assertThat(sweeper.sweep(DAY)).containsExactlyInAnyOrderElementsOf(paths(pinned));
    assertThat(sweeper.isPinned(DAY)).isFalse();
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  private boolean exists(String path) {
    try {
      return files.exists(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_pin_of_a_dead_reader_expires() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 1, 1));
    Manifest pinned = pins.pin(DAY, "job-1").orElseThrow();
    seal();
    now = now.plus(Duration.ofDays(7));
    assertThat(sweeper.sweep(DAY)).isEmpty();
    now = now.plusSeconds(1);

    assertThat(sweeper.sweep(DAY))
        .containsAll(paths(pinned))
        .contains(DAY.directory() + "/_pins/00000001-job-1-1.pin")
        .hasSize(3);
  }

  @Test
  void files_without_grace_go_when_nobody_reads_them_and_only_those_named() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 1, 1));
    Manifest before = archive.newest(DAY).orElseThrow();
    seal();
    Manifest after = archive.newest(DAY).orElseThrow();

    sweeper.removeUnpinned(DAY, before.paths().subList(0, 1));
    sweeper.removeUnpinned(DAY, after.paths());

    assertThat(files.list(DAY.directory() + "/data")).hasSize(2);
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  @Test
  void a_day_without_data_has_nothing_to_pin() throws IOException {
    assertThat(pins.pin(DAY, "job-1")).isEmpty();
    assertThat(files.list("")).isEmpty();
  }

  @Test
  void what_nobody_named_yet_stays_longer_than_what_was_replaced() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 1, 1));
    Manifest before = archive.newest(DAY).orElseThrow();
    seal();
    String unfinished = DAY.directory() + "/data/landing-b2-1.avro";
    try (ArchiveOutput out = files.create(unfinished)) {
      out.write(1);
    }
    now = now.plus(GRACE).plusSeconds(1);
    assertThat(sweeper.sweep(DAY)).containsExactlyInAnyOrderElementsOf(paths(before));
    now = now.plus(Duration.ofDays(1));

    assertThat(sweeper.sweep(DAY)).containsExactly(unfinished);
  }

  @Test
  void a_sweep_needs_a_grace_and_pins_that_outlive_it() {
    assertThatThrownBy(() -> new SweepSettings(GRACE, GRACE, Duration.ofMinutes(1)))
        .hasMessageContaining("got PT1H, PT1H and PT1M");
  }
}
