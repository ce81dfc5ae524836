package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads run with a pretend clock, and traces of the real queue. */
class SimulateTest {
  private static final String[] SMALL = {
    "simulate", "--synthetic", "normal", "--length", "30", "--dumps", "0", "--seeds", "2"
  };

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(folder.resolve("home"));
  }

  private String[] small(String... more) {
    String[] all = new String[SMALL.length + more.length];
    System.arraycopy(SMALL, 0, all, 0, SMALL.length);
    System.arraycopy(more, 0, all, SMALL.length, more.length);
    return all;
  }

  @Test
  void policies_are_told_in_the_order_asked_with_all_figures() throws IOException {
    JsonNode rows = shell.json(small("--policy", "seed,tickets", "--estimates", "2"));

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("policy").asText()).isEqualTo("seed");
    JsonNode row = rows.get(1);
    assertThat(row.path("policy").asText()).isEqualTo("tickets");
    assertThat(row.path("seeds").asInt()).isEqualTo(2);
    for (String figure :
        List.of(
            "jain_mean",
            "jain_min",
            "largest_gap_rounds",
            "scans",
            "sharing_factor",
            "makespan",
            "idle_while_waiting")) {
      assertThat(row.has(figure)).as(figure).isTrue();
    }
    assertThat(row.path("scans").asDouble()).isPositive();
    assertThat(row.path("idle_while_waiting").asDouble()).isZero();
    assertThat(row.path("slowdown").path("small").path("p95").asDouble()).isPositive();
    assertThat(row.path("slowdown").path("all").path("max").asDouble()).isPositive();
    assertThat(row.path("eta").path("median_error").isNumber()).isTrue();
    assertThat(row.path("eta").path("coverage").isNumber()).isTrue();
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_one_others() {
    String first = shell.ok(small("--seed", "7", "--output", "json")).out();

    assertThat(shell.ok(small("--seed", "7", "--output", "json")).out()).isEqualTo(first);
    assertThat(shell.ok(small("--seed", "8", "--output", "json")).out()).isNotEqualTo(first);
  }

  @Test
  void people_see_policies_side_by_side() {
    String table = shell.ok(small("--policy", "tickets,seed", "--estimates", "0")).out();

    assertThat(table.lines().findFirst().orElseThrow()).matches("FIGURE +TICKETS +SEED");
    assertThat(table).contains("fairness (Jain), mean", "slowdown, up to 7 days, 95 in 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          --seeds 1                                => a workload is missing
          --synthetic light --trace x              => there are two workloads
          --synthetic light --policy best          => --policy: expected a policy out of
          --synthetic light --seeds 0              => --seeds: expected at least 1, got 0
          --synthetic light --slots 0              => slots must be at least 1, got 0
          --synthetic light --failures 1.5         => failures must be in [0, 1), got 1.5
          --trace x --users 3                      => a trace cannot be made up differently
          """)
  void wrong_usage_is_told(String options, String message) {
    Shell.Ran ran = shell.run(("simulate " + options).split(" "));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
  }

  @Test
  void a_trace_that_is_not_there_is_not_found() {
    Shell.Ran ran = shell.run("simulate", "--trace", folder.resolve("no").toString());

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err()).contains("there is no file").contains("check the path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                => :2: this is not JSON
          []                                      => :2: expected a JSON object, found '[]'
          {"other":1}                             => :2: expected a query or a job, found '{"other":1}'
          {"query":"q1"}                          => :2: expected a list as 'sources', found nothing
          {"query":"q1","sources":["s"],"user":7} => :2: expected a text as 'user', found '7'
          """)
  void a_bad_line_is_told_with_its_place(String line, String message) throws IOException {
    Path file = folder.resolve("trace.jsonl");
    Files.writeString(file, "{\"trace\":1,\"slots\":2}\n" + line + "\n");

    Shell.Ran ran = shell.run("simulate", "--trace", file.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains(file + message);
  }

  @Test
  void a_file_that_is_no_trace_is_refused() throws IOException {
    Path file = folder.resolve("trace.jsonl");
    Files.writeString(file, "{\"a\":1}\n");

    Shell.Ran ran = shell.run("simulate", "--trace", file.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains(file + ":1: expected the heading of a trace");
  }

  @Test
  void what_the_queue_was_asked_can_be_exported_and_simulated() throws IOException {
    String rule = "interaction.content contains \"secret words\"";
    Path made = folder.resolve("made");
    shell.ok(
        "generate",
        "--source",
        "twitter",
        "--from",
        "2017-08-05",
        "--days",
        "3",
        "--rate",
        "0.001",
        "--seed",
        "1",
        "--out",
        made.toString());
    shell.ok("archive", "import", "--source", "twitter", made.toString());
    shell.submit("ann", rule, "twitter", "2017-08-05", "2017-08-08");
    shell.submit("bob", rule, "twitter", "2017-08-05", "2017-08-06");
    Path file = folder.resolve("trace.jsonl");

    Shell.Ran exported = shell.ok("queue", "export", "--out", file.toString(), "--anonymous");

    assertThat(exported.err()).contains("2 queries and 0 jobs exported");
    String trace = Files.readString(file);
    assertThat(trace.lines()).hasSize(3);
    assertThat(trace).contains("user1", "user2").doesNotContain("ann", "bob", "secret");
    assertThat(shell.ok("queue", "export").out()).contains("\"ann\"").doesNotContain("secret");
    JsonNode row = shell.json("simulate", "--trace", file.toString(), "--seeds", "1").get(0);
    assertThat(row.path("queries").asInt()).isEqualTo(2);
    assertThat(row.path("chunks").asInt()).isEqualTo(4);
    assertThat(row.path("scans").asInt()).isBetween(3, 4);
  }
}
