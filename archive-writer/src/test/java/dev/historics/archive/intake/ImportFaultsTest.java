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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The n-th operation of the storage goes wrong, for every n there is. */
class ImportFaultsTest {
  private static final List<String> FIRST = Records.some("a", 40, 3, 1);
  private static final ImportSettings FEW_DAYS = ImportSettings.STANDARD.withOpenDaysMax(2);
  private static final CompactionSettings RUNS = new CompactionSettings(300, 1 << 20);

  /**
   * In which way the second import goes about its work.
   *
   * @param step of so many operations one goes wrong: of long ways, each one for some faults
   */
  private record Way(
      String name, List<String> records, ImportSettings settings, CommitPolicy commits, int step) {
    private static final List<Way> ALL =
        List.of(
            new Way("at once", some(60), FEW_DAYS, CommitPolicy.AT_END, 1),
            new Way(
                "in pieces", some(40), FEW_DAYS, new CommitPolicy(16, CommitPolicy.Bell.SILENT), 3),
            new Way(
                "with little memory",
                some(110),
                FEW_DAYS.withMemoryBytesMax(ImportSettings.MEMORY_BYTES_MIN),
                CommitPolicy.AT_END,
                3));

    private static List<String> some(int records) {
      return withRefused(Records.some("a", records, 3, 1));
    }

    /** Whether it came to its end. */
    private boolean run(ArchiveFiles files) {
      byte[] input = String.join("\n", records).getBytes(StandardCharsets.UTF_8);
      try {
        ImportReport report =
            Archives.load(
                Archives.over(files),
                "b2",
                settings,
                commits,
                Records.input("records.ndjson", input));
        return report.quarantined() == 1;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Arguments> ways(Fault... faults) {
    return Way.ALL.stream()
        .flatMap(
            way ->
                IntStream.range(0, faults.length)
                    .mapToObj(i -> Arguments.of(way, faults[i], 1 + i % way.step())));
  }

  private static Stream<Arguments> waysAndFaults() {
    return ways(Fault.values());
  }

  private static Stream<Arguments> waysAndPassingFaults() {
    return ways(Fault.FAILS, Fault.ANSWER_LOST, Fault.ANSWER_LOST_THEN_FAILS, Fault.TORN);
  }

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
  @MethodSource("waysAndFaults")
  void an_import_that_fails_anywhere_can_be_run_again_and_stores_each_id_once(
      Way way, Fault fault, int first) throws IOException {
    List<String> before = Archives.ids(Archives.over(archiveWithFirst()));
    List<String> wanted = wanted(way);
    boolean reached = true;
    int failed = 0;
    for (int n = first; reached; n += way.step()) {
      ArchiveFiles files = archiveWithFirst();
      FaultyFiles faulty = new FaultyFiles(files, fault, n);
      boolean isDone = way.run(faulty);
      reached = faulty.count() >= n;
      failed += isDone ? 0 : 1;

      List<String> seen = Archives.ids(Archives.over(files));
      assertThat(seen).as("after operation %d", n).doesNotHaveDuplicates().containsAll(before);
      if (isDone) {
        assertThat(seen).as("after operation %d", n).isEqualTo(wanted);
      }
      assertThat(way.run(files)).isTrue();
      assertThat(Archives.ids(Archives.over(files))).as("again, %d", n).isEqualTo(wanted);
      verifyAll(files);
    }
    assertThat(failed).isGreaterThan(20);
  }

  private static List<String> wanted(Way way) throws IOException {
    ArchiveFiles files = archiveWithFirst();
    assertThat(way.run(files)).isTrue();
    return Archives.ids(Archives.over(files));
  }

  private static void verifyAll(ArchiveFiles files) throws IOException {
    Archive archive = Archives.over(files);
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndPassingFaults")
  void an_import_that_fails_leaves_no_file_behind_that_a_sweep_would_not_take(
      Way way, Fault fault, int first) throws IOException {
    boolean reached = true;
    for (int n = first; reached; n += way.step()) {
      ArchiveFiles files = archiveWithFirst();
      FaultyFiles faulty = new FaultyFiles(files, fault, n);
      way.run(faulty);
      reached = faulty.count() >= n;

      InstantSource later = InstantSource.offset(Archives.CLOCK, Duration.ofDays(2));
      Archive archive = new Archive(files, later);
      List<String> before = Archives.ids(archive);
      for (SourceDay day : archive.days()) {
        new Sweeper(archive, Duration.ofDays(1)).sweep(day);
      }
      new Sweeper(archive, Duration.ofDays(1)).sweepQuarantine("twitter");

      assertThat(Archives.ids(archive)).isEqualTo(before);
      assertThat(new TreeSet<>(Archives.paths(files, ""))).isEqualTo(Archives.named(archive));
      verifyAll(files);
    }
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
