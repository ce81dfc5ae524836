package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulePartsTest {
  private static Definition compile(String text, Library library) throws InvalidRuleException {
    return Definition.compile("rule", text, RandomRecords.DICTIONARY, library);
  }

  private static List<String> texts(List<Definition> parts) {
    return parts.stream().map(part -> part.name() + " " + part.text()).toList();
  }

  @Test
  void the_conditions_of_filter_and_tags_are_there_once_in_written_order() throws Exception {
    Definition rule =
        compile(
            "tag \"t\" { t.count > 2 and interaction.title exists } "
                + "return { interaction.title exists and not (t.count > 1 or t.count > 2) }",
            Library.empty());

    assertThat(texts(RuleParts.conditions(rule)))
        .containsExactly(
            "interaction.title exists return { interaction.title exists }",
            "t.count > 1 return { t.count > 1 }",
            "t.count > 2 return { t.count > 2 }");
  }

  @Test
  void tags_are_named_as_they_are_written_with_the_namespace_of_their_import() throws Exception {
    String imported = "tag.car \"a\\\"b\" { t.count == 1 } tag.score -12.50 { t.count == 2 }";
    String hash = compile(imported, Library.empty()).hash();
    Library library = asked -> Optional.of(imported).filter(text -> asked.equals(hash));
    Definition rule =
        compile(
            "tag \"plain\" { not (t.count == 3 or t.count == 4) and (t.count == 5 or t.count == 6) } "
                + "tags.in \""
                + hash
                + "\"",
            library);

    assertThat(texts(RuleParts.tags(rule)))
        .containsExactly(
            "tag \"plain\" return { not (t.count == 3 or t.count == 4) and (t.count == 5 or t.count == 6) }",
            "tag.in.car \"a\\\"b\" return { t.count == 1 }",
            "tag.in.score -12.5 return { t.count == 2 }");
  }

  @Test
  void a_part_that_names_a_rule_compiles_with_the_imports_of_the_whole() throws Exception {
    String named = "t.count == 1 or t.count == 2";
    String hash = compile(named, Library.empty()).hash();
    Library library = asked -> Optional.of(named).filter(text -> asked.equals(hash));
    Definition rule =
        compile(
            "tag \"t\" { stream \"" + hash + "\" and t.ratio > 1 } return { t.count exists }",
            library);

    Definition part = RuleParts.tags(rule).get(0);

    assertThat(part.text()).isEqualTo("return { stream \"" + hash + "\" and t.ratio > 1 }");
    assertThat(compile(part.text(), asked -> Optional.ofNullable(part.imports().get(asked))).hash())
        .isEqualTo(part.hash());
  }

  static LongStream seeds() {
    return Seeds.first(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void parts_are_rules_in_their_canonical_spelling(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRules rules = new RandomRules(random, RandomRecords.of(seed, 50));
    int compared = 0;
    while (compared < 40) {
      Optional<Definition> rule = tagged(rules.filter().text(new RuleTree.Plain()));
      if (rule.isPresent()) {
        requireParts(rule.get());
        compared++;
      }
    }
  }

  /** A rule whose tag has the filter's condition; nothing if that is refused. */
  private static Optional<Definition> tagged(String filter) {
    try {
      return Optional.of(
          compile("tag \"t\" { %s } return { %s }".formatted(filter, filter), Library.empty()));
    } catch (InvalidRuleException e) {
      return Optional.empty();
    }
  }

  private static void requireParts(Definition rule) throws InvalidRuleException {
    List<Definition> parts = new ArrayList<>(RuleParts.conditions(rule));
    parts.addAll(RuleParts.tags(rule));

    for (Definition part : parts) {
      assertThat(compile(part.text(), Library.empty()).canonical()).isEqualTo(part.canonical());
    }
    assertThat(RuleParts.conditions(rule))
        .extracting(Definition::name)
        .containsExactlyElementsOf(
            rule.costs().stream().map(ConditionCost::condition).distinct().toList());
  }

  // ---- the order in which a rule is asked

  private static String steps(String rule) throws InvalidRuleException {
    return shown(RuleSet.of(List.of(compile(rule, Library.empty()))).steps(0));
  }

  private static String shown(Step step) {
    return step.parts().isEmpty()
        ? step.condition()
        : "(%s %s)"
            .formatted(
                step.condition(),
                String.join("; ", step.parts().stream().map(RulePartsTest::shown).toList()));
  }

  @Test
  void what_costs_less_is_asked_first() throws Exception {
    assertThat(
            steps(
                "interaction.content regex_partial \"a\" and interaction.content contains \"b\""
                    + " and t.count == 1 and (interaction.title == \"c\" or t.ratio > 1)"))
        .isEqualTo(
            "(and t.count == 1; (or t.ratio > 1; interaction.title == \"c\");"
                + " interaction.content contains \"b\"; interaction.content regex_partial \"a\")");
    assertThat(steps("not (t.count == 2 or not t.count exists)"))
        .isEqualTo("(not (or (not t.count exists); t.count == 2))");
  }

  @Test
  void a_step_costs_what_its_parts_cost() throws Exception {
    Step whole =
        RuleSet.of(
                List.of(
                    compile("t.count == 1 and not (t.ratio > 1 or t.count == 2)", Library.empty())))
            .steps(0);

    assertThat(whole.nanos()).isEqualTo(whole.parts().stream().mapToInt(Step::nanos).sum());
    assertThat(whole.parts()).extracting(Step::nanos).isSorted();
  }
}
