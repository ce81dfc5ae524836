package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
  private static Definition compile(String text) throws InvalidRuleException {
    return Definition.compile("rule", text, TargetDictionary.standard());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          football   => 34be61ef6e901da4fdab86dc5dfab972
          golf       => 4c80fa58628239f6579496f0634dcecc
          tennis     => 92fa0a3fad2de9c2ee0aa8112ac9341f
          apple      => 9fe133a7ee1bd2757f1e26bd78342458
          datasift   => 947b690ec9dca525fb8724645e088d79
          Steve Jobs => f2625cb00dcbbe4121b654d9d3e1f3aa
          """)
  void simple_rules_have_the_hashes_that_the_old_service_published(String word, String hash)
      throws InvalidRuleException {
    String rule = "interaction.content contains \"%s\"".formatted(word);

    assertThat(compile(rule).hash()).isEqualTo(hash);
    assertThat(
            compile("// x\nRETURN {\n Interaction.Content CONTAINS_WORD\"%s\"}".formatted(word))
                .hash())
        .isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          language.tag IN " en ,, de\\n"              => language.tag in "en, de"
          language.tag in "a\\, b"                    => language.tag in "a\\, b"
          language.tag == "a\\, b\\?"                 => language.tag == "a, b?"
          language.tag == "\\"\\\\\\t"                => language.tag == "\\"\\\\\\t"
          language.tag any "a" or language.tag all "b" => language.tag contains_any "a" or language.tag contains_all "b"
          not (language.tag cs exists_or)             => -
          language.confidence >= 5.50                 => language.confidence >= 5.5
          language.confidence < -1e3                  => language.confidence < -1000
          language.confidence < 1e300                 => language.confidence < 1E+300
          language.confidence == 0e9                  => language.confidence == 0
          language.confidence in [ 1,-2 , 3]          => language.confidence in [1, -2, 3]
          ((language.tag exists))                     => language.tag exists
          not (not language.tag exists)               => not not language.tag exists
          a.b exists and (a.c exists and a.d exists)  => a.b exists and a.c exists and a.d exists
          (a.b exists or a.c exists) and a.d exists   => (a.b exists or a.c exists) and a.d exists
          (a.b exists and a.c exists) or a.d exists   => a.b exists and a.c exists or a.d exists
          not (a.b exists and a.c exists)             => not (a.b exists and a.c exists)
          """)
  void a_rule_has_one_spelling(String text, String canonical) throws InvalidRuleException {
    TargetDictionary open = TargetDictionary.standard().withOpenNamespace("a");
    if (canonical.equals("-")) {
      assertThatThrownBy(() -> Definition.compile("rule", text, open))
          .isInstanceOf(InvalidRuleException.class);
      return;
    }

    Definition once = Definition.compile("rule", text, open);

    assertThat(once.canonical()).isEqualTo("return { " + canonical + " }");
    assertThat(Definition.compile("rule", once.canonical(), open).canonical())
        .isEqualTo(once.canonical());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          language.tag exists                                => 1
          language.tag in "a, b, c, d, e"                    => 1
          interaction.content contains "new york"            => 2
          interaction.content any "new york, #paris"         => 4
          not (language.tag exists and interaction.sample<5) => 2
          """)
  void complexity_counts_words_and_conditions(String text, int complexity)
      throws InvalidRuleException {
    assertThat(compile(text).complexity()).isEqualTo(complexity);
  }

  @Test
  void targets_are_those_that_the_rule_reads() throws InvalidRuleException {
    Definition rule =
        compile("Language.Tag == \"en\" and (interaction.geo exists or not language.tag exists)");

    assertThat(rule.targets()).containsExactly("interaction.geo", "language.tag");
  }

  @Test
  void a_group_exists_where_one_of_its_members_does() throws InvalidRuleException {
    TargetDictionary targets =
        TargetDictionary.standard()
            .with(
                List.of(
                    new Target("shop.item.name", ValueType.TEXT, false, ""),
                    new Target("shop.item.price", ValueType.FLOAT, false, ""),
                    new Target("shop.items", ValueType.INT, false, "")));

    Definition rule = Definition.compile("rule", "shop.item exists", targets);

    assertThat(rule.targets()).containsExactly("shop.item.name", "shop.item.price");
    assertThat(rule.canonical()).isEqualTo("return { shop.item exists }");
  }

  @Test
  void a_text_with_targets_below_it_exists_where_one_of_them_does() throws Exception {
    TargetDictionary open = TargetDictionary.standard().withOpenNamespace("twitter");

    assertThat(Definition.compile("rule", "twitter.user exists", open).targets())
        .contains("twitter.user", "twitter.user.id", "twitter.user.screen_name");
    assertThat(Definition.compile("rule", "interaction.geo exists", open).targets())
        .containsExactly("interaction.geo");
  }
}
