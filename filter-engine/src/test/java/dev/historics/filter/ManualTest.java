package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Parser;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/csdl.md shows is so. */
class ManualTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String CONTENT = "interaction.content";

  private static final Map<ValueType, String> TARGETS =
      Map.of(
          ValueType.TEXT, CONTENT,
          ValueType.INT, "language.confidence",
          ValueType.FLOAT, "interaction.sample",
          ValueType.GEO, "interaction.geo");

  private static Manual manual() throws IOException {
    return Manual.read();
  }

  private static Definition compile(String rule) throws InvalidRuleException {
    return Definition.compile("rule.csdl", rule, TargetDictionary.standard(), new StoredRules());
  }

  static Stream<Manual.Block> rules() throws IOException {
    return manual().blocks("csdl");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_rule_in_a_block_compiles(Manual.Block block) throws Exception {
    assertThat(compile(block.text()).costs()).isNotEmpty();
  }

  @Test
  void the_wrong_rule_is_answered_as_shown() throws Exception {
    Manual.Block wrong = manual().blocks("csdl-wrong").findFirst().orElseThrow();

    InvalidRuleException refusal =
        catchThrowableOfType(InvalidRuleException.class, () -> compile(wrong.text()));

    assertThat(
            refusal.diagnostics().stream()
                    .map(Diagnostic::render)
                    .collect(Collectors.joining("\n\n"))
                + "\n")
        .isEqualTo(manual().blocks("text").findFirst().orElseThrow().text());
  }

  static Stream<Manual.Row> records() throws IOException {
    return manual().rows("rule", "record", "matches");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void a_rule_matches_a_record_as_the_table_says(Manual.Row row) throws Exception {
    assertThat(matches(row.cell(0), JSON.readTree(row.cell(1)))).isEqualTo(yes(row.cell(2)));
  }

  static Stream<Manual.Row> texts() throws IOException {
    return manual().rows("rule", "text", "matches");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void a_rule_matches_a_text_as_the_table_says(Manual.Row row) throws Exception {
    assertThat(matches(row.cell(0), content(row.cell(1)))).isEqualTo(yes(row.cell(2)));
  }

  static Stream<Manual.Row> conditions() throws IOException {
    return manual().rows("condition", "text", "matches");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conditions")
  void a_condition_matches_a_text_as_the_table_says(Manual.Row row) throws Exception {
    String rule = CONTENT + " " + row.cell(0);

    assertThat(matches(rule, content(row.cell(1)))).isEqualTo(yes(row.cell(2)));
  }

  private static boolean yes(String cell) {
    assertThat(cell).isIn("yes", "no");
    return cell.equals("yes");
  }

  private static JsonNode content(String text) {
    return JSON.valueToTree(Map.of("interaction", Map.of("content", text)));
  }

  private static boolean matches(String rule, JsonNode record) throws InvalidRuleException {
    RuleSet rules = RuleSet.of(List.of(compile(rule)));
    return matched(rules, new OneRecord(record, rules.targets())).get(0);
  }

  private static BitSet matched(RuleSet rules, OneRecord record) {
    BitSet all = new BitSet();
    all.set(0);
    return rules.matcher().match(record, all).rows(0);
  }

  @Test
  void texts_fall_into_the_words_shown() throws Exception {
    Cutting cutting = Cutting.standard(Folding.CASELESS);

    assertThat(manual().rows("text", "words"))
        .hasSizeGreaterThan(5)
        .allSatisfy(row -> assertThat(cutting.words(row.cell(0))).isEqualTo(codes(row.cell(1))));
  }

  /** What stands in backticks in a cell, which holds one code or several. */
  private static List<String> codes(String cell) {
    Matcher code = CODE.matcher(cell);
    List<String> codes = code.results().map(result -> result.group(1)).toList();
    return codes.isEmpty() && !cell.isEmpty() ? List.of(cell) : codes;
  }

  @Test
  void tags_are_added_as_shown() throws Exception {
    List<Manual.Row> rows =
        manual().rows("text", "interaction.tags", "interaction.tag_tree").toList();
    RuleSet rules =
        RuleSet.of(List.of(compile(manual().blockAbove(rows.get(0).line(), "csdl").text())));

    assertThat(rows).hasSize(3);
    for (Manual.Row row : rows) {
      OneRecord record = new OneRecord(content(row.cell(0)), rules.targets());
      Tags tags = rules.matcher().tags(record, 0, matched(rules, record)).get(0);

      assertThat(JSON.writeValueAsString(tags.labels()))
          .isEqualTo(row.cell(1).isEmpty() ? "[]" : row.cell(1));
      assertThat(JSON.writeValueAsString(tags.tree()))
          .isEqualTo(JSON.readTree(row.cell(2)).toString());
    }
  }

  @Test
  void rules_have_the_canonical_forms_hashes_and_complexities_shown() throws Exception {
    for (Manual.Row row : manual().rows("rule", "canonical form").toList()) {
      assertThat(compile(row.cell(0)).canonical()).isEqualTo(row.cell(1));
    }
    for (Manual.Row row : manual().rows("rule", "hash").toList()) {
      assertThat(compile(row.cell(0)).hash()).isEqualTo(row.cell(1));
    }
    for (Manual.Row row : manual().rows("rule", "complexity").toList()) {
      assertThat(compile(row.cell(0)).complexity())
          .as(row.cell(0))
          .isEqualTo(Integer.parseInt(row.cell(1)));
    }
    assertThat(manual().rows("rule", "canonical form")).hasSizeGreaterThan(4);
    assertThat(manual().rows("rule", "hash")).hasSize(2);
    assertThat(manual().rows("rule", "complexity")).hasSizeGreaterThan(6);
  }

  @Test
  void operators_are_listed_with_all_they_take() throws Exception {
    Set<String> spellings = new TreeSet<>();
    for (Manual.Row row :
        manual().rows("operator", "also spelt", "argument", "cs", "modifiers").toList()) {
      List<String> names = codes(row.cell(0));
      spellings.addAll(names);
      spellings.addAll(codes(row.cell(1)));
      for (String name : names) {
        Operator operator = operator(name);
        assertThat(row.cell(3).equals("yes")).as(name).isEqualTo(operator.takesCase());
        assertThat(row.cell(4).equals("yes")).as(name).isEqualTo(operator.onWords());
      }
    }

    assertThat(spellings).containsExactlyElementsOf(Operator.spellings());
  }

  private static Operator operator(String spelling) {
    return Stream.of(Operator.values())
        .filter(operator -> operator.spelling().equals(spelling))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void types_take_the_operators_listed() throws Exception {
    List<Manual.Row> rows = manual().rows("type", "values", "operators").toList();

    assertThat(rows).hasSize(ValueType.values().length);
    for (Manual.Row row : rows) {
      ValueType type = ValueType.valueOf(row.cell(0).toUpperCase(Locale.ROOT));
      Set<String> taken =
          Stream.of(Operator.values())
              .filter(operator -> takes(type, operator))
              .map(Operator::spelling)
              .collect(Collectors.toSet());
      assertThat(codes(row.cell(2))).as(row.cell(0)).containsExactlyInAnyOrderElementsOf(taken);
    }
  }

  private static boolean takes(ValueType type, Operator operator) {
    return Stream.of(
            "",
            " 5",
            " \"5\"",
            " [5]",
            " \"a, b:5\"",
            " \"2,1:1,2\"",
            " \"2,1:3\"",
            " \"2,1:1,2:0,0\"")
        .anyMatch(
            argument -> {
              try {
                compile(TARGETS.get(type) + " " + operator.spelling() + argument);
                return true;
              } catch (InvalidRuleException e) {
                return false;
              }
            });
  }

  @Test
  void limits_are_those_that_hold() throws Exception {
    assertThat(manual().rows("what", "at most").map(row -> row.cell(1)))
        .containsExactlyElementsOf(
            Stream.of(
                    Parser.BYTES_MAX,
                    Parser.CONDITIONS_MAX,
                    Parser.DEPTH_MAX,
                    Parser.VERTICES_MAX,
                    Parser.LABEL_LENGTH_MAX,
                    Parser.NAMESPACE_DEPTH_MAX,
                    Parser.NUMBER_LENGTH_MAX,
                    Compilation.SIZE_MAX,
                    Compilation.DEPTH_MAX,
                    Compilation.CHAIN_MAX)
                .map(String::valueOf)
                .toList());
  }

  @Test
  void links_within_the_manual_lead_somewhere() throws Exception {
    Set<String> headings =
        manual().lines().stream()
            .filter(line -> line.matches("#+ .*"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
            .map(line -> line.replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
            .collect(Collectors.toSet());
    Pattern link = Pattern.compile("\\]\\(#([^)]*)\\)");

    assertThat(
            manual().lines().stream()
                .flatMap(line -> link.matcher(line).results().map(result -> result.group(1))))
        .hasSizeGreaterThan(20)
        .isSubsetOf(headings);
  }

  @Test
  void the_tables_are_not_empty() throws Exception {
    assertThat(rules()).hasSizeGreaterThan(8);
    assertThat(records().count() + texts().count() + conditions().count()).isGreaterThan(90);
  }
}
