package dev.historics.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Edits;
import dev.historics.archive.testing.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Landing files that somebody made to do harm, of the length that the manifest says. */
class HostileLandingFileTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final byte[] SYNC = new byte[16];
  private static final Duration SOON = Duration.ofSeconds(5);

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  @BeforeEach
  void a_day() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 60, 1, 1));
  }

  /** Puts a file in place of the day's, and makes the manifest believe in it. */
  private DataFile plant(byte[] content) throws IOException {
    String manifest = Archive.manifestPath(DAY, 1);
    String path = archive.newest(DAY).orElseThrow().files().get(0).path();
    Edits.replace(files, DAY.directory() + "/" + path, content);
    Edits.manifest(
        files,
        manifest,
        json -> ((ObjectNode) json.withArray("files").get(0)).put("bytes", content.length));
    return archive.newest(DAY).orElseThrow().files().get(0);
  }

  private static byte[] file(String schema, String codec, byte[]... blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoder.writeFixed(new byte[] {'O', 'b', 'j', 1});
    encoder.writeMapStart();
    encoder.setItemCount(2);
    encoder.startItem();
    encoder.writeString("avro.codec");
    encoder.writeBytes(codec.getBytes(StandardCharsets.UTF_8));
    encoder.startItem();
    encoder.writeString("avro.schema");
    encoder.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
    encoder.writeMapEnd();
    encoder.writeFixed(SYNC);
    for (byte[] block : blocks) {
      encoder.writeLong(60);
      encoder.writeBytes(block);
      encoder.writeFixed(SYNC);
    }
    encoder.flush();
    return out.toByteArray();
  }

  private void assertRefused(byte[] content, String reason) throws IOException {
    DataFile entry = plant(content);
    long begin = System.nanoTime();

    assertThatThrownBy(() -> readAll(entry))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(DAY.directory() + "/" + entry.path() + ": cut or damaged at byte ")
        .hasMessageContaining(reason)
        .message()
        .hasSizeLessThan(600);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
  }

  private void readAll(DataFile entry) throws IOException {
    try (LandingFile file = LandingFile.open(files, DAY, entry)) {
      while (file.hasNext()) {
        file.next();
      }
    }
  }

  /** A class that a schema names, and that says so if anybody loads it. */
  static final class Canary {
    static {
      System.setProperty("historics.test.canary", "sang");
    }

    private Canary() {}
  }

  static String[] schemas() {
    String fields =
        "{\"name\":\"f%d\",\"type\":\"string\"},".repeat(100_000).replace("%d", "")
            + "{\"name\":\"z\",\"type\":\"string\"}";
    return new String[] {
      "{\"type\":\"string\",\"java-class\":\""
          + HostileLandingFileTest.class.getName()
          + "$Canary\"}",
      LandingSchema.SCHEMA
          .toString()
          .replace(
              "\"string\"",
              "{\"type\":\"string\",\"java-class\":\""
                  + HostileLandingFileTest.class.getName()
                  + "$Canary\"}"),
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}",
      "{\"type\":\"array\",\"items\":".repeat(100_000) + "\"int\"" + "}".repeat(100_000),
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}",
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"string\",\"default\":\""
          + "x".repeat(5_000_000)
          + "\"}]}",
      "no schema",
      ""
    };
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void a_schema_of_somebody_else_is_compared_and_never_parsed(String schema) throws IOException {
    String reason =
        schema.length() > 1 << 16
            ? "expected at most 65536 bytes in an entry of the header, found "
            : "expected avro.schema {";

    assertRefused(file(schema, "zstandard"), reason);
    assertThat(System.getProperty("historics.test.canary")).isNull();
  }

  @Test
  void a_codec_that_we_do_not_write_is_refused() throws IOException {
    assertRefused(
        file(LandingSchema.SCHEMA.toString(), "deflate"),
        "expected avro.codec zstandard, found deflate");
  }

  @Test
  void a_block_that_unpacks_to_ten_gigabytes_is_refused_before_it_takes_the_memory()
      throws IOException {
    byte[] frame = Zstd.compress(new byte[64 << 20], 3);
    byte[] bomb = new byte[frame.length * 160];
    for (int at = 0; at < bomb.length; at += frame.length) {
      System.arraycopy(frame, 0, bomb, at, frame.length);
    }
    long before = used();

    assertRefused(
        file(LandingSchema.SCHEMA.toString(), "zstandard", bomb),
        "the block cannot be unpacked: expected at most ");
    assertThat(used() - before).isLessThan(100L << 20);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void sizes_that_lie_are_refused() throws IOException {
    String schema = LandingSchema.SCHEMA.toString();
    byte[] good = file(schema, "zstandard", Zstd.compress(new byte[10]));
    byte[] huge = Arrays.copyOf(good, good.length + 1);
    // Behind the number of rows, the length of the block: nine bytes of ones.
    int block = file(schema, "zstandard").length;
    Arrays.fill(huge, block + 1, block + 10, (byte) 0xFF);

    assertRefused(huge, "expected ");
    assertRefused(good, "a row cannot be read: ");
    assertRefused(Arrays.copyOf(good, 20), "the file ends there, ");
    assertRefused(new byte[] {'P', 'A', 'R', '1'}, "it does not start as an Avro file does");
    assertRefused(new byte[0], "the file ends there, 4 bytes early");
  }

  @Test
  void a_block_with_more_than_its_rows_is_refused() throws IOException {
    byte[] row = {2, 'x', 0, 0};
    byte[] rows = new byte[row.length * 61];
    for (int i = 0; i < 61; i++) {
      System.arraycopy(row, 0, rows, i * row.length, row.length);
    }

    assertRefused(
        file(LandingSchema.SCHEMA.toString(), "zstandard", Zstd.compress(rows)),
        "it holds more than its rows");
  }
}
