package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Why a rule matches a record, or not. {@code golden/filter/NAME.csdl} has what is said of the
 * records in {@code records.ndjson} beside it; {@code -Dgolden=write} writes it anew.
 */
class FilterExplainTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/filter");

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(folder.resolve("home"));
  }

  static Stream<String> rules() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csdl"))
          .map(name -> name.replace(".csdl", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private String explained(String name, String... more) {
    String[] line = {
      "filter",
      "--explain",
      GOLDEN.resolve(name + ".csdl").toString(),
      GOLDEN.resolve("records.ndjson").toString()
    };
    return shell.ok(Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new)).out();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void an_explanation_reads_as_it_should(String name) throws IOException {
    shell.with("LC_ALL", "en_US.UTF-8");
    Path answer = GOLDEN.resolve(name + ".answer");

    String explained = explained(name);

    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(answer, explained);
    }
    assertThat(explained).isEqualTo(Files.readString(answer));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void what_is_explained_as_a_match_is_one(String name) {
    String[] line = {
      "filter",
      GOLDEN.resolve(name + ".csdl").toString(),
      GOLDEN.resolve("records.ndjson").toString(),
      "--count"
    };

    long matches =
        explained(name).lines().filter(each -> each.matches(".*ndjson:\\d+: match")).count();

    assertThat(shell.ok(line).out()).isEqualTo(matches + "\n");
  }

  @Test
  void a_terminal_without_utf_8_gets_signs_of_ascii() {
    shell.with("LC_ALL", "").with("LANG", "C");

    String explained = explained("words");

    assertThat(explained.lines().limit(4))
        .containsExactly(
            GOLDEN + "/records.ndjson:1: match",
            "+ interaction.content contains_any \"solar, wind turbine\"",
            "  + = Cheap solar power for all!",
            "    words: cheap | solar | power | for | all | !");
  }

  @Test
  void programs_get_the_tree_in_json() throws IOException {
    JsonNode all = new Shell.Ran(0, explained("words", "--output", "json"), "").json();
    List<JsonNode> lines =
        new Shell.Ran(0, explained("words", "--output", "jsonl"), "").jsonLines();

    assertThat(all).containsExactlyElementsOf(lines);
    assertThat(all.get(0).toString())
        .isEqualTo(
            ("{\"input\":\"%s/records.ndjson\",\"line\":1,\"matched\":true,\"rules\":[{\"rule\":\"words\","
                    + "\"matched\":true,\"why\":{\"condition\":\"interaction.content contains_any \\\"solar, wind turbine\\\"\","
                    + "\"holds\":true,\"values\":[{\"text\":\"Cheap solar power for all!\",\"holds\":true,"
                    + "\"words\":[\"cheap\",\"solar\",\"power\",\"for\",\"all\",\"!\"]}]}}]}")
                .formatted(GOLDEN));
  }

  @Test
  void nothing_explained_is_an_empty_list_in_json() throws IOException {
    Path empty = Files.write(folder.resolve("empty.ndjson"), new byte[0]);

    assertThat(
            shell.json(
                "filter", "--explain", "--csdl", "interaction.title exists", empty.toString()))
        .isEmpty();
  }

  @Test
  void several_rules_are_explained_one_by_one() {
    String explained =
        shell
            .ok(
                "filter",
                "--explain",
                "--csdl",
                "language.tag == \"en\"",
                "--csdl",
                "language.tag == \"de\"",
                "--max-count",
                "1",
                GOLDEN.resolve("records.ndjson").toString())
            .out();

    assertThat(explained)
        .isEqualTo(
            """
            src/test/resources/golden/filter/records.ndjson:1: match
            + rule csdl-1
              + language.tag == "en"
                + = en
            - rule csdl-2
              - language.tag == "de"
                - = en

            """);
  }

  @Test
  void values_that_drive_terminals_are_made_visible() throws IOException {
    Path input =
        Files.write(
            folder.resolve("escape.ndjson"),
            "{\"interaction\":{\"content\":\"\\u001b[31mred\"}}".getBytes(StandardCharsets.UTF_8));

    assertThat(
            shell
                .ok("filter", "--explain", "--csdl", "interaction.content exists", input.toString())
                .out())
        .contains("= \\u001b[31mred\n");
  }
}
