package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultyFiles;
import dev.historics.archive.testing.FaultyFiles.Fault;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The n-th operation of the storage goes wrong, for every n there is. */
class ImportFaultsTest {
  private static final List<String> FIRST = Records.some("a", 40, 3, 1);
  private static final List<String> SECOND = withRefused(Records.some("a", 60, 3, 1));
  private static final ImportSettings FEW_DAYS =
      new ImportSettings(ImportSettings.OnError.QUARANTINE, 1 << 20, 2);
  private static final CompactionSettings RUNS = new CompactionSettings(300, 1 << 20);

  private static List<String> withRefused(List<String> records) {
    List<String> all = new ArrayList<>(records);
    all.add(30, "no JSON");
    return all;
  }

  private static ArchiveFiles archiveWithFirst() throws IOException {
    ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
    Archives.load(Archives.over(files), "b1", FIRST);
    return files;
  }

  @ParameterizedTest
  @EnumSource
  void an_import_that_fails_anywhere_can_be_run_again_and_stores_each_id_once(Fault fault)
      throws IOException {
    List<String> before = Archives.ids(Archives.over(archiveWithFirst()));
    List<String> wanted = wanted();
    boolean reached = true;
    int failed = 0;
    for (int n = 1; reached; n++) {
      ArchiveFiles files = archiveWithFirst();
      FaultyFiles faulty = new FaultyFiles(files, fault, n);
      boolean isDone = importSecond(faulty);
      reached = faulty.count() >= n;
      failed += isDone ? 0 : 1;

      List<String> seen = Archives.ids(Archives.over(files));
      assertThat(seen).as("after operation %d", n).doesNotHaveDuplicates().containsAll(before);
      if (isDone) {
        assertThat(seen).as("after operation %d", n).isEqualTo(wanted);
      }
      assertThat(importSecond(files)).isTrue();
      assertThat(Archives.ids(Archives.over(files))).as("again, %d", n).isEqualTo(wanted);
      verifyAll(files);
    }
    assertThat(failed).isGreaterThan(20);
  }

  private static List<String> wanted() throws IOException {
    ArchiveFiles files = archiveWithFirst();
    assertThat(importSecond(files)).isTrue();
    return Archives.ids(Archives.over(files));
  }

  private static boolean importSecond(ArchiveFiles files) {
    try {
      ImportReport report =
          Archives.load(Archives.over(files), "b2", FEW_DAYS, Records.input(SECOND));
      return report.quarantined() == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private static void verifyAll(ArchiveFiles files) throws IOException {
    Archive archive = Archives.over(files);
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DEAD", "DEAD_AFTER"})
  void an_import_that_fails_leaves_no_file_behind_that_a_sweep_would_not_take(Fault fault)
      throws IOException {
    boolean reached = true;
    for (int n = 1; reached; n++) {
      ArchiveFiles files = archiveWithFirst();
      FaultyFiles faulty = new FaultyFiles(files, fault, n);
      importSecond(faulty);
      reached = faulty.count() >= n;

      InstantSource later = InstantSource.offset(Archives.CLOCK, Duration.ofDays(2));
      Archive archive = new Archive(files, later);
      List<String> before = Archives.ids(archive);
      for (SourceDay day : archive.days()) {
        new Sweeper(archive, Duration.ofDays(1)).sweep(day);
      }
      new Sweeper(archive, Duration.ofDays(1)).sweepQuarantine("twitter");

      assertThat(Archives.ids(archive)).isEqualTo(before);
      assertThat(new TreeSet<>(Archives.paths(files, ""))).isEqualTo(named(archive));
      verifyAll(files);
    }
  }

  /** Every file that a newest version names, the manifests, and the quarantine. */
  private static Set<String> named(Archive archive) throws IOException {
    Set<String> named = new TreeSet<>();
    for (SourceDay day : archive.days()) {
      archive
          .newest(day)
          .ifPresent(
              manifest ->
                  manifest.paths().forEach(path -> named.add(day.directory() + "/" + path)));
      for (String name : archive.files().list(day.directory() + "/_manifests")) {
        named.add(day.directory() + "/_manifests/" + name);
      }
    }
    if (archive.files().exists("_quarantine/source=twitter/b2.ndjson")) {
      named.add("_quarantine/source=twitter/b2.ndjson");
    }
    return named;
  }

  @ParameterizedTest
  @EnumSource
  void a_compaction_that_fails_anywhere_changes_nothing_that_readers_see(Fault fault)
      throws IOException {
    SourceDay day = new SourceDay("twitter", Records.DAY);
    List<String> wanted = Archives.ids(Archives.over(archiveWithFirst()));
    boolean reached = true;
    int failed = 0;
    for (int n = 1; reached; n++) {
      ArchiveFiles files = archiveWithFirst();
      FaultyFiles faulty = new FaultyFiles(files, fault, n);
      Compactor compactor = new Compactor(Archives.over(faulty), RUNS);
      try {
        compactor.compact(day, Archives.CONSIDERED, Stripping.STANDARD);
      } catch (IOException e) {
        failed++;
      }
      reached = faulty.count() >= n;

      assertThat(Archives.ids(Archives.over(files))).as("after operation %d", n).isEqualTo(wanted);
      int at = n;
      assertThatCode(
              () ->
                  new Compactor(Archives.over(files), RUNS)
                      .compact(day, Archives.CONSIDERED, Stripping.STANDARD))
          .as("again, %d", at)
          .doesNotThrowAnyException();
      assertThat(Archives.ids(Archives.over(files))).isEqualTo(wanted);
      assertThat(Archives.over(files).newest(day).orElseThrow().hasLanding()).isFalse();
      verifyAll(files);
    }
    assertThat(failed).isGreaterThan(20);
  }
}
