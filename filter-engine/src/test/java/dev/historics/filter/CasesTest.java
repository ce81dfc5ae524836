package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of rule, interaction and answer: our own, and the one beside the project. */
class CasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Cases of the shared table that need links and mentions to be taken out of the text first. */
  private static final List<String> NEED_STRIPPING = List.of("strip-01", "strip-02", "strip-03");

  record Case(String id, String rule, String interaction, boolean expected) {
    static Case parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(
          fields[0], fields[1].replace('␊', '\n'), fields[2], Boolean.parseBoolean(fields[3]));
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Case> own() throws IOException {
    return cases(Path.of("src/test/resources/dev/historics/filter/cases.tsv"));
  }

  private static Stream<Case> cases(Path table) throws IOException {
    return Files.readAllLines(table).stream().skip(1).map(Case::parse);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("own")
  void a_rule_accepts_what_the_table_says(Case example) throws Exception {
    assertThat(answers(example)).containsOnly(example.expected());
  }

  @Test
  void the_shared_table_agrees_where_its_operators_are_supported() throws Exception {
    Optional<Path> table = SharedData.file("reference/examples/csdl-cases.tsv");
    Assumptions.assumeTrue(table.isPresent(), "the shared table is not here");

    List<Case> supported =
        cases(table.get())
            .filter(example -> !NEED_STRIPPING.contains(example.id()))
            .filter(example -> !needsMore(example.rule()))
            .toList();

    assertThat(supported).hasSizeGreaterThan(70);
    for (Case example : supported) {
      assertThat(answers(example)).as(example.id()).containsOnly(example.expected());
    }
  }

  @Test
  void the_shared_list_of_wrong_rules_is_refused() throws Exception {
    Optional<Path> table = SharedData.file("reference/examples/csdl-invalid.tsv");
    Assumptions.assumeTrue(table.isPresent(), "the shared list is not here");

    for (String line : Files.readAllLines(table.get())) {
      String rule = line.split("\t", -1)[1].replace('␊', '\n');
      assertThatThrownBy(() -> Definition.compile("rule", rule, TargetDictionary.standard()))
          .as(rule)
          .isInstanceOf(InvalidRuleException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-simple",
        "02-list-over-lines",
        "03-logic",
        "09-numbers-lists-sample",
        "11-query-builder-comments"
      })
  void the_shared_examples_compile_where_their_operators_are_supported(String name)
      throws Exception {
    Optional<Path> file = SharedData.file("reference/examples/csdl-" + name + ".csdl");
    Assumptions.assumeTrue(file.isPresent(), "the shared examples are not here");
    String text = Files.readString(file.get());

    Definition rule = Definition.compile(name, text, TargetDictionary.standard());

    assertThat(rule.targets()).isNotEmpty();
  }

  private static boolean needsMore(String rule) {
    try {
      Definition.compile("rule", rule, TargetDictionary.standard());
      return false;
    } catch (InvalidRuleException e) {
      assertThat(e.diagnostics())
          .as(rule)
          .allSatisfy(problem -> assertThat(problem.message()).endsWith("is not supported yet"));
      return true;
    }
  }

  /** What the reference says, and the matcher on either kind of text column. */
  private static List<Boolean> answers(Case example) throws InvalidRuleException {
    TargetDictionary targets = TargetDictionary.standard();
    JsonNode interaction = read(example.interaction());
    boolean reference =
        ReferenceInterpreter.accepts(
            example.rule(), targets, name -> JsonValues.of(interaction, name));
    RuleSet rules = RuleSet.of(List.of(Definition.compile("rule", example.rule(), targets)));
    Map<String, List<Object>> row = new HashMap<>();
    rules.targets().forEach(t -> row.put(t.name(), JsonValues.of(interaction, t.name())));
    return List.of(
        reference,
        matches(rules, new Interactions(rules, List.of(row), Interactions.Texts.PLAIN)),
        matches(rules, new Interactions(rules, List.of(row), Interactions.Texts.DICTIONARY)));
  }

  private static boolean matches(RuleSet rules, Interactions batch) {
    List<BitSet> matches = rules.matcher().match(batch, batch.all());
    return matches.get(0).get(0);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
