package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Scenario;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives as released versions wrote them, with landing and sealed files, superseded rows, a
 * quarantine and tombstones: they read equal for ever. {@code -Dgolden=write} writes the one of
 * this version, when its format is settled; those of versions that were released are never written
 * again.
 */
class GoldenArchiveTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String THIS = "manifest-format-" + ManifestJson.FORMAT;

  @TempDir Path folder;

  static Stream<String> versions() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      write(GOLDEN.resolve(THIS));
    }
    assumeTrue(Files.isDirectory(GOLDEN), "no format is settled yet");
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static void write(Path golden) throws IOException {
    deleteTree(golden);
    Archive archive = Archives.over(new LocalFiles(golden.resolve("archive")));
    Scenario.EDIT.prepare(archive);
    Scenario.EDIT.run(archive);
    new Tombstones(archive)
        .add("twitter", List.of(new Tombstone(Tombstone.Kind.ID, "a3", Archives.NOW, "t1")));
    Files.write(golden.resolve("rows.ndjson"), lines(Model.of(archive)), StandardCharsets.UTF_8);
  }

  private static void deleteTree(Path top) throws IOException {
    if (Files.exists(top)) {
      try (Stream<Path> below = Files.walk(top)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Every row with its day, and what was put aside. */
  private static List<String> lines(Model model) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<SourceDay, SortedMap<String, String>> day : model.days().entrySet()) {
      day.getValue().forEach((id, raw) -> lines.add(day.getKey() + " " + id + " " + raw));
    }
    model.putAside().forEach(record -> lines.add("put aside " + record));
    return lines;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void an_archive_of_a_released_version_reads_equal(String version) throws IOException {
    Path golden = GOLDEN.resolve(version);
    Archive archive = Archives.over(new LocalFiles(golden.resolve("archive")));

    assertThat(lines(Model.of(archive)))
        .isEqualTo(Files.readAllLines(golden.resolve("rows.ndjson"), StandardCharsets.UTF_8));
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void an_archive_of_a_released_version_can_be_written_to(String version) throws IOException {
    Path copy = folder.resolve("archive");
    copyTree(GOLDEN.resolve(version).resolve("archive"), copy);
    Archive archive = Archives.over(new LocalFiles(copy));
    Model before = Model.of(archive);

    Scenario.COMPACT.run(archive);

    assertThat(Model.of(archive)).isEqualTo(before);
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> below = Files.walk(from)) {
      for (Path path : below.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
