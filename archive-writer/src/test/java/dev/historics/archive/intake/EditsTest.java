package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultyFiles;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several versions of an interaction the one edited last counts. */
class EditsTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final Instant NOON = Instant.parse("2017-08-05T12:00:00Z");
  private static final ImportSettings SMALL =
      ImportSettings.STANDARD
          .withOpenDaysMax(1)
          .withMemoryBytesMax(ImportSettings.MEMORY_BYTES_MIN);

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  /**
   * A version of an interaction.
   *
   * @param edited minutes after noon; negative if it was never edited
   */
  private record Version(String id, int edited, String content) {
    private String line() {
      String updated =
          edited < 0 ? "" : ",\"updated_at\":\"%s\"".formatted(NOON.plusSeconds(60L * edited));
      return "{\"interaction\":{\"id\":\"%s\",\"created_at\":\"%s\"%s,\"content\":\"%s\"}}"
          .formatted(id, NOON, updated, content);
    }
  }

  private static ImportInput input(List<Version> versions) {
    String lines = String.join("\n", versions.stream().map(Version::line).toList());
    return Records.input("in", lines.getBytes(StandardCharsets.UTF_8));
  }

  /** What counts in the archive: contents by id. */
  private static Map<String, String> contents(Archive archive) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (SourceDay day : archive.days()) {
      for (DataFile file : archive.newest(day).orElseThrow().files()) {
        TombstoneList none = TombstoneList.none(day.source());
        try (LiveRows rows = LiveRows.open(archive.files(), day, file, none)) {
          while (rows.hasNext()) {
            Interaction row = rows.next();
            String raw = new String(row.raw(), StandardCharsets.UTF_8);
            String content = raw.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
            assertThat(contents.put(row.id(), content)).as("twice: %s", row.id()).isNull();
          }
        }
      }
    }
    return contents;
  }

  private static void verify(Archive archive) throws IOException {
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  private static void see(Map<String, Version> model, Version version) {
    model.merge(version.id(), version, (old, now) -> now.edited() > old.edited() ? now : old);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          -1, -1, first
          -1,  0, second
          -1,  5, second
           5, -1, first
           5,  4, first
           5,  5, first
           5,  6, second
          """)
  void the_version_edited_last_stays_and_of_equal_ones_the_first(
      int first, int second, String stays) throws IOException {
    Version one = new Version("a", first, "first");
    Version two = new Version("a", second, "second");

    ImportReport before =
        Archives.load(archive, "b1", ImportSettings.STANDARD, input(List.of(one)));
    ImportReport after = Archives.load(archive, "b2", ImportSettings.STANDARD, input(List.of(two)));

    assertThat(before.stored()).isEqualTo(1);
    boolean isReplaced = stays.equals("second");
    assertThat(after.stored()).isEqualTo(isReplaced ? 1 : 0);
    assertThat(after.replaced()).isEqualTo(isReplaced ? 1 : 0);
    assertThat(after.duplicates()).isEqualTo(isReplaced ? 0 : 1);
    assertThat(contents(archive)).containsExactly(Map.entry("a", stays));
    assertThat(archive.newest(DAY).orElseThrow().rows()).isEqualTo(1);
    verify(archive);

    Archive together = Archives.over(new MemoryFiles(Archives.CLOCK));
    ImportReport report =
        Archives.load(together, "b1", ImportSettings.STANDARD, input(List.of(one, two)));
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(contents(together)).containsExactly(Map.entry("a", stays));
    verify(together);
  }

  @Test
  void the_ledger_tells_what_was_replaced_and_a_repeated_import_changes_nothing()
      throws IOException {
    Archives.load(
        archive, "b1", ImportSettings.STANDARD, input(List.of(new Version("a", 1, "one"))));
    List<Version> edit = List.of(new Version("a", 2, "two"));
    Archives.load(archive, "b2", ImportSettings.STANDARD, input(edit));
    Manifest manifest = archive.newest(DAY).orElseThrow();

    Archives.load(archive, "b3", ImportSettings.STANDARD, input(edit));

    assertThat(archive.newest(DAY)).contains(manifest);
    assertThat(manifest.ledger().stream().map(LedgerEntry::stored)).containsExactly(1L, 1L);
    assertThat(manifest.ledger().stream().map(LedgerEntry::replaced)).containsExactly(0L, 1L);
    assertThat(manifest.files().stream().map(DataFile::gone)).containsExactly(1L, 0L);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatever_comes_in_whichever_way_the_archive_is_the_model(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Version> model = new TreeMap<>();
    int serial = 0;
    for (int batch = 0; batch < 6; batch++) {
      List<Version> versions = new ArrayList<>();
      int count = random.nextInt(200);
      for (int i = 0; i < count; i++) {
        String id = "a" + random.nextInt(80);
        versions.add(new Version(id, Math.max(-1, random.nextInt(-3, 12)), "version" + serial++));
      }
      versions.forEach(version -> see(model, version));
      CommitPolicy commits =
          random.nextBoolean()
              ? CommitPolicy.AT_END
              : new CommitPolicy(1 + random.nextInt(100), CommitPolicy.Bell.SILENT);

      ImportReport report =
          Archives.load(
              archive,
              "b" + batch,
              (random.nextBoolean() ? SMALL : ImportSettings.STANDARD)
                  .withThreads(1 + random.nextInt(2)),
              commits,
              input(versions));

      Map<String, String> wanted = new TreeMap<>();
      model.forEach((id, version) -> wanted.put(id, version.content()));
      assertThat(contents(archive)).as("after batch %d", batch).isEqualTo(wanted);
      assertThat(report.read()).isEqualTo(count);
      verify(archive);
      if (random.nextInt(3) == 0) {
        new Compactor(archive, CompactionSettings.STANDARD)
            .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
        assertThat(contents(archive)).as("sealed after batch %d", batch).isEqualTo(wanted);
        verify(archive);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_import_of_edits_that_fails_anywhere_can_be_run_again(FaultyFiles.Fault fault)
      throws IOException {
    List<Version> first = new ArrayList<>();
    List<Version> second = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      first.add(new Version("a" + i, i % 3, "first"));
      second.add(new Version("a" + 2 * i, 1, "second"));
    }
    Map<String, Version> model = new TreeMap<>();
    first.forEach(version -> see(model, version));
    second.forEach(version -> see(model, version));
    Map<String, String> wanted = new TreeMap<>();
    model.forEach((id, version) -> wanted.put(id, version.content()));
    boolean reached = true;
    for (int n = 1; reached; n++) {
      ArchiveFiles stored = new MemoryFiles(Archives.CLOCK);
      Archives.load(Archives.over(stored), "b1", ImportSettings.STANDARD, input(first));
      FaultyFiles faulty = new FaultyFiles(stored, fault, n);
      boolean isDone = true;
      try {
        Archives.load(Archives.over(faulty), "b2", ImportSettings.STANDARD, input(second));
      } catch (IOException e) {
        isDone = false;
      }
      reached = faulty.count() >= n;

      Archive left = Archives.over(stored);
      Map<String, String> seen = contents(left);
      assertThat(seen.keySet()).containsAll(first.stream().map(Version::id).toList());
      if (isDone) {
        assertThat(seen).as("after operation %d", n).isEqualTo(wanted);
      }
      Archives.load(left, "b3", ImportSettings.STANDARD, input(second));
      assertThat(contents(left)).as("again, %d", n).isEqualTo(wanted);
      verify(left);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void many_importers_of_edits_and_a_compactor_at_once_leave_the_latest(
      long seed, @TempDir Path root) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Version> model = new TreeMap<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int importer = 0; importer < 4; importer++) {
      List<Version> versions = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        // No two edits at the same time, so that it does not matter who is first.
        int edited = 4 * i + importer;
        versions.add(new Version("a" + random.nextInt(40), edited, importer + "-" + i));
      }
      versions.forEach(version -> see(model, version));
      String batch = "b" + importer;
      CommitPolicy commits = new CommitPolicy(20, CommitPolicy.Bell.SILENT);
      work.add(
          () -> {
            Archives.load(
                Archives.over(new LocalFiles(root)),
                batch,
                ImportSettings.STANDARD,
                commits,
                input(versions));
            return null;
          });
    }
    work.add(
        () -> {
          for (int i = 0; i < 3; i++) {
            new Compactor(Archives.over(new LocalFiles(root)), CompactionSettings.STANDARD)
                .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
          }
          return null;
        });

    runAtOnce(work);

    Map<String, String> wanted = new TreeMap<>();
    model.forEach((id, version) -> wanted.put(id, version.content()));
    Archive left = Archives.over(new LocalFiles(root));
    assertThat(contents(left)).isEqualTo(wanted);
    verify(left);
  }

  private static void runAtOnce(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
