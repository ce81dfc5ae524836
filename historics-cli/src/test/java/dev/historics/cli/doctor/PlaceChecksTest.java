package dev.historics.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.files.LocalFiles;
import dev.historics.jobs.HdfsHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceChecksTest {
  private static final long MB = 1 << 20;
  private static final URI ROOT = URI.create("hdfs://nn:9000/archive");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path home;

  private static PlaceChecks withFree(long mb) {
    return new PlaceChecks(InstantSource.fixed(NOON), folder -> mb * MB);
  }

  @ParameterizedTest
  @CsvSource({"1024, OK", "1023, WARNING", "64, WARNING", "63, FAILED", "0, FAILED"})
  void a_folder_has_room(long freeMb, Verdict verdict) throws IOException {
    Finding finding = withFree(freeMb).folder("logs", home);

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.found()).isEqualTo("%s, %,d MB free".formatted(home, freeMb));
    assertThat(finding.advice().isEmpty()).isEqualTo(verdict == Verdict.OK);
  }

  @Test
  void a_folder_that_is_not_there_yet_is_judged_by_the_one_around_it() throws IOException {
    Finding finding = withFree(2000).folder("logs", home.resolve("a/b"));

    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
    assertThat(finding.found()).contains("(not made yet)");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_file_is_no_folder() throws IOException {
    Path file = Files.createFile(home.resolve("logs"));

    Finding finding = withFree(2000).folder("logs", file.resolve("below"));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.found()).isEqualTo(file + " is a file");
  }

  @Test
  void a_place_is_written_to_read_and_left_as_it_was() throws IOException {
    Files.createFile(home.resolve("before"));
    InstantSource clock = () -> Files.exists(home) ? lastModified() : NOON;

    List<Finding> findings =
        new PlaceChecks(clock, folder -> 0).written("archive", new LocalFiles(home));

    assertThat(findings)
        .extracting(Finding::check, Finding::verdict)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("archive files", Verdict.OK),
            org.assertj.core.api.Assertions.tuple("archive clock", Verdict.OK));
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).containsExactly(home.resolve("before"));
    }
  }

  /** A clock that goes with the file system's. */
  private Instant lastModified() {
    try {
      return Files.getLastModifiedTime(home).toInstant();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_place_whose_clock_is_elsewhere_is_told() throws IOException {
    InstantSource wrong = () -> lastModified().plus(Duration.ofHours(1));

    List<Finding> findings =
        new PlaceChecks(wrong, folder -> 0).written("archive", new LocalFiles(home));

    assertThat(findings.get(1).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(findings.get(1).advice()).contains("time server");
  }

  @Test
  void a_place_that_is_not_made_yet_is_left_so() throws IOException {
    Path archive = home.resolve("archive");

    assertThat(withFree(0).written("archive", new LocalFiles(archive)))
        .containsExactly(
            Finding.ok("archive files", "files can be written, read and removed", "not made yet"));
    assertThat(archive).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | 3  | 0 | 9000 | FAILED  | is in safe mode
          false | 0  | 0 | 9000 | FAILED  | has no live data node
          false | 3  | 0 | 0    | FAILED  | has no live data node
          false | 3  | 2 | 9000 | FAILED  | 2 blocks missing
          false | 3  | 0 | 1000 | WARNING | 3 live data nodes
          false | 3  | 0 | 9000 | OK      | 3 live data nodes
          false | -1 | 0 | 9000 | OK      | data nodes
          """)
  void a_name_node_has_data_nodes_and_all_blocks(
      boolean safe, int nodes, long missing, long capacityMb, Verdict verdict, String found) {
    HdfsHealth health = new HdfsHealth(safe, nodes, missing, capacityMb * MB, capacityMb * MB);

    Finding finding = PlaceChecks.hdfs("archive", ROOT, health);

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.found()).startsWith(ROOT.toString()).contains(found);
    assertThat(finding.advice().isEmpty()).isEqualTo(verdict == Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "0, OK",
    "4, OK",
    "5, WARNING",
    "-6, WARNING",
    "299, WARNING",
    "300, FAILED",
    "-301, FAILED"
  })
  void clocks_agree_within_seconds(long seconds, Verdict verdict) {
    Finding finding = Clocks.compared("state clock", NOON, NOON.plusSeconds(seconds), NOON);

    assertThat(finding.verdict()).isEqualTo(verdict);
  }

  /** A file's time may have been cut to the second. */
  @Test
  void a_clock_of_whole_seconds_is_the_same_time() {
    Instant moment = NOON.plusMillis(999);

    assertThat(Clocks.compared("c", moment, NOON, moment).found()).isEqualTo("the same time");
  }
}
