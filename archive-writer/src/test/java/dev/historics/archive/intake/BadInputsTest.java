package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.DataSiftMapper;
import dev.historics.archive.testing.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputsTest {
  private static final String GOOD = Records.some("good", 1, 1, 1).get(0);
  private static final ImportSettings FAIL =
      ImportSettings.STANDARD.withOnError(ImportSettings.OnError.FAIL);

  @TempDir Path folder;

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  private ImportReport load(ImportSettings settings, String name, String... lines)
      throws IOException {
    return load(settings, name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private ImportReport load(ImportSettings settings, String name, byte[] bytes) throws IOException {
    return Archives.load(archive, "b1", settings, Records.input(name, bytes));
  }

  private String quarantine() throws IOException {
    try (ArchiveInput in = files.open("_quarantine/source=twitter/b1.ndjson")) {
      return new String(in.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          what?                                            => not JSON
          {"interaction":{                                 => not JSON
          {}                                               => no id
          {"interaction":{"id":"1"}}                       => created_at: expected a time, found ''
          {"interaction":{"id":"1","created_at":"today"}}  => created_at: expected a time, found 'today'
          {"interaction":{"id":"1","created_at":"1969-12-31T23:59:59Z"}} => created_at: expected a time from 1970 to 9999, found 1969-12-31T23:59:59Z
          {"interaction":{"id":"\\ud800","created_at":"2017-08-05T00:00:00Z"}} => id: expected Unicode text, found half a character
          """)
  void a_record_that_cannot_be_archived_is_put_aside_with_reason_and_place(
      String record, String reason) throws IOException {
    ImportReport report = load(ImportSettings.STANDARD, "in.ndjson", GOOD, record, "", GOOD);

    assertThat(report.read()).isEqualTo(3);
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.problems()).isEmpty();
    assertThat(quarantine())
        .startsWith(
            "{\"reason\":\"%s\",\"input\":\"in.ndjson\",\"line\":2,\"offset\":%d,\"record\":\""
                .formatted(reason, GOOD.length() + 1));
  }

  @Test
  void with_fail_the_first_bad_record_ends_the_import_and_nothing_is_stored() {
    assertThatThrownBy(() -> load(FAIL, "in.ndjson", GOOD, "what?", GOOD))
        .isInstanceOf(RecordRefusedException.class)
        .hasMessage(
            "in.ndjson:2: not JSON; nothing was stored."
                + " Mend the input, or import with --on-error quarantine");
    assertThat(filesLeft()).isEmpty();
  }

  private List<String> filesLeft() {
    try {
      return Archives.paths(files, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_line_of_five_megabytes_is_put_aside_with_its_head() throws IOException {
    String huge = "{\"x\":\"" + "y".repeat(5 << 20) + "\"}";

    ImportReport report = load(ImportSettings.STANDARD, "in.ndjson", GOOD, huge, GOOD + " ");

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.read()).isEqualTo(3);
    assertThat(quarantine())
        .contains("too large: expected at most 1048576 bytes, found 5242889")
        .hasSizeLessThan(1500);
  }

  @Test
  void a_record_of_exactly_the_largest_size_is_taken_and_one_byte_more_is_not() throws IOException {
    ImportSettings exact = ImportSettings.STANDARD.withRecordBytesMax(GOOD.length());

    assertThat(load(exact, "in.ndjson", GOOD, " " + GOOD).quarantined()).isEqualTo(1);
  }

  @Test
  void an_empty_input_is_an_empty_import() throws IOException {
    assertThat(load(ImportSettings.STANDARD, "in.ndjson", "").read()).isZero();
    assertThat(load(ImportSettings.STANDARD, "in.ndjson", "\n\r\n  \n").read()).isZero();
    assertThat(load(ImportSettings.STANDARD, "in.csv", "").read()).isZero();
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void lines_end_at_a_line_feed_alone_and_may_have_a_carriage_return() throws IOException {
    List<String> records = Records.some("a", 2, 1, 1);
    String strange = Records.record("b", Archives.NOW, "next\u0085line\u2028separator");

    ImportReport report =
        load(
            ImportSettings.STANDARD,
            "in.ndjson",
            records.get(0) + "\r",
            records.get(1) + "\r",
            strange);

    assertThat(report.stored()).isEqualTo(3);
    assertThat(report.quarantined()).isZero();
  }

  @Test
  void gzip_in_members_and_zstd_are_read_whatever_their_name() throws IOException {
    List<String> records = Records.some("a", 100, 1, 1);
    byte[] one = gzip(String.join("\n", records.subList(0, 50)) + "\n");
    byte[] two = gzip(String.join("\n", records.subList(50, 80)) + "\n");
    byte[] members = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, members, one.length, two.length);
    byte[] zstd =
        Zstd.compress(String.join("\n", records.subList(80, 100)).getBytes(StandardCharsets.UTF_8));

    assertThat(load(ImportSettings.STANDARD, "in", members).stored()).isEqualTo(80);
    assertThat(load(ImportSettings.STANDARD, "in", zstd).stored()).isEqualTo(20);
  }

  @Test
  void of_a_cut_gzip_what_was_before_the_cut_counts_and_the_cut_is_reported() throws IOException {
    List<String> records = Records.some("a", 2000, 1, 1);
    byte[] whole = gzip(String.join("\n", records));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);

    ImportReport report = load(ImportSettings.STANDARD, "in.ndjson.gz", cut);

    assertThat(report.problems())
        .singleElement()
        .asString()
        .startsWith("in.ndjson.gz:")
        .contains("the input is cut or damaged: Unexpected end of ZLIB input stream");
    assertThat(report.stored()).isBetween(500L, 1500L);
    assertThat(Archives.ids(archive)).hasSize((int) report.stored());
    assertThat(quarantine()).contains("the input ends inside this record");
  }

  @Test
  void with_fail_a_cut_input_stores_nothing() throws IOException {
    byte[] whole =
        Zstd.compress(
            String.join("\n", Records.some("a", 2000, 1, 1)).getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);

    assertThatThrownBy(() -> load(FAIL, "in.zst", cut)).isInstanceOf(IOException.class);
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void rows_of_csv_become_objects_of_strings() throws IOException {
    InputRecord header =
        new InputRecord(1, 0, "\uFEFFid,\"a \"\"b\"\"\",c".getBytes(StandardCharsets.UTF_8), "");
    CsvRows rows = CsvRows.named(header);

    assertThat(row(rows, "1,\"x, \"\"y\"\"\nz\","))
        .isEqualTo("{\"id\":\"1\",\"a \\\"b\\\"\":\"x, \\\"y\\\"\\nz\",\"c\":\"\"}");
    assertThat(row(rows, "1,2")).isEqualTo("not CSV: expected 3 fields as in the header, found 2");
    assertThat(row(rows, "1,\"2\"x,3"))
        .isEqualTo("not CSV: expected ',' after the quote at character 5");
    assertThat(row(rows, "1,2\",3"))
        .isEqualTo("not CSV: a quote at character 4, in a field that does not start with one");
    assertThat(row(rows, "1,2,\"3")).isEqualTo("not CSV: the quote at character 5 is never closed");
  }

  @Test
  void a_byte_order_mark_may_stand_before_a_quoted_header_that_goes_over_lines()
      throws IOException {
    String csv = "\uFEFF\"id\",\"a\nb\"\n\"1\",2\n";
    ImportInput input = Records.input("in.csv", csv.getBytes(StandardCharsets.UTF_8));
    try (InputReader reader = InputReader.open(input, 100)) {
      assertThat(reader.next().orElseThrow().bytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("{\"id\":\"1\",\"a\\nb\":\"2\"}");
      assertThat(reader.next()).isEmpty();
    }
  }

  private static String row(CsvRows rows, String text) {
    InputRecord row = rows.row(new InputRecord(2, 9, text.getBytes(StandardCharsets.UTF_8), ""));
    return row.isWhole() ? new String(row.bytes(), StandardCharsets.UTF_8) : row.refusal();
  }

  @Test
  void a_csv_record_may_span_lines_and_bad_ones_do_not_hide_good_ones() throws IOException {
    String csv = "id,text\n1,\"two\nlines\"\n2\n3,\"never closed\n4,ok\n";
    ImportInput input = Records.input("in.csv", csv.getBytes(StandardCharsets.UTF_8));
    try (InputReader reader = InputReader.open(input, 20)) {
      assertThat(reader.next().orElseThrow().bytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("{\"id\":\"1\",\"text\":\"two\\nlines\"}");
      assertThat(reader.next().orElseThrow().refusal()).contains("expected 2 fields");
      InputRecord unclosed = reader.next().orElseThrow();
      assertThat(unclosed.line()).isEqualTo(5);
      assertThat(unclosed.isWhole()).isFalse();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void folders_are_read_in_order_without_hidden_files() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("b/2.ndjson"), GOOD);
    Files.writeString(folder.resolve("a.ndjson"), GOOD);
    Files.writeString(folder.resolve(".hidden"), "what?");

    List<ImportInput> inputs = ImportInput.at(folder);

    assertThat(inputs.stream().map(ImportInput::name))
        .containsExactly(
            folder.resolve("a.ndjson").toString(), folder.resolve("b/2.ndjson").toString());
    assertThatThrownBy(() -> ImportInput.at(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": there is no such file");
  }

  @Test
  void a_cancelled_import_leaves_nothing() {
    ImportWatch impatient =
        new ImportWatch() {
          @Override
          public void progress(long records, long bytes, long bytesTotal) {
            assertThat(bytesTotal).isEqualTo(-1);
          }

          @Override
          public boolean isCancelled() {
            return true;
          }
        };

    assertThatThrownBy(
            () ->
                new Importer(archive, ImportSettings.STANDARD)
                    .run(
                        new BatchId("b1"),
                        () -> new DataSiftMapper("twitter"),
                        List.of(Records.input(Records.some("a", 3000, 2, 1))),
                        impatient))
        .isInstanceOf(ImportCancelledException.class)
        .hasMessage("cancelled after 0 records; nothing was stored");
    assertThat(filesLeft()).isEmpty();
  }
}
