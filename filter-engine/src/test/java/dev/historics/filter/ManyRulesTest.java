package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule says among thousands of others what it says alone. */
class ManyRulesTest {
  private static final int RULES = 2000;
  private static final int ROWS = 200;
  private static final TargetDictionary TARGETS = TargetDictionary.standard();

  static LongStream seeds() {
    return Seeds.first(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_rule_among_thousands_matches_what_it_matches_alone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Records records = RandomRecords.of(seed, ROWS);
    RandomRules rules = new RandomRules(random, records);
    RuleShelf shelf = RuleShelf.filled(rules, records, random);
    List<Definition> definitions = new ArrayList<>();
    while (definitions.size() < RULES) {
      shelf.compile(rules.rule().text(new RuleTree.Plain())).ifPresent(definitions::add);
    }
    List<BitSet> alone = definitions.stream().map(rule -> alone(rule, records)).toList();

    RuleSet together = RuleSet.of(definitions);

    assertThat(together.passes().all()).isNotEmpty();
    for (Interactions.Texts texts : Interactions.Texts.values()) {
      Interactions batch = new Interactions(together, records.rows(), texts);
      Matches matches = together.matcher().match(batch, batch.all());
      for (int rule = 0; rule < RULES; rule++) {
        assertThat(matches.rows(rule))
            .as("%s, seed %d, %s", definitions.get(rule).canonical(), seed, texts)
            .isEqualTo(alone.get(rule));
        assertThat(matches.count(rule)).isEqualTo(alone.get(rule).cardinality());
      }
      assertThat(matches.matched().boxed().toList())
          .isEqualTo(
              IntStream.range(0, RULES).filter(i -> !alone.get(i).isEmpty()).boxed().toList());
    }
  }

  private static BitSet alone(Definition rule, Records records) {
    RuleSet set = RuleSet.of(List.of(rule), Strategy.VALUE_BY_VALUE);
    Interactions batch = new Interactions(set, records.rows(), Interactions.Texts.PLAIN);
    return set.matcher().match(batch, batch.all()).rows(0);
  }

  private static RuleSet words(int count, String after) throws InvalidRuleException {
    List<Definition> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(
          Definition.compile(
              "rule", "interaction.content contains \"w%d\"%s".formatted(i, after), TARGETS));
    }
    return RuleSet.of(rules);
  }

  @Test
  void ten_thousand_rules_are_asked_in_one_pass() throws Exception {
    RuleSet rules = words(10_000, "");
    List<Map<String, List<Object>>> rows =
        List.of(
            Map.of("interaction.content", List.of("W17, w9999 w17")),
            Map.of("interaction.content", List.of("w10000 w")));
    Interactions batch = new Interactions(rules, rows, Interactions.Texts.PAGE);

    Matches matches = rules.matcher().match(batch, batch.all());

    assertThat(rules.passes().all()).hasSize(1);
    assertThat(matches.matched()).containsExactly(17, 9999);
    assertThat(matches.rows(17)).isEqualTo(matches.rows(9999)).hasToString("{0}");
  }

  @Test
  void a_plan_tells_how_conditions_are_asked() throws Exception {
    RuleSet one = words(1, " and language.tag == \"fr\"");
    RuleSet many = words(50, " and not interaction.content regex_partial \"(a|b)\"");

    assertThat(one.steps(0).parts())
        .extracting(Step::way)
        .containsExactly("value by value", "search for a literal");
    assertThat(many.steps(7).parts().get(0).way())
        .isEqualTo("one pass over words for 50 conditions");
    assertThat(many.steps(7).way()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          (?i)hillar[a-z]+ [a-z]+ed => search for a literal
          hillar.*                  => search for a literal
          [0-9]{3}-[0-9]{4}         => value by value
          (a|b)                     => value by value
          """)
  void a_regular_expression_is_looked_for_by_its_literal(String pattern, String way)
      throws Exception {
    Definition rule =
        Definition.compile(
            "rule", "interaction.content regex_partial \"" + pattern + "\"", TARGETS);

    assertThat(RuleSet.of(List.of(rule)).steps(0).way()).isEqualTo(way);
  }

  @Test
  void equal_rules_and_equal_terms_are_decided_once() throws Exception {
    String term = "(interaction.content contains \"a\" or interaction.title contains \"b\")";
    List<Definition> rules = new ArrayList<>();
    for (String language : List.of("de", "en", "de")) {
      rules.add(
          Definition.compile(
              "rule", "language.tag == \"%s\" and %s".formatted(language, term), TARGETS));
    }

    RuleSet set = RuleSet.of(rules);

    assertThat(set.predicates()).hasSize(4);
    assertThat(set.sharedPlans()).isEqualTo(2);
    assertThat(set.plans().get(0)).isEqualTo(set.plans().get(2));
  }

  @Test
  void a_pass_is_not_made_over_rows_that_cheap_terms_drop() throws Exception {
    RuleSet rules = words(100, " and language.tag == \"fr\"");
    Map<String, List<Object>> german =
        Map.of("interaction.content", List.of("w5"), "language.tag", List.of("de"));
    Map<String, List<Object>> french =
        Map.of("interaction.content", List.of("w5 w6"), "language.tag", List.of("fr"));
    Interactions none = new Interactions(rules, List.of(german), Interactions.Texts.PLAIN);
    Interactions one = new Interactions(rules, List.of(german, french), Interactions.Texts.PLAIN);
    Matcher matcher = rules.matcher();

    assertThat(matcher.match(none, none.all()).matched()).isEmpty();
    assertThat(none.asked()).containsExactly("language.tag");
    assertThat(matcher.match(one, one.all()).matched()).containsExactly(5, 6);
    assertThat(matcher.match(one, one.all()).rows(5)).hasToString("{1}");
  }

  @Test
  void a_rule_without_what_a_pass_looks_for_is_asked_too() throws Exception {
    List<Definition> rules = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rules.add(
          Definition.compile("rule", "not interaction.content contains \"w" + i + "\"", TARGETS));
    }
    RuleSet set = RuleSet.of(rules);
    Interactions batch =
        new Interactions(
            set,
            List.of(Map.of("interaction.content", List.of("w3")), Map.of()),
            Interactions.Texts.PLAIN);

    Matches matches = set.matcher().match(batch, batch.all());

    assertThat(matches.rows(3)).hasToString("{1}");
    assertThat(matches.rows(4)).hasToString("{0, 1}");
  }
}
