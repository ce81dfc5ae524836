package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the standard input is stored bit by bit, and acknowledged. */
class ImportStreamTest {
  @TempDir Path home;

  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(home);
  }

  private static String record(int id) {
    return """
        {"interaction":{"id":"%d","created_at":"2017-08-05T10:30:00Z","content":"word"}}
        """
        .formatted(id);
  }

  private static String records(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int id = from; id < to; id++) {
      text.append(record(id));
    }
    return text.toString();
  }

  @Test
  void each_commit_is_a_line_of_json_and_the_ledger_comes_last() throws IOException {
    String text = records(0, 3) + "no JSON\n" + record(1);

    List<JsonNode> lines =
        shell
            .typing(text)
            .ok(
                "archive",
                "import",
                "--source",
                "twitter",
                "--commit-every=2",
                "--output=jsonl",
                "-")
            .jsonLines();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).toString())
        .isEqualTo(
            "{\"commit\":1,\"input\":\"stdin\",\"offset\":%d,\"read\":2,\"stored\":2,\"duplicates\":0,\"quarantined\":0}"
                .formatted(records(0, 2).length()));
    assertThat(lines.get(1).path("quarantined").asInt()).isEqualTo(1);
    assertThat(lines.get(2).path("offset").asInt()).isEqualTo(text.length());
    JsonNode ledger = lines.get(3);
    assertThat(ledger.path("read").asInt()).isEqualTo(5);
    assertThat(ledger.path("stored").asInt()).isEqualTo(3);
    assertThat(ledger.path("duplicates").asInt()).isEqualTo(1);
    assertThat(ledger.path("quarantined").asInt()).isEqualTo(1);
    assertThat(ledger.path("days").path("2017-08-05").path("stored").asInt()).isEqualTo(3);
  }

  @Test
  void json_is_one_ledger_and_people_read_acknowledgements_on_the_side() throws IOException {
    Shell.Ran ran =
        shell
            .typing(records(0, 3))
            .ok(
                "archive",
                "import",
                "--source",
                "twitter",
                "--commit-every=2",
                "--output=json",
                "-");

    assertThat(ran.json().path("stored").asInt()).isEqualTo(3);
    assertThat(ran.complaint())
        .containsExactly(
            "stored up to byte %d of stdin: read 2 = stored 2 + duplicates 0 + quarantined 0"
                .formatted(records(0, 2).length()),
            "stored up to byte %d of stdin: read 3 = stored 3 + duplicates 0 + quarantined 0"
                .formatted(records(0, 3).length()));
  }

  @Test
  void a_file_is_gone_on_with_and_read_from_its_start_if_that_is_asked_for() throws IOException {
    Path file = Files.writeString(home.resolve("in.ndjson"), records(0, 4));
    String[] command = {
      "archive", "import", "--source", "twitter", "--commit-every=2", file.toString()
    };
    shell.ok(command);
    Files.writeString(file, records(0, 5));

    Shell.Ran again = shell.ok(command);

    assertThat(again.out()).startsWith("twitter: read 1 = stored 1 + duplicates 0");
    assertThat(again.complaint().get(0))
        .isEqualTo(
            "%s: resumed at record 4 (byte %d); an earlier import stored what is before"
                .formatted(file, records(0, 4).length()));
    assertThat(shell.ok(command).complaint())
        .contains("there is nothing new; --from-start reads everything again");
    String[] whole = Arrays.copyOf(command, command.length + 1);
    whole[command.length] = "--from-start";
    assertThat(shell.ok(whole).out()).startsWith("twitter: read 5 = stored 0 + duplicates 5");
    String[] atEnd = {"archive", "import", "--source", "twitter", file.toString()};
    assertThat(shell.ok(atEnd).out()).startsWith("twitter: read 5 = stored 0 + duplicates 5");
  }

  @Test
  void a_file_is_stored_at_its_end_and_the_standard_input_too_if_that_is_asked_for() {
    Shell.Ran ran =
        shell
            .typing(records(0, 3))
            .ok("archive", "import", "--source", "twitter", "--commit-every", "end", "-");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .isEqualTo("twitter: read 3 = stored 3 + duplicates 0 + quarantined 0; 1 day\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "50000", "30s", "50000,30s", "30s,50000", "end"})
  void a_policy_is_a_number_a_time_or_both(String policy) throws IOException {
    JsonNode ledger =
        shell
            .typing(records(0, 3))
            .json("archive", "import", "--source", "twitter", "--commit-every", policy, "-");

    assertThat(ledger.path("stored").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          --commit-every=often  => --commit-every: expected a number of records, a time, or both, got 'often'
          --commit-every=0      => --commit-every: expected a number of records, a time, or both, got '0'
          --commit-every=0s     => --commit-every: expected a number of records, a time, or both, got '0s'
          --commit-every=1,2    => --commit-every: expected a number of records, a time, or both, got '1,2'
          --commit-every=1s,    => --commit-every: expected a number of records, a time, or both, got '1s,'
          -Dimport.memory=1KB   => import.memory (option -D): expected at least 4KB, got '1KB'
          -Dimport.threads=-1   => import.threads (option -D): expected a whole number of at least 0, got '-1'
          -Dimport.future=never => import.future (option -D): expected a duration such as '30s' or '5m', got 'never'
          """)
  void a_policy_or_a_setting_that_is_none_is_refused(String option, String cause) {
    Shell.Ran ran =
        shell.typing(records(0, 3)).run("archive", "import", "--source", "twitter", option, "-");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint()).hasSize(2).first().asString().endsWith(cause);
  }

  @Test
  void a_record_too_far_in_the_future_is_put_aside() throws IOException {
    String future = record(1).replace("2017-08-05T10:30:00Z", "2026-01-03T04:00:00Z");
    String soon = record(2).replace("2017-08-05T10:30:00Z", "2026-01-03T02:00:00Z");

    JsonNode ledger =
        shell.typing(future + soon).json("archive", "import", "--source", "twitter", "-");

    assertThat(ledger.path("stored").asInt()).isEqualTo(1);
    assertThat(shell.ok("archive", "quarantine", "show", ledger.path("batch").asText()).out())
        .contains(
            "created_at: expected a time of at most 1d after the present, found 2026-01-03T04:00:00Z");
  }
}
