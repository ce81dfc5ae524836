package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over lines of JSON: what is printed, and what is said of lines that are none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterTest {
  private static final String SOLAR = "interaction.content contains \"solar\"";
  private static final String WIND = "interaction.content contains \"wind\"";

  private Path folder;
  private Shell shell;
  private final List<Original> records = new ArrayList<>();
  private Path firehose;

  @BeforeAll
  void a_day_of_records(@TempDir Path folder) throws IOException {
    this.folder = folder;
    shell = new Shell(folder.resolve("home"));
    String[] generate =
        "generate --source twitter --from 2017-08-05 --rate 0.05 --quiet --out".split(" ");
    shell.ok(with(generate, folder.resolve("made").toString()));
    firehose = folder.resolve("made/2017-08-05.ndjson");
    records.addAll(
        Original.read(
            firehose,
            json -> json.at("/interaction/id").asText(),
            json -> EndToEndTest.created(json.at("/interaction/created_at").asText())));
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    Collections.addAll(all, more);
    return all.toArray(String[]::new);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(
        folder.resolve(name), Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n")));
  }

  private static String about(String content) {
    return "{\"interaction\":{\"id\":\"%1$s\",\"type\":\"reddit\",\"content\":\"%1$s\"}}"
        .formatted(content);
  }

  // ---- what is printed

  @ParameterizedTest
  @ValueSource(strings = {"QUICK", "--strict"})
  void what_matches_is_printed_in_order_and_nothing_else(String manner) throws IOException {
    Predicate<Original> plain = record -> record.hasWord("/interaction/content", "the");
    List<String> lines = Files.readAllLines(firehose);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (plain.test(records.get(i))) {
        expected.add(lines.get(i));
      }
    }
    String[] line = {
      "filter", "--csdl", "interaction.content contains \"the\"", firehose.toString()
    };

    Shell.Ran ran = shell.ok(manner.equals("QUICK") ? line : with(line, manner));

    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(ran.out().lines()).containsExactlyElementsOf(expected);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void a_line_is_printed_byte_for_byte() throws IOException {
    String odd = "  {\"interaction\" : { \"content\":\"s\\u006flar\" ,\"x\":1.50 } }\t\r";
    Path input = folder.resolve("odd.ndjson");
    Files.writeString(input, "\n \t\r\n" + odd + "\n" + about("wind") + "\n" + about("Solar"));

    assertThat(shell.ok("filter", "--csdl", SOLAR, input.toString()).out())
        .isEqualTo(odd + "\n" + about("Solar") + "\n");
  }

  @Test
  void lines_come_from_the_standard_input_files_and_folders_packed_or_not() throws IOException {
    Path inputs = Files.createDirectories(folder.resolve("packed"));
    byte[] line = (about("solar 1") + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(inputs.resolve("a.ndjson.gz")))) {
      gzip.write(line);
    }
    try (OutputStream zstd =
        new ZstdOutputStream(Files.newOutputStream(inputs.resolve("b.ndjson.zst")))) {
      zstd.write(line);
    }
    Files.write(inputs.resolve("c.ndjson"), line);
    Path rule = file("solar.csdl", SOLAR);
    Shell piped = new Shell(folder.resolve("home")).typing(about("solar 2"));

    assertThat(shell.ok("filter", rule.toString(), inputs.toString()).out())
        .isEqualTo((about("solar 1") + "\n").repeat(3));
    assertThat(piped.ok("filter", rule.toString()).out()).isEqualTo(about("solar 2") + "\n");
    assertThat(
            piped.ok("filter", "--csdl", SOLAR, inputs.resolve("c.ndjson").toString(), "-").out())
        .isEqualTo(about("solar 1") + "\n" + about("solar 2") + "\n");
    assertThat(
            new Shell(folder.resolve("home"))
                .typing(SOLAR)
                .ok("filter", "-", inputs.resolve("c.ndjson").toString())
                .out())
        .isEqualTo(about("solar 1") + "\n");
  }

  @Test
  void what_no_rule_matches_is_the_rest() throws IOException {
    String rule = "language.tag == \"en\"";

    List<String> kept =
        shell.ok("filter", "--csdl", rule, firehose.toString()).out().lines().toList();
    List<String> rest =
        shell.ok("filter", "--csdl", rule, "--invert", firehose.toString()).out().lines().toList();

    assertThat(kept).isNotEmpty().doesNotContainAnyElementsOf(rest);
    assertThat(kept.size() + rest.size()).isEqualTo(records.size());
  }

  @Test
  void counting_prints_a_number_and_stops_where_it_was_told() throws IOException {
    long expected =
        records.stream().filter(record -> record.text("/language/tag").equals("en")).count();
    String[] line = {"filter", "--csdl", "language.tag == \"en\"", firehose.toString()};

    assertThat(shell.ok(with(line, "--count")).out()).isEqualTo(expected + "\n");
    assertThat(shell.json(with(line, "--count")).toString())
        .isEqualTo("{\"count\":%d}".formatted(expected));
    assertThat(shell.ok(with(line, "--count", "--invert")).out())
        .isEqualTo(records.size() - expected + "\n");
    assertThat(shell.ok(with(line, "--max-count", "3")).out().lines())
        .containsExactlyElementsOf(shell.ok(line).out().lines().limit(3).toList());
    assertThat(shell.ok(with(line, "--max-count", "3", "--count")).out()).isEqualTo("3\n");
    assertThat(shell.ok("filter", "--csdl", "language.tag == \"xx\"", firehose.toString()).out())
        .isEmpty();
  }

  // ---- several rules

  @Test
  void a_record_that_several_rules_match_is_printed_once_with_their_names() throws IOException {
    Path rule = file("solar.csdl", SOLAR);
    Path input =
        file("weather.ndjson", about("wind"), about("rain"), about("solar wind"), about("solar"));
    String[] line = {"filter", "--csdl", WIND, "--rule", rule.toString(), input.toString()};

    assertThat(shell.ok(line).out().lines())
        .containsExactly(about("wind"), about("solar wind"), about("solar"));
    assertThat(shell.ok(with(line, "--label")).out().lines())
        .containsExactly(
            "csdl-1\t" + about("wind"),
            "csdl-1,solar\t" + about("solar wind"),
            "solar\t" + about("solar"));
    assertThat(shell.ok(with(line, "--invert")).out().lines()).containsExactly(about("rain"));
    assertThat(shell.ok(with(line, "--count")).out())
        .isEqualTo("RULE    COUNT\ncsdl-1      2\nsolar       2\n");
    assertThat(shell.json(with(line, "--count")).toString())
        .isEqualTo("[{\"rule\":\"csdl-1\",\"count\":2},{\"rule\":\"solar\",\"count\":2}]");
  }

  @Test
  void rules_of_the_same_name_are_told_apart() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    Path one = file("same.csdl", SOLAR);
    Path two = file("other/same.csdl", WIND);
    Path input = file("weather2.ndjson", about("solar wind"));

    assertThat(
            shell
                .ok(
                    "filter",
                    "--label",
                    "--rule",
                    one.toString(),
                    "--rule",
                    two.toString(),
                    input.toString())
                .out())
        .isEqualTo("same,same-2\t" + about("solar wind") + "\n");
  }

  @Test
  void tags_of_a_rule_stand_in_what_it_prints() throws IOException {
    String tagging =
        "tag \"sun\" { %s } tag.power.score 1.5 { %s } return { %s or %s }"
            .formatted(SOLAR, WIND, SOLAR, WIND);
    Path input =
        file(
            "tags.ndjson",
            about("solar wind"),
            "{\"interaction\":{\"content\":\"wind\",\"tags\":[\"old\"]},\"x\":1}");

    assertThat(shell.ok("filter", "--csdl", tagging, input.toString()).out().lines())
        .containsExactly(
            "{\"interaction\":{\"id\":\"solar wind\",\"type\":\"reddit\",\"content\":\"solar wind\","
                + "\"tags\":[\"sun\"],\"tag_tree\":{\"power\":{\"score\":1.5}}}}",
            "{\"interaction\":{\"content\":\"wind\",\"tag_tree\":{\"power\":{\"score\":1.5}}},\"x\":1}");
    assertThat(
            shell
                .ok(
                    "filter",
                    "--csdl",
                    SOLAR,
                    "--csdl",
                    "tag \"first\" { %s } return { %s }".formatted(SOLAR, SOLAR),
                    "--csdl",
                    "tag \"second\" { %s } return { %s }".formatted(WIND, WIND),
                    input.toString())
                .out()
                .lines())
        .first()
        .asString()
        .contains("\"tags\":[\"first\"]");
  }

  @Test
  void a_rule_may_name_a_stored_one() throws IOException {
    String hash = shell.json("compile", "--csdl", SOLAR).path("hash").asText();
    Path input = file("named.ndjson", about("solar"), about("wind"));

    assertThat(shell.ok("filter", "--csdl", "not stream \"" + hash + "\"", input.toString()).out())
        .isEqualTo(about("wind") + "\n");
  }

  // ---- records of a source

  private static final String STATUS =
      "{\"id_str\":\"%s\",\"created_at\":\"Sat Aug 05 10:30:00 +0000 2017\",\"text\":\"%s\",\"lang\":\"en\"}";

  @Test
  void records_of_a_source_are_mapped_as_an_import_does() throws IOException {
    Path input =
        file(
            "statuses.ndjson",
            STATUS.formatted("1", "solar power"),
            STATUS.formatted("2", "nothing"),
            "{\"delete\":{\"solar\":1}}",
            STATUS.formatted("", "solar too"));

    Shell.Ran ran = shell.run("filter", "--source", "twitter", "--csdl", SOLAR, input.toString());

    assertThat(ran.jsonLines()).hasSize(1);
    assertThat(ran.jsonLines().get(0).at("/interaction/id").asText()).isEqualTo("1");
    assertThat(ran.jsonLines().get(0).at("/twitter/text").asText()).isEqualTo("solar power");
    assertThat(ran.exitCode()).isEqualTo(6);
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.complaint().get(0)).startsWith(input + ":3: ").contains("delete");
    assertThat(ran.complaint().get(1)).startsWith(input + ":4: ").contains("id");
  }

  @Test
  void a_mapping_may_stand_anywhere_and_its_tables_are_minded() throws IOException {
    Path mapping =
        file(
            "diary.yaml",
            "source: diary",
            "id: {path: nr}",
            "created_at: {path: at}",
            "interaction:",
            "  content: {path: text}",
            "language:",
            "  tag: {path: tongue, values: {English: en, German: de}}");
    Path input =
        file(
            "diary.ndjson",
            "{\"nr\":1,\"at\":\"2017-08-05T10:30:00Z\",\"text\":\"sun\",\"tongue\":\"English\"}",
            "{\"nr\":2,\"at\":\"2017-08-05T10:30:00Z\",\"text\":\"Sonne\",\"tongue\":\"German\"}");
    String[] line = {
      "filter", "--source", "diary", "--mapping", mapping.toString(), input.toString(), "--csdl"
    };

    assertThat(shell.ok(with(line, "language.tag == \"de\"")).jsonLines())
        .extracting(json -> json.at("/interaction/content").asText())
        .containsExactly("Sonne");
    assertThat(shell.ok(with(line, "diary.tongue == \"English\"")).jsonLines())
        .extracting(json -> json.at("/interaction/content").asText())
        .containsExactly("sun");
  }

  @Test
  void records_that_are_no_interactions_are_remarked_if_no_source_is_named() throws IOException {
    Path input = file("raw.ndjson", STATUS.formatted("1", "solar power"));
    String remark =
        "no line has an 'interaction' object; name the --source of the records to map them";

    Shell.Ran ran = shell.ok("filter", "--csdl", SOLAR, input.toString());

    assertThat(ran.out()).isEmpty();
    assertThat(ran.complaint()).containsExactly(remark);
    assertThat(shell.ok("filter", "--csdl", SOLAR, file("none.ndjson", "").toString()).err())
        .isEmpty();
  }

  @Test
  void tweets_are_matched_without_their_links_and_mentions_and_printed_with_them()
      throws IOException {
    String tweet =
        "{\"interaction\":{\"type\":\"twitter\",\"content\":\"@solar https://solar.example wind\"}}";
    Path input = file("tweet.ndjson", tweet);

    assertThat(shell.ok("filter", "--csdl", SOLAR, input.toString()).out()).isEmpty();
    assertThat(shell.ok("filter", "--csdl", WIND, input.toString()).out()).isEqualTo(tweet + "\n");
  }

  // ---- lines that are none

  @Test
  void lines_that_are_no_json_object_are_told_with_their_place() throws IOException {
    Path one = file("one.ndjson", about("solar"), "", "not solar json", about("solar"));
    Path two = file("two.ndjson", "[\"solar\"]", "{\"interaction\":{\"content\":\"solar\"}");

    Shell.Ran ran = shell.run("filter", "--csdl", SOLAR, one.toString(), two.toString());

    assertThat(ran.exitCode()).isEqualTo(6);
    assertThat(ran.out()).isEqualTo((about("solar") + "\n").repeat(2));
    assertThat(ran.complaint())
        .containsExactly(
            one + ":3: expected one JSON object, found 'not solar json'",
            two + ":1: expected one JSON object, found '[\"solar\"]'",
            two + ":2: expected one JSON object, found '{\"interaction\":{\"content\":\"solar\"}'");
  }

  @Test
  void lines_that_cannot_match_are_checked_only_if_that_is_asked_for() throws IOException {
    Path input = file("rubbish.ndjson", "rubbish", about("solar"));
    String[] line = {"filter", "--csdl", SOLAR, input.toString()};

    assertThat(shell.ok(line).err()).isEmpty();
    assertThat(shell.run(with(line, "--strict")).exitCode()).isEqualTo(6);
    assertThat(shell.run(with(line, "--invert")).exitCode()).isEqualTo(6);
    assertThat(shell.run(with(line, "--invert")).out()).isEmpty();
    assertThat(shell.run(with(line, "--explain")).exitCode()).isEqualTo(6);
  }

  @Test
  void of_many_bad_lines_a_few_are_told_and_the_others_counted() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 100_000; i++) {
      lines.append(i % 2 == 0 ? about("solar " + i) : "solar rubbish " + i).append('\n');
    }
    Path input = Files.writeString(folder.resolve("many.ndjson"), lines);

    Shell.Ran ran = shell.run("filter", "--csdl", SOLAR, "--count", input.toString());

    assertThat(ran.out()).isEqualTo("50000\n");
    assertThat(ran.complaint()).hasSize(11);
    assertThat(ran.complaint().get(9))
        .isEqualTo(input + ":19: expected one JSON object, found 'solar rubbish 19'");
    assertThat(ran.complaint().get(10)).isEqualTo("50,000 lines in all could not be read");
  }

  @Test
  void a_place_is_right_far_into_a_file() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i < 60_000; i++) {
      lines.append(about("wind")).append('\n');
    }
    Path input =
        Files.writeString(folder.resolve("far.ndjson"), lines + "solar\n" + about("solar") + "\n");

    Shell.Ran ran = shell.run("filter", "--csdl", SOLAR, input.toString());

    assertThat(ran.complaint())
        .containsExactly(input + ":60000: expected one JSON object, found 'solar'");
  }

  @Test
  void control_characters_in_a_bad_line_do_not_reach_the_terminal() throws IOException {
    Path input = file("escape.ndjson", "solar \u001b[31m" + "x".repeat(1000));

    assertThat(shell.run("filter", "--csdl", SOLAR, input.toString()).err())
        .isEqualTo(
            input
                + ":1: expected one JSON object, found 'solar \\u001b[31m"
                + "x".repeat(49)
                + "…'\n");
  }

  @Test
  void an_input_that_is_cut_gives_what_it_has() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 5000; i++) {
        gzip.write((about("solar " + i * 7919L % 5000) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path input = folder.resolve("cut.ndjson.gz");
    Files.write(input, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
    Path next = file("after.ndjson", about("solar after"));

    Shell.Ran ran = shell.run("filter", "--csdl", SOLAR, input.toString(), next.toString());

    assertThat(ran.exitCode()).isEqualTo(6);
    assertThat(ran.complaint()).singleElement().asString().contains("is cut or damaged");
    assertThat(ran.out().lines()).hasSizeGreaterThan(1000).last().isEqualTo(about("solar after"));
    assertThat(ran.out().lines()).allMatch(line -> line.endsWith("}}"));
  }

  @Test
  void a_line_of_many_megabytes_is_a_line_like_others() throws IOException {
    String huge = about("word ".repeat(3_000_000) + "solar");
    Path input = file("huge.ndjson", about("wind"), huge, about("solar"));

    assertThat(shell.ok("filter", "--csdl", SOLAR, input.toString()).out())
        .isEqualTo(huge + "\n" + about("solar") + "\n");
  }

  // ---- what is asked for

  /** FILE stands for a file with one interaction, CSV for one in CSV, RULE for a rule. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          filter => 2 => a rule is missing
          filter - => 2 => the rule and the records cannot both come from the standard input
          filter --rule - FILE - => 2 => the rule and the records cannot both come from the standard input
          filter /no/rule.csdl FILE => 3 => there is no rule file '/no/rule.csdl'
          filter --csdl RULE /no/file => 3 => there is no file or folder '/no/file'
          filter --csdl RULE CSV => 2 => CSV is CSV; expected files of one JSON object a line
          filter --csdl RULE FILE --source nosuch => 3 => there is no source 'nosuch'
          filter --csdl RULE FILE --mapping FILE => 2 => --mapping needs --source
          filter --csdl RULE FILE --max-count 0 => 2 => --max-count: expected a number of at least 1, got '0'
          filter --csdl RULE FILE --explain --count => 2 => --explain tells of every record; it cannot be combined with
          filter --csdl RULE FILE --label --invert => 2 => --label names the rules that match a record that is printed; with --invert there are none
          filter --csdl RULE FILE --explain --output csv => 2 => an explanation is a tree, which CSV cannot hold
          filter --csdl TAGS FILE => 2 => the rule csdl has no filter, only tags
          """)
  void a_wrong_line_is_told_in_one_line_of_cause_and_one_of_advice(
      String line, int exitCode, String cause) throws IOException {
    Path good = file("good.ndjson", about("solar"));
    Path csv = file("good.csv", "id,text", "1,solar");
    String[] words =
        Arrays.stream(line.split(" "))
            .map(word -> word.replace("FILE", good.toString()).replace("CSV", csv.toString()))
            .map(word -> word.equals("RULE") ? SOLAR : word)
            .map(word -> word.equals("TAGS") ? "tag \"t\" { " + SOLAR + " }" : word)
            .toArray(String[]::new);

    Shell.Ran ran = shell.run(words);

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.complaint().get(0))
        .startsWith("historics: " + cause.replace("CSV is", csv + " is"));
    assertThat(ran.complaint().get(1)).isNotBlank();
  }

  @Test
  void a_rule_with_errors_is_shown_as_by_validate() throws IOException {
    Path input = file("any.ndjson", about("solar"));

    Shell.Ran ran =
        shell.run(
            "filter", "--csdl", SOLAR, "--csdl", "interaction.contnet exists", input.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("csdl-2:1:1: error: unknown target 'interaction.contnet'");
  }

  @Test
  void every_rule_finds_the_same_with_and_without_the_shortcut() throws IOException {
    List<String> rules =
        List.of(
            "interaction.content contains_any \"the, und, el\"",
            "interaction.content substr \"an\" and language.tag in \"en, de\"",
            "interaction.content contains \"of the\" or twitter.user.screen_name substr \"tor\"",
            "interaction.content wildcard \"th*e, ?nd\" and not language.tag == \"en\"",
            "interaction.content near \"the, of:6\"",
            "interaction.link url_in \"social.example/x\" or language.tag == \"ja\"");
    for (String rule : rules) {
      String[] line = {"filter", "--csdl", rule, firehose.toString()};

      String quick = shell.ok(line).out();

      assertThat(quick).as(rule).isEqualTo(shell.ok(with(line, "--strict")).out()).isNotEmpty();
    }
  }

  @Test
  void filtering_finds_what_a_replay_finds() throws IOException {
    Shell home = new Shell(folder.resolve("replayed"));
    String rule =
        "interaction.content contains_any \"the, and\" and twitter.user.followers_count > 100";
    home.ok("archive", "import", "--source", "twitter", firehose.toString());
    home.ok("archive", "compact");
    String query = home.submit("ann", rule, "twitter", "2017-08-05", "2017-08-06");
    home.ok("run", "--until-idle");

    List<String> replayed = home.ok("results", query).out().lines().toList();
    List<String> filtered =
        home.ok("filter", "--csdl", rule, firehose.toString()).out().lines().toList();

    assertThat(filtered).isNotEmpty().containsExactlyInAnyOrderElementsOf(replayed);
  }
}
