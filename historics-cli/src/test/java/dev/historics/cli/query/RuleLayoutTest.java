package dev.historics.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.TargetDictionary;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleLayoutTest {
  private static Definition compile(String rule) throws InvalidRuleException {
    return Definition.compile("rule", rule, TargetDictionary.standard());
  }

  @Test
  void a_short_rule_stays_on_one_line() throws Exception {
    assertThat(RuleLayout.lines(compile("interaction.title EXISTS and language.tag == \"en\"")))
        .containsExactly("return { interaction.title exists and language.tag == \"en\" }");
  }

  @Test
  void a_long_rule_is_broken_at_and_and_or() throws Exception {
    Definition rule =
        compile(
            """
            tag.topic "sun" { interaction.content any "sun, solar" and (language.tag == "en" or language.tag == "de") }
            tag.score 2 { interaction.title exists }
            return {
              interaction.content contains "solar power" and (language.tag == "en" or language.tag == "de"
                or interaction.title contains_any "a, b, c" and not language.tag == "fr")
              and not (interaction.hashtags == "spam" or interaction.author.username contains "bot" or interaction.sample > 90)
            }
            """);

    assertThat(String.join("\n", RuleLayout.lines(rule)))
        .isEqualTo(
            """
            tag.topic "sun" {
              interaction.content contains_any "sun, solar"
              and (language.tag == "en" or language.tag == "de")
            }
            tag.score 2 { interaction.title exists }
            return {
              interaction.content contains "solar power"
              and (
                language.tag == "en"
                or language.tag == "de"
                or interaction.title contains_any "a, b, c" and not language.tag == "fr"
              )
              and not (
                interaction.hashtags == "spam"
                or interaction.author.username contains "bot"
                or interaction.sample > 90
              )
            }""");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_lines_are_the_same_rule(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Definition rule =
        compile(
            "tag \"t\" { %s } tag.n 1.5 { %s } return { %s }"
                .formatted(filter(random, 4), filter(random, 1), filter(random, 5)));

    List<String> lines = RuleLayout.lines(rule);

    assertThat(compile(String.join("\n", lines)).canonical()).isEqualTo(rule.canonical());
    assertThat(lines)
        .allMatch(line -> line.length() <= 80 + "and not not ".length() || !line.contains(" or "));
  }

  private static String filter(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 3 : random.nextInt(5);
    return switch (kind) {
      case 0 -> "not (" + filter(random, depth - 1) + ")";
      case 1 -> "(" + filter(random, depth - 1) + " and " + filter(random, depth - 1) + ")";
      case 2 -> "(" + filter(random, depth - 1) + " or " + filter(random, depth - 1) + ")";
      default ->
          "interaction.content contains \"%s\"".formatted("word ".repeat(random.nextInt(9) + 1));
    };
  }
}
