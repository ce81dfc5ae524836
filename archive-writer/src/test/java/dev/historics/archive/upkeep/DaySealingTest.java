package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Edits;
import dev.historics.archive.testing.Records;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaySealingTest {
  private static final int DAYS = 12;
  private static final DaySealing.Columns COLUMNS =
      new DaySealing.Columns(Archives.CONSIDERED, Stripping.STANDARD);

  @TempDir private Path root;

  /** Notes what it hears. */
  private static class Heard implements DaySealing.Watch {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void sealed(CompactionReport report) {
      lines.add(report.manifest().day().day() + " " + report.rows());
    }

    @Override
    public void passedOver(SourceDay day) {
      lines.add(day.day() + " passed over");
    }

    @Override
    public void failed(SourceDay day, IOException problem) {
      lines.add(day.day() + " failed");
    }
  }

  private Archive loaded(String name) throws IOException {
    Archive archive = Archives.over(new LocalFiles(root.resolve(name)));
    Archives.load(archive, "b1", Records.some("a", 3_000, DAYS, 7));
    return archive;
  }

  private static List<String> seal(Archive archive, int threads) throws IOException {
    Heard heard = new Heard();
    new DaySealing(archive, CompactionSettings.STANDARD, threads)
        .run(archive.days(), source -> COLUMNS, heard);
    return heard.lines;
  }

  private static SortedMap<SourceDay, List<String>> hashes(Archive archive) throws IOException {
    SortedMap<SourceDay, List<String>> hashes = new TreeMap<>();
    for (SourceDay day : archive.days()) {
      Manifest newest = archive.newest(day).orElseThrow();
      hashes.put(day, newest.files().stream().map(DataFile::sha256).toList());
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50})
  void however_many_at_a_time_the_days_are_the_same_and_told_in_their_order(int threads)
      throws IOException {
    Archive expected = loaded("expected");
    List<String> lines = new ArrayList<>();
    for (SourceDay day : expected.days()) {
      CompactionReport report =
          new Compactor(expected, CompactionSettings.STANDARD)
              .compact(day, COLUMNS.considered(), COLUMNS.stripping())
              .orElseThrow();
      lines.add(day.day() + " " + report.rows());
    }
    Archive archive = loaded("archive");

    assertThat(seal(archive, threads)).isEqualTo(lines).hasSize(DAYS);
    assertThat(hashes(archive)).isEqualTo(hashes(expected));
    assertThat(seal(archive, threads)).hasSize(DAYS).allMatch(line -> line.endsWith("passed over"));
  }

  @Test
  void a_day_that_is_damaged_stays_as_it_is_and_the_others_are_sealed() throws IOException {
    Archive archive = loaded("archive");
    ArchiveFiles files = archive.files();
    SourceDay damaged = archive.days().get(3);
    Manifest before = archive.newest(damaged).orElseThrow();
    String path = before.pathOf(before.files().get(0));
    byte[] whole = Edits.read(files, path);
    byte[] bytes = whole.clone();
    bytes[bytes.length - 40] ^= 1;
    Edits.replace(files, path, bytes);

    List<String> lines = seal(archive, 2);

    assertThat(lines).hasSize(DAYS);
    assertThat(lines.get(3)).isEqualTo(damaged.day() + " failed");
    assertThat(lines).filteredOn(line -> line.endsWith("failed")).hasSize(1);
    assertThat(archive.newest(damaged)).contains(before);
    Edits.replace(files, path, whole);
    assertThat(seal(archive, 2).get(3)).isEqualTo(damaged.day() + " " + before.rows());
  }

  @Test
  void an_interrupt_leaves_every_day_as_it_was_or_sealed_and_nobody_at_work() throws IOException {
    Archive archive = loaded("archive");
    List<String> ids = Archives.ids(archive);
    Heard heard =
        new Heard() {
          @Override
          public void sealed(CompactionReport report) {
            super.sealed(report);
            Thread.currentThread().interrupt();
          }
        };

    assertThatThrownBy(
            () ->
                new DaySealing(archive, CompactionSettings.STANDARD, 2)
                    .run(archive.days(), source -> COLUMNS, heard))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("interrupted while sealing; run the command again");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(heard.lines).hasSize(1);
    // A storage whose file was interrupted publishes nothing more: whoever goes on opens it again.
    Archive again = Archives.over(new LocalFiles(root.resolve("archive")));
    assertThat(Archives.ids(again)).isEqualTo(ids);
    assertThat(seal(again, 2)).hasSize(DAYS).noneMatch(line -> line.endsWith("failed"));
    assertThat(Archives.ids(again)).isEqualTo(ids);
    for (SourceDay day : again.days()) {
      assertThat(new Verifier(again).verify(day)).isEmpty();
    }
  }
}
