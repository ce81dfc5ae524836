package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.DataSiftMapper;
import dev.historics.archive.testing.Edits;
import dev.historics.archive.testing.MendingMapper;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineRetryTest {
  private static final List<String> GOOD = Records.some("a", 10, 2, 1);
  private static final ImportSettings SMALL = ImportSettings.STANDARD.withRecordBytesMax(200);

  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));
  private final QuarantineShelf shelf = new QuarantineShelf(archive);

  private void load(String batch, List<String> records) throws IOException {
    Archives.load(archive, batch, SMALL, Records.input(records));
  }

  private static List<String> misspelt(int from, int to) {
    List<String> records = new ArrayList<>();
    GOOD.subList(from, to).forEach(record -> records.add(MendingMapper.misspelt(record)));
    return records;
  }

  private RetryReport retry(QuarantineShelf.Lot lot) throws IOException {
    return new QuarantineRetry(archive, SMALL)
        .run(lot, new BatchId("again"), MendingMapper::new, ImportWatch.NOBODY);
  }

  private String text(QuarantineShelf.Lot lot) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    shelf.copy(lot, text);
    return text.toString(StandardCharsets.UTF_8)
        .replaceAll(",\"(line_)?crc32c\":\"[0-9a-f]{8}\"", "");
  }

  @Test
  void what_is_good_now_is_archived_and_the_rest_stays_with_the_reason_of_today()
      throws IOException {
    load("b1", GOOD.subList(0, 3));
    List<String> records = misspelt(1, 6);
    records.add("nothing to be done");
    records.add("x".repeat(300));
    load("b2", records);
    QuarantineShelf.Lot lot = shelf.lots().get(0);

    RetryReport report = retry(lot);

    assertThat(report).isEqualTo(new RetryReport(lot, new BatchId("again"), 7, 3, 2, 2, 1));
    assertThat(Archives.ids(archive)).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    assertThat(shelf.lots())
        .singleElement()
        .satisfies(
            left ->
                assertThat(text(left))
                    .isEqualTo(
                        """
        {"reason":"not JSON","input":"records.ndjson","line":6,"offset":449,"record":"nothing to be done"}
        {"reason":"too large: expected at most 200 bytes, found 300","input":"records.ndjson","line":7,"offset":468,"retry":false,"record":"%s"}
        """
                            .formatted("x".repeat(300))));
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @Test
  void a_lot_that_is_all_good_leaves_nothing_and_cannot_be_found_again() throws IOException {
    load("b1", misspelt(0, 10));

    RetryReport report = retry(shelf.lots().get(0));

    assertThat(report.stored()).isEqualTo(10);
    assertThat(shelf.lots()).isEmpty();
    assertThat(archive.files().list("_quarantine/source=twitter")).containsExactly("b1~1.ndjson");
    assertThat(Model.of(archive).putAside()).isEmpty();
  }

  @Test
  void a_lot_may_be_tried_again_and_again() throws IOException {
    List<String> records = misspelt(0, 2);
    records.add("no");
    load("b1", records);
    retry(shelf.lots().get(0));
    RetryReport second = retry(shelf.lots().get(0));

    assertThat(second.read()).isEqualTo(1);
    assertThat(second.quarantined()).isEqualTo(1);
    assertThat(shelf.lots().get(0).version()).isEqualTo(2);
    assertThat(shelf.summary(shelf.lots().get(0)))
        .isEqualTo(
            new QuarantineShelf.Summary(
                1, 0, List.of(new Reasons.Reason("not JSON", 1, "records.ndjson:3", ""))));
  }

  @Test
  void two_who_try_the_same_lot_store_nothing_twice_and_one_is_told() throws IOException {
    load("b1", misspelt(0, 10));
    QuarantineShelf.Lot lot = shelf.lots().get(0);
    archive.files().create(lot.path().replace(".ndjson", "~1.ndjson")).close();

    assertThatThrownBy(() -> retry(lot))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "_quarantine/source=twitter/b1.ndjson: somebody else tried this lot again at the same"
                + " time; nothing was stored twice, run it again for what is left");
    assertThat(Archives.ids(archive)).hasSize(10).doesNotHaveDuplicates();
    assertThat(archive.files().list("_quarantine/source=twitter/_staging")).isEmpty();
  }

  @Test
  void a_version_that_no_longer_counts_is_swept() throws IOException {
    load("b1", misspelt(0, 10));
    archive.files().create("_quarantine/source=twitter/b1~1.ndjson").close();

    assertThat(new Sweeper(archive, Duration.ofDays(1)).sweepQuarantine("twitter"))
        .containsExactly("_quarantine/source=twitter/b1.ndjson");
    assertThat(archive.files().list("_quarantine/source=twitter")).containsExactly("b1~1.ndjson");
  }

  @Test
  void a_damaged_lot_is_named_with_its_line_and_stays() throws IOException {
    load("b1", misspelt(0, 3));
    QuarantineShelf.Lot lot = shelf.lots().get(0);
    String right = new String(Edits.read(archive.files(), lot.path()), StandardCharsets.UTF_8);

    for (String wrong :
        List.of(
            right.replaceFirst("\\\\\"id\\\\\":\\\\\"a0", "\\\\\"id\\\\\":\\\\\"b0"),
            right.replaceFirst("crc32c", "crc32d"),
            right.replaceFirst("\"line\":1", "\"line\":7"),
            right.replaceFirst("\"reason\":\"", "\"reason\":\"not "),
            "{\"reason\":\n" + right,
            "[]\n" + right)) {
      Edits.replace(archive.files(), lot.path(), wrong.getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> retry(lot))
          .isInstanceOf(IOException.class)
          .message()
          .startsWith("_quarantine/source=twitter/b1.ndjson:1: the quarantine is damaged: ");
      assertThat(shelf.lots()).hasSize(1);
      assertThat(archive.days()).isEmpty();
    }
  }

  @Test
  void a_flipped_bit_in_a_line_is_found_or_does_no_harm() throws IOException {
    load("b1", misspelt(0, 1));
    byte[] right = Edits.read(archive.files(), shelf.lots().get(0).path());
    int harmless = 0;

    for (int bit = 0; bit < (right.length - 1) * 8; bit++) {
      byte[] flipped = right.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      List<String> lines = new String(flipped, StandardCharsets.UTF_8).lines().toList();
      try {
        for (String line : lines) {
          assertThat(QuarantineEntry.parse(line).line()).as("bit %d", bit).isEqualTo(right);
        }
        harmless++;
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }

    // Those in the name and the quotes of the checksum: a line without one is an older line.
    assertThat(harmless).isLessThan(8 * ",\"line_crc32c\":\"\"".length());
  }

  @Test
  void a_retry_is_of_one_source() throws IOException {
    load("b1", misspelt(0, 1));
    QuarantineShelf.Lot lot = shelf.lots().get(0);

    assertThatThrownBy(
            () ->
                new QuarantineRetry(archive, SMALL)
                    .run(
                        lot,
                        new BatchId("x"),
                        () -> new DataSiftMapper("other"),
                        ImportWatch.NOBODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a mapper of source 'twitter', got one of 'other'");
  }
}
