package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.DaySummary;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultyFiles;
import dev.historics.archive.testing.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final SourceDay FIRST = new SourceDay("twitter", Records.DAY);
  private static final Duration KEEP = Duration.ofDays(2);

  /** The second day ended two days ago. */
  private Instant now = Instant.parse("2017-08-09T00:00:00Z");

  private final InstantSource clock = () -> now;
  private final ArchiveFiles files = new MemoryFiles(clock);
  private final Archive archive = new Archive(files, clock);
  private final Retention retention = new Retention(archive, KEEP);

  @Test
  void a_day_is_dropped_when_it_ended_so_long_ago() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 3, 1));

    assertThat(retention.due(archive.days()))
        .extracting(manifest -> manifest.day().day())
        .containsExactly(Records.DAY, Records.DAY.plusDays(1));
    now = now.minusMillis(1);
    assertThat(retention.due(archive.days()))
        .extracting(manifest -> manifest.day().day())
        .containsExactly(Records.DAY);
  }

  @Test
  void a_dropped_day_says_so_and_its_files_go_with_the_sweep() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 30, 1, 1));

    Manifest dropped = retention.drop(FIRST).orElseThrow();

    assertThat(dropped.rows()).isZero();
    assertThat(dropped.expired()).isEqualTo(30);
    assertThat(DaySummary.of(dropped).state()).isEqualTo(DaySummary.State.DROPPED);
    assertThat(new Verifier(archive).verify(FIRST)).isEmpty();
    assertThat(archive.version(FIRST, 1).rows()).isEqualTo(30);
    assertThat(retention.due(archive.days())).isEmpty();
    assertThat(retention.drop(FIRST)).isEmpty();
    now = now.plus(Duration.ofHours(2));
    assertThat(new Sweeper(archive, Duration.ofHours(1)).sweep(FIRST)).hasSize(2);
    assertThat(files.list(FIRST.directory() + "/data")).isEmpty();
  }

  @Test
  void what_is_imported_into_a_dropped_day_is_there_and_dropped_the_next_time() throws IOException {
    List<String> records = Records.some("a", 30, 1, 1);
    Archives.load(archive, "b1", records);
    retention.drop(FIRST);

    assertThat(Archives.load(archive, "b2", records).stored()).isEqualTo(30);

    Manifest again = archive.newest(FIRST).orElseThrow();
    assertThat(DaySummary.of(again).state()).isEqualTo(DaySummary.State.LANDING);
    assertThat(new Verifier(archive).verify(FIRST)).isEmpty();
    assertThat(retention.due(archive.days())).containsExactly(again);
    assertThat(retention.drop(FIRST).orElseThrow().expired()).isEqualTo(60);
    assertThat(new Verifier(archive).verify(FIRST)).isEmpty();
  }

  @Test
  void whatever_fails_a_day_is_there_or_dropped() throws IOException {
    for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
      boolean isOver = false;
      for (int at = 1; !isOver; at++) {
        ArchiveFiles fresh = new MemoryFiles(clock);
        Archive sound = new Archive(fresh, clock);
        Archives.load(sound, "b1", Records.some("a", 3, 1, 1));
        FaultyFiles faulty = new FaultyFiles(fresh, fault, at);
        try {
          new Retention(new Archive(faulty, clock), KEEP).drop(FIRST);
        } catch (IOException e) {
          assertThat(faulty.count()).isGreaterThanOrEqualTo(at);
        }

        assertThat(new Verifier(sound).verify(FIRST)).isEmpty();
        assertThat(sound.newest(FIRST).orElseThrow().rows()).isIn(0L, 3L);
        isOver = faulty.count() < at;
      }
    }
  }

  @Test
  void days_are_kept_for_some_time() {
    assertThatThrownBy(() -> new Retention(archive, Duration.ZERO))
        .hasMessage("expected a time to keep days above zero, got PT0S");
  }
}
