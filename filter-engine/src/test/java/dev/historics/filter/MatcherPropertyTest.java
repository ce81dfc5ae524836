package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatcherPropertyTest {
  private static final int ROWS = 60;
  private static final int RULES = 25;

  static LongStream seeds() {
    return Seeds.first(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_set_of_rules_matches_what_the_reference_accepts(long seed) {
    RandomRules random = new RandomRules(seed);
    List<Definition> definitions = new ArrayList<>();
    while (definitions.size() < RULES) {
      compile(random.rule(3)).ifPresent(definitions::add);
    }
    RuleSet rules = RuleSet.of(definitions);
    Matcher matcher = rules.matcher();

    for (Interactions.Texts texts : Interactions.Texts.values()) {
      List<Map<String, List<Object>>> rows = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        rows.add(random.interaction());
      }
      BitSet candidates = candidates(seed);
      List<BitSet> matches = matcher.match(new Interactions(rules, rows, texts), candidates);

      for (int i = 0; i < definitions.size(); i++) {
        String rule = definitions.get(i).text();
        for (int row = 0; row < ROWS; row++) {
          Map<String, List<Object>> values = rows.get(row);
          boolean expected =
              candidates.get(row)
                  && ReferenceInterpreter.accepts(
                      rule, RandomRules.TARGETS, name -> values.getOrDefault(name, List.of()));
          assertThat(matches.get(i).get(row)).as("%s on %s", rule, values).isEqualTo(expected);
        }
      }
    }
  }

  private static Optional<Definition> compile(String rule) {
    try {
      return Optional.of(Definition.compile("rule", rule, RandomRules.TARGETS));
    } catch (InvalidRuleException e) {
      // A list of blanks only, or a phrase without words: rare, and no rule.
      assertThat(e.diagnostics())
          .allSatisfy(
              problem ->
                  assertThat(problem.message())
                      .isIn(
                          "expected at least one word in each text, found none",
                          "expected at least one item, found an empty list"));
      return Optional.empty();
    }
  }

  private static BitSet candidates(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet candidates = new BitSet();
    for (int row = 0; row < ROWS; row++) {
      candidates.set(row, random.nextInt(5) > 0);
    }
    return candidates;
  }
}
