package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are stored and named by others, and the tags that results carry. */
class StoredRulesTest {
  private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
  private static final String TAGS =
      """
      tag "rainy" { interaction.content contains "rain" }
      tag.mood.good 1.5 { interaction.content contains "sun" }
      tag.mood.good 1 { interaction.content contains "rain" }
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(folder.resolve("home"));
  }

  private String stored(String rule) {
    return shell.ok("compile", "--csdl", rule).out().strip();
  }

  private void archive(String... contents) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String content : contents) {
      lines.append(
          Lines.interaction(
              "a" + (lines.length() + 1), "Sat, 05 Aug 2017 10:30:00 +0000", content));
    }
    Path file = Files.writeString(folder.resolve("in.ndjson"), lines);
    shell.ok("archive", "import", "--source", "twitter", file.toString());
  }

  private String submit(String rule) {
    return shell.submit("ann", rule, "twitter", "2017-08-05", "2017-08-06");
  }

  // ---- compile

  @Test
  void a_rule_is_stored_under_its_hash_once_however_it_is_spelled() throws IOException {
    String rule = "interaction.content contains \"rain\" and language.tag == \"en\"";
    Path file = Files.writeString(folder.resolve("rule.csdl"), rule);
    JsonNode valid = shell.json("validate", file.toString());

    JsonNode first = shell.json("compile", file.toString());
    JsonNode second =
        shell
            .typing("// again\nINTERACTION.content CONTAINS \"rain\"\n AND language.tag == \"en\"")
            .json("compile", "-");
    Shell.Ran third = shell.ok("compile", "--csdl", rule);

    assertThat(EndToEndTest.fields(first))
        .containsExactlyInAnyOrder("hash", "complexity", "targets", "stored");
    assertThat(first.path("hash")).isEqualTo(valid.path("hash"));
    assertThat(first.path("complexity")).isEqualTo(valid.path("complexity"));
    assertThat(first.path("targets")).isEqualTo(valid.path("targets"));
    assertThat(first.path("stored").asBoolean()).isTrue();
    assertThat(second.path("hash")).isEqualTo(first.path("hash"));
    assertThat(second.path("stored").asBoolean()).isFalse();
    assertThat(third.out()).isEqualTo(first.path("hash").asText() + "\n");
    assertThat(third.err())
        .isEqualTo("stored before: complexity 2, targets interaction.content, language.tag\n");
    assertThat(shell.ok("compile", "--quiet", "--csdl", rule).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "jsonl"})
  void a_wrong_rule_is_answered_as_validate_does_and_not_stored(String format) {
    String rule = "interaction.contnet contains \"a\" or language.tag > 4 4";

    Shell.Ran compiled = shell.run("compile", "--csdl", rule, "--output", format);

    assertThat(compiled).isEqualTo(shell.run("validate", "--csdl", rule, "--output", format));
    assertThat(compiled.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void a_compile_that_cannot_store_fails() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("home")).resolve("state"), "a file");

    Shell.Ran ran = shell.run("compile", "--csdl", "interaction.content exists");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
  }

  // ---- rules that name rules

  @ParameterizedTest
  @ValueSource(strings = {"stream", "rule", "tags"})
  void a_hash_that_is_not_there_is_marked_in_the_rule(String keyword) {
    String rule =
        "tag \"a\" { interaction.content exists }\n  %s \"%s\"".formatted(keyword, UNKNOWN);
    String whole = keyword.equals("tags") ? rule : rule.replace("\n  ", "\nreturn { ") + " }";

    Shell.Ran ran = shell.run("validate", "--csdl", whole);

    String line = whole.lines().toList().get(1);
    int column = line.indexOf('"') + 1;
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint())
        .containsExactly(
            "csdl:2:%d: error: unknown rule '%s'".formatted(column, UNKNOWN),
            line,
            " ".repeat(column - 1) + "^".repeat(34),
            "hint: 'historics compile FILE' stores a rule under its hash");
    assertThat(folder.resolve("home")).as("only looked at").doesNotExist();
  }

  @Test
  void results_carry_the_tags_of_a_rule_that_is_named() throws IOException {
    archive("rain again", "sun and rain", "snow");
    String tags = stored(TAGS);
    String wet =
        stored(
            "tag \"lost\" { interaction.id exists } return { interaction.content contains \"rain\" }");
    String tagged = submit("tags \"%s\" return { interaction.content exists }".formatted(tags));
    String some =
        submit(
            "tags.weather \"%s\" return { stream \"%s\" }"
                .formatted(stored("tag.rain \"wet\" { rule \"%s\" }".formatted(wet)), wet));
    String plain = submit("stream \"%s\"".formatted(wet));

    shell.ok("run", "--until-idle");

    assertThat(shell.ok("results", tagged).jsonLines())
        .extracting(line -> line.at("/interaction/content").asText() + tagsOf(line))
        .containsExactlyInAnyOrder(
            "rain again: [\"rainy\"] {\"mood\":{\"good\":1}}",
            "sun and rain: [\"rainy\"] {\"mood\":{\"good\":2.5}}",
            "snow:  ");
    assertThat(shell.ok("results", some).jsonLines())
        .extracting(line -> line.at("/interaction/content").asText() + tagsOf(line))
        .containsExactlyInAnyOrder(
            "rain again:  {\"weather\":{\"rain\":[\"wet\"]}}",
            "sun and rain:  {\"weather\":{\"rain\":[\"wet\"]}}");
    assertThat(shell.ok("results", plain).out().lines())
        .as("as they came in")
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(folder.resolve("in.ndjson")).subList(0, 2));
    EndToEndTest.requireBalance(shell.json("results", tagged, "--manifest"), 3, 3);
    assertThat(shell.json("status", tagged).path("chunks").get(0).path("shared_with")).hasSize(2);
  }

  private static String tagsOf(JsonNode line) {
    JsonNode interaction = line.path("interaction");
    String tags = interaction.has("tags") ? interaction.path("tags").toString() : "";
    return ": " + tags + " " + (interaction.has("tag_tree") ? interaction.path("tag_tree") : "");
  }

  @Test
  void a_rule_can_name_others_a_thousand_times() throws IOException {
    String wet = stored("interaction.content contains \"rain\"");
    String many = "stream \"%s\" or ".formatted(wet).repeat(999) + "stream \"%s\"".formatted(wet);

    assertThat(shell.json("validate", "--csdl", many).path("complexity").asInt()).isEqualTo(1000);
  }

  @Test
  void an_estimate_follows_the_names_of_rules() throws IOException {
    archive("rain again", "sun and rain", "snow");
    String wet = stored("interaction.content contains \"rain\"");

    JsonNode estimate =
        shell.json(
            "estimate",
            "--source",
            "twitter",
            "--from",
            "2017-08-05",
            "--to",
            "2017-08-06",
            "--csdl",
            "tag \"t\" { stream \"%1$s\" } return { stream \"%1$s\" }".formatted(wet));

    assertThat(estimate.path("records").path("p50").asInt()).isEqualTo(3);
    assertThat(estimate.path("matches").path("p50").asInt()).isEqualTo(2);
  }

  @Test
  void the_hash_of_a_submitted_rule_can_be_named() throws IOException {
    archive("rain again", "snow");
    String id = submit("interaction.content contains \"rain\"");
    String hash = shell.json("status", id).path("hash").asText();

    assertThat(
            shell.json("compile", "--csdl", "interaction.content contains \"rain\"").path("stored"))
        .hasToString("false");
    assertThat(
            shell.json("validate", "--csdl", "not stream \"%s\"".formatted(hash)).path("targets"))
        .extracting(JsonNode::asText)
        .containsExactly("interaction.content");
  }

  /** The namespace of a source with a mapping is known where a rule mentions it. */
  @Test
  void a_named_rule_brings_the_sources_that_it_mentions() throws IOException {
    String far = stored("trolltweets.followers > 10");
    String near = stored("not stream \"%s\"".formatted(far));

    assertThat(shell.json("validate", "--csdl", "stream \"%s\"".formatted(near)).path("targets"))
        .extracting(JsonNode::asText)
        .containsExactly("trolltweets.followers");
    assertThat(
            shell.run("validate", "--source", "twitter", "--csdl", "stream \"%s\"".formatted(near)))
        .matches(ran -> ran.exitCode() == 2)
        .extracting(ran -> ran.complaint().get(0))
        .asString()
        .startsWith("csdl:1:8: error: the rule '%s' does not compile here: ".formatted(near));
  }

  // ---- rules without a filter

  @ParameterizedTest
  @ValueSource(strings = {"submit", "estimate"})
  void a_rule_that_only_tags_is_not_run(String command) throws IOException {
    archive("rain again");

    Shell.Ran ran =
        shell.run(
            command,
            "--source",
            "twitter",
            "--from",
            "2017-08-05",
            "--to",
            "2017-08-06",
            "--csdl",
            TAGS);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint())
        .containsExactly(
            "historics: the rule has no filter, only tags",
            "add 'return { … }' with the condition for delivery, or 'historics compile' it and name its hash in a rule that has one");
    assertThat(shell.json("queue")).isEmpty();
    assertThat(shell.json("validate", "--csdl", TAGS).path("valid").asBoolean()).isTrue();
  }

  // ---- the database

  /** The tables as the first version of this program left them, with a query that waits. */
  private void makeFirstVersion() throws SQLException {
    try (Connection db =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("home/state/historics.db"));
        Statement statement = db.createStatement()) {
      statement.execute("DROP INDEX queries_hash");
      statement.execute("ALTER TABLE jobs DROP COLUMN deadline");
      statement.execute("ALTER TABLE chunks DROP COLUMN delivered");
      for (String table : List.of("kept_results", "buckets")) {
        statement.execute("DROP TABLE " + table);
      }
      for (String table : List.of("recurring_windows", "recurring", "lead")) {
        statement.execute("DROP TABLE " + table);
      }
      for (String table : List.of("observations", "promises", "finishes", "accounts")) {
        statement.execute("DROP TABLE " + table);
      }
      statement.execute("ALTER TABLE queries DROP COLUMN patient_until");
      for (String column : List.of("charge", "deaths", "party_max", "not_before")) {
        statement.execute("ALTER TABLE chunks DROP COLUMN " + column);
      }
      statement.execute("DROP TABLE definitions");
      statement.execute("DELETE FROM flyway_schema_history WHERE version > '1'");
      statement.execute("PRAGMA user_version = 1");
    }
  }

  @Test
  void an_older_installation_goes_on_where_it_was() throws IOException, SQLException {
    archive("rain again", "snow");
    String id = submit("interaction.content contains \"rain\"");
    makeFirstVersion();

    JsonNode status = shell.json("status", id);
    assertThat(status.path("status").asText()).isEqualTo("queued");
    shell.ok("validate", "--csdl", "stream \"%s\"".formatted(status.path("hash").asText()));
    assertThat(shell.json("compile", "--csdl", TAGS).path("stored").asBoolean()).isTrue();
    shell.ok("run", "--until-idle");

    assertThat(shell.ok("results", id).jsonLines()).hasSize(1);
  }

  // ---- the sample rules

  @Test
  void the_sample_rules_with_tags_run() throws IOException {
    Path samples = samples();
    archive(
        "buy a ferry ticket, the price is fine",
        "the trams are cancelled",
        "ferry and tram",
        "nothing");
    String devices =
        shell
            .ok("compile", samples.resolve("csdl-06-tag-definition-only.csdl").toString())
            .out()
            .strip();
    String ferries = stored("interaction.content contains \"ferry\"");
    String trams = stored("interaction.content contains_any \"tram, trams\"");
    String merged =
        Files.readString(samples.resolve("csdl-07-import-and-merge.csdl"))
            .replace("1".repeat(32), devices)
            .replace("2".repeat(32), ferries)
            .replace("3".repeat(32), trams);
    String travel = submit(Files.readString(samples.resolve("csdl-05-namespaces-and-scores.csdl")));
    String both = submit(merged);

    shell.ok("run", "--until-idle");

    assertThat(shell.ok("results", travel).jsonLines())
        .extracting(line -> line.at("/interaction/content").asText() + tagsOf(line))
        .containsExactlyInAnyOrder(
            "buy a ferry ticket, the price is fine:  {\"transport\":{\"water\":[\"ferry\"]},\"intent\":{\"buy\":1.75}}",
            "the trams are cancelled:  {\"transport\":{\"rail\":[\"tram\"]},\"intent\":{\"buy\":-0.75}}",
            "ferry and tram:  {\"transport\":{\"water\":[\"ferry\"],\"rail\":[\"tram\"]}}");
    assertThat(shell.ok("results", both).jsonLines())
        .extracting(line -> line.at("/interaction/content").asText() + tagsOf(line))
        .containsExactlyInAnyOrder(
            "buy a ferry ticket, the price is fine:  ",
            "the trams are cancelled:  ",
            "ferry and tram: [\"both\"] ");
  }

  /** The folder with samples of the language, which is not part of this project. */
  private static Path samples() {
    Path above = Path.of("").toAbsolutePath();
    while (above != null) {
      Path samples = above.resolve("shared/reference/examples");
      if (Files.isDirectory(samples)) {
        return samples;
      }
      above = above.getParent();
    }
    assumeTrue(false, "the samples are not here");
    throw new IllegalStateException();
  }

  // ---- everything at once

  @Test
  void whoever_shares_a_job_gets_no_tags_of_others() throws IOException {
    archive("rain again");
    List<String> ids =
        List.of(
            submit(TAGS + "return { interaction.content contains \"rain\" }"),
            submit("interaction.content contains \"rain\""));

    shell.ok("run", "--until-idle");

    assertThat(shell.ok("results", ids.get(0)).out()).contains(",\"tags\":[\"rainy\"]");
    assertThat(shell.ok("results", ids.get(1)).out())
        .isEqualTo(Files.readString(folder.resolve("in.ndjson")));
  }
}
