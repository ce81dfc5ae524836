package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's mapping was wrong; records were put aside, and are taken once it is mended. */
class QuarantineTest {
  private static final String MAPPING =
      """
      source: diary
      id: {path: id}
      created_at: {path: at, format: %s}
      interaction:
        content: {path: text}
      """;
  private static final String RECORDS =
      """
      {"id":1,"at":"2017-08-05T10:30:00Z","text":"rain"}
      {"id":2,"at":"06.08.2017","text":"sun"}
      {"id":3,"at":"07.08.2017","text":"snow"}
      {"id":4,"at":"some day","text":"fog"}
      {"text":"wind"}
      """;

  @TempDir Path folder;
  private Shell shell;
  private Path mended;
  private String batch;

  @BeforeEach
  void an_import_with_a_mapping_that_knows_one_way_to_write_a_time() throws IOException {
    shell = new Shell(folder.resolve("home"));
    Path sources = Files.createDirectories(folder.resolve("home/conf/sources"));
    Files.writeString(sources.resolve("diary.yaml"), MAPPING.formatted("iso"));
    mended =
        Files.writeString(
            folder.resolve("mended.yaml"), MAPPING.formatted("[iso, \"dd.MM.yyyy\"]"));
    Path records = Files.writeString(folder.resolve("diary.ndjson"), RECORDS);
    JsonNode ledger = shell.json("archive", "import", "--source", "diary", records.toString());
    assertThat(ledger.path("quarantined").asInt()).isEqualTo(4);
    batch = ledger.path("batch").asText();
  }

  @Test
  void the_list_says_how_many_there_are_and_the_most_frequent_reason() throws IOException {
    JsonNode lot = shell.json("archive", "quarantine", "ls").get(0);

    assertThat(lot.path("records").asInt()).isEqualTo(4);
    assertThat(lot.path("not_to_be_retried").asInt()).isZero();
    assertThat(lot.path("reasons").get(0).path("records").asInt()).isEqualTo(3);
    assertThat(lot.path("reasons").get(1).path("reason").asText())
        .isEqualTo("no id: 'id' has no value");
    assertThat(shell.ok("archive", "quarantine", "ls").out())
        .startsWith("SOURCE  BATCH ")
        .contains(
            "created_at: expected a time like '2017-08-05T10:30:00Z' at 'at', found"
                + " \"06.08.2017\" (3 of 4; and 1 more)");
  }

  @Test
  void what_a_mended_mapping_takes_is_archived_once_and_the_rest_stays() throws IOException {
    JsonNode first =
        shell.json("archive", "quarantine", "retry", batch, "--mapping", mended.toString()).get(0);
    JsonNode second = shell.json("archive", "quarantine", "retry", "--all").get(0);

    assertThat(first.path("read").asInt()).isEqualTo(4);
    assertThat(first.path("stored").asInt()).isEqualTo(2);
    assertThat(first.path("quarantined").asInt()).isEqualTo(2);
    assertThat(second.path("read").asInt()).isEqualTo(2);
    assertThat(second.path("stored").asInt()).isZero();
    assertThat(shell.json("archive", "days")).hasSize(3);
    assertThat(shell.json("archive", "quarantine", "ls").get(0).path("records").asInt())
        .isEqualTo(2);
    assertThat(shell.ok("archive", "verify").exitCode()).isZero();
  }

  @Test
  void a_cut_record_says_that_it_cannot_be_tried_again() throws IOException {
    Path large =
        Files.writeString(
            folder.resolve("large.ndjson"), "{\"text\":\"" + "x".repeat(3000) + "\"}\n");
    String cut =
        shell
            .json(
                "archive",
                "import",
                "--source",
                "diary",
                "-D",
                "import.max-record=2KB",
                large.toString())
            .path("batch")
            .asText();

    Shell.Ran ran = shell.ok("archive", "quarantine", "retry", cut);

    assertThat(ran.complaint())
        .containsExactly(
            "1 of them can never be tried again: they were cut, or are no whole record; mend"
                + " their input and import it");
  }

  @Test
  void what_to_try_again_must_be_said_and_must_be_there() {
    assertThat(shell.run("archive", "quarantine", "retry").complaint())
        .containsExactly(
            "historics: expected either a BATCH or --all, got neither",
            "'historics archive quarantine ls' lists the batches");
    assertThat(shell.run("archive", "quarantine", "retry", "nothing").complaint())
        .containsExactly(
            "historics: the quarantine has nothing of batch 'nothing'",
            "'historics archive quarantine ls' lists the batches");
    assertThat(shell.run("archive", "quarantine", "retry", batch, "--source", "other").exitCode())
        .isEqualTo(3);
  }
}
