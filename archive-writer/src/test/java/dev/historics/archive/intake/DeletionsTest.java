package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was deleted at its source, or taken down, does not come in. */
class DeletionsTest {
  private static final String NOTICE = "{\"delete\":\"a1\"}";

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  private static byte[] lines(String... lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private String quarantine(String batch) throws IOException {
    try (ArchiveInput in = files.open("_quarantine/source=twitter/%s.ndjson".formatted(batch))) {
      return new String(in.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_notice_takes_down_what_is_stored_and_is_put_aside_itself() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 3, 1, 1));

    ImportReport report = Archives.load(archive, "b2", List.of(NOTICE));

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(quarantine("b2")).startsWith("{\"reason\":\"a delete notice\"");
    assertThat(new Tombstones(archive).newest("twitter").entries())
        .containsExactly(new Tombstone(Tombstone.Kind.ID, "a1", Archives.NOW, "b2"));
  }

  @Test
  void what_was_taken_down_is_counted_but_neither_stored_nor_kept() throws IOException {
    List<String> records = Records.some("a", 3, 1, 1);
    Archives.load(archive, "b1", List.of(NOTICE));

    ImportReport report = Archives.load(archive, "b2", records);

    assertThat(report.read()).isEqualTo(3);
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(Archives.ids(archive)).containsExactly("a0", "a2");
    assertThat(quarantine("b2"))
        .startsWith("{\"reason\":\"taken down on 2026-11-21\"")
        .contains("\"line\":2")
        .contains("\"record\":\"\"")
        .doesNotContain("a1");
    assertThat(new Verifier(archive).verify(new SourceDay("twitter", Records.DAY))).isEmpty();
  }

  @Test
  void a_wish_that_a_record_be_gone_does_not_fail_an_import_that_fails_at_bad_records()
      throws IOException {
    Archives.load(archive, "b1", List.of(NOTICE));

    ImportReport report =
        Archives.load(
            archive,
            "b2",
            ImportSettings.STANDARD.withOnError(ImportSettings.OnError.FAIL),
            Records.input(Records.some("a", 3, 1, 1)));

    assertThat(report.stored()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 3})
  void a_stream_does_not_store_again_what_its_own_notices_deleted(int threads) throws IOException {
    List<String> records = Records.some("a", 3, 1, 1);
    byte[] input = lines(records.get(1), NOTICE, records.get(0), "", records.get(1));

    ImportReport report =
        Archives.load(
            archive,
            "b1",
            ImportSettings.STANDARD.withThreads(threads),
            new CommitPolicy(2, CommitPolicy.Bell.SILENT),
            Records.input("in", input));

    assertThat(report.read()).isEqualTo(4);
    assertThat(report.read())
        .isEqualTo(report.stored() + report.duplicates() + report.quarantined());
    assertThat(Archives.ids(archive)).containsExactly("a0", "a1");
    TombstoneList tombstones = new Tombstones(archive).newest("twitter");
    assertThat(tombstones.values(Tombstone.Kind.ID)).containsExactly("a1");
  }

  @Test
  void a_mapping_says_which_records_are_notices() throws Exception {
    SourceMapping mapping =
        SourceMapping.parse(
            "twitter.yaml",
            """
            source: twitter
            id: {path: id}
            created_at: {path: t, format: unix}
            delete: {path: [delete.status.id_str, delete.status.id]}
            """);
    byte[] input =
        lines(
            "{\"delete\":{\"status\":{\"id\":17,\"id_str\":\"17\"}}}",
            "{\"delete\":{\"status\":{\"id\":18}}}",
            "{\"delete\":{}}");

    ImportReport report =
        new Importer(archive, ImportSettings.STANDARD)
            .run(
                new BatchId("b1"),
                mapping::mapper,
                List.of(Records.input("in", input)),
                ImportWatch.NOBODY);

    assertThat(report.quarantined()).isEqualTo(3);
    assertThat(new Tombstones(archive).newest("twitter").values(Tombstone.Kind.ID))
        .containsExactlyInAnyOrder("17", "18");
    assertThat(quarantine("b1")).contains("\"reason\":\"a delete notice\"");
  }
}
