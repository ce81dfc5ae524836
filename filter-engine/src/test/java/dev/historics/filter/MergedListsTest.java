package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergedListsTest {
  private static int predicates(String rule) throws InvalidRuleException {
    Definition definition = Definition.compile("rule", rule, TargetDictionary.standard());
    return RuleSet.of(List.of(definition)).predicates().size();
  }

  @Test
  void lists_joined_by_or_are_one_look_up_for_each_target_and_case() throws Exception {
    assertThat(
            predicates(
                "language.tag in \"a, b\" or (language.tag == \"c\" or language.tag in \"d\")"
                    + " or language.tag cs in \"E\" or interaction.type in \"a\""))
        .isEqualTo(3);
  }

  @Test
  void lists_joined_by_and_are_not() throws Exception {
    assertThat(predicates("language.tag in \"a, b\" and language.tag in \"b, c\"")).isEqualTo(2);
    assertThat(predicates("language.tag in \"a\" or not language.tag in \"b\"")).isEqualTo(2);
  }
}
