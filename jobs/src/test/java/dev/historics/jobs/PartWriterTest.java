package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.files.LocalFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartWriterTest {
  private static final byte[] LINE = "x".repeat(99).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private LocalFiles files;

  @BeforeEach
  void open() {
    files = new LocalFiles(folder);
  }

  private static void write(PartWriter writer, int lines) throws IOException {
    for (int i = 0; i < lines; i++) {
      writer.write(LINE, 0, LINE.length);
    }
  }

  @Test
  void nothing_written_makes_no_file() throws IOException {
    assertThat(new PartWriter(files, "p", () -> 1).finish()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"1", "655", "656", "2000"})
  void a_file_has_all_lines_their_count_and_their_hash(int lines) throws Exception {
    PartWriter writer = new PartWriter(files, "p", () -> 1);
    write(writer, lines);

    List<PartFile> parts = writer.finish();

    byte[] content = Files.readAllBytes(folder.resolve("p"));
    assertThat(new String(content, StandardCharsets.UTF_8))
        .isEqualTo(("x".repeat(99) + "\n").repeat(lines));
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(parts).containsExactly(new PartFile("p", lines, lines * 100L, hash));
  }

  /** 64 MB for all buffers, and none has less than 1 KB or more than 64 KB. */
  @ParameterizedTest
  @CsvSource({"1, 656", "1024, 656", "2048, 328", "10000, 68", "65536, 11", "1000000, 11"})
  void the_more_writers_a_task_has_the_less_waits_in_each(int writers, int lines)
      throws IOException {
    PartWriter writer = new PartWriter(files, "p", () -> writers);

    write(writer, lines - 1);
    assertThat(folder.resolve("p")).doesNotExist();
    write(writer, 1);

    assertThat(folder.resolve("p")).exists();
    assertThat(writer.finish()).extracting(PartFile::records).containsExactly((long) lines);
  }

  @Test
  void a_line_that_is_longer_than_the_buffer_is_written_whole() throws IOException {
    PartWriter writer = new PartWriter(files, "p", () -> 1);
    byte[] line = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

    writer.write(line, 10, line.length - 10);

    assertThat(writer.finish()).extracting(PartFile::bytes).containsExactly(line.length - 9L);
  }
}
