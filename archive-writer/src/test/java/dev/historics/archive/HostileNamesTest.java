package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Edits;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that would be paths to somewhere else. */
class HostileNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../../x",
        "/etc",
        "a/b",
        "a\\b",
        "%2e%2e%2fx",
        "a\u0000",
        "a:b",
        "C:",
        "a b",
        "",
        ".",
        ".hidden",
        "_staging",
        "a\n",
        "\u202ea",
        "\uff0e\uff0e",
        "\u2025",
        "tw\u0456tter",
        "~",
        "a~1",
        "*",
        "-x"
      })
  void no_source_and_no_batch_has_such_a_name(String name) {
    assertThatThrownBy(() -> SourceDay.requireSource(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SourceMapping.datasift(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchId(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_name_is_longer_than_a_file_system_takes() {
    assertThatThrownBy(() -> SourceDay.requireSource("a".repeat(33)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchId("a".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../x", "/x", "a//b", "a/./b", "a/", "a\\b", "a\u0000b", ".."})
  void no_path_leads_out_of_the_archive(String path) throws IOException {
    Path outside = Files.writeString(folder.resolve("x"), "precious");
    LocalFiles files = new LocalFiles(folder.resolve("archive"));

    assertThatThrownBy(() -> ArchivePaths.checked(path))
        .isInstanceOf(IllegalArgumentException.class);
    for (ThrowingCall call :
        List.<ThrowingCall>of(
            () -> files.create(path).close(),
            () -> files.open(path).close(),
            () -> files.delete(path),
            () -> files.deleteTree(path),
            () -> files.publish("a", path),
            () -> files.publish(path, "a"),
            () -> files.list(path))) {
      assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Files.readString(outside)).isEqualTo("precious");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(outside);
    }
  }

  @FunctionalInterface
  private interface ThrowingCall {
    void run() throws IOException;
  }

  @Test
  void a_manifest_that_names_a_file_elsewhere_reads_and_removes_nothing_there() throws IOException {
    SourceDay day = new SourceDay("twitter", Records.DAY);
    LocalFiles files = new LocalFiles(folder.resolve("archive"));
    Archive archive = Archives.over(files);
    Archives.load(archive, "b1", Records.some("a", 3, 1, 1));
    Path outside = Files.writeString(folder.resolve("x"), "precious");
    Edits.manifest(
        files,
        Archive.manifestPath(day, 1),
        json -> ((ObjectNode) json.withArray("files").get(0)).put("path", "../../../x"));

    assertThatThrownBy(() -> Model.of(archive))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("expected a path below the archive");
    assertThat(new Verifier(archive).verify(day)).isNotEmpty();
    assertThat(Files.readString(outside)).isEqualTo("precious");
  }
}
