package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and texts as large as they may be, and of the kind that makes careless engines hang. */
class HostileSizesTest {
  private static final TargetDictionary TARGETS = TargetDictionary.standard();
  private static final String A_LOT_OF_A = "a".repeat(200_000);

  private static List<Boolean> matches(Definition rule, String... contents) {
    RuleSet rules = RuleSet.of(List.of(rule));
    List<Map<String, List<Object>>> rows = new ArrayList<>();
    for (String content : contents) {
      rows.add(Map.of("interaction.content", List.of(content)));
    }
    Interactions batch = new Interactions(rules, rows, Interactions.Texts.PAGE);
    Matcher matcher = rules.matcher();
    return IntStream.range(0, contents.length)
        .mapToObj(row -> matcher.match(batch, batch.all()).rows(0).get(row))
        .toList();
  }

  private static Definition compile(String text) throws InvalidRuleException {
    return Definition.compile("rule", text, TARGETS);
  }

  private static String numbered(String item, int from, int to, String glue) {
    return IntStream.range(from, to).mapToObj(i -> item + i).collect(Collectors.joining(glue));
  }

  @Test
  void a_megabyte_of_alternatives_is_looked_for_at_once() throws Exception {
    String list = numbered("w", 0, 100_000, ", ");
    Definition rule = compile("interaction.content contains_any \"%s\"".formatted(list));

    assertThat(list.length()).isGreaterThan(750_000);
    assertThat(matches(rule, "w0", "so W99999, yes", "w100000", "w", "w9999 9", "xw5"))
        .containsExactly(true, true, false, false, true, false);
    assertThat(rule.complexity()).isEqualTo(100_000);
  }

  @Test
  void a_million_items_stand_in_streams() throws Exception {
    Map<String, String> library = new HashMap<>();
    for (int part = 0; part < 10; part++) {
      String items = numbered("", part * 100_000, (part + 1) * 100_000, ",");
      Definition list = compile("interaction.content in \"%s\"".formatted(items));
      library.put(list.hash(), list.text());
    }
    String all =
        library.keySet().stream()
            .map("stream \"%s\""::formatted)
            .collect(Collectors.joining(" or "));

    Definition rule =
        Definition.compile("rule", all, TARGETS, hash -> Optional.ofNullable(library.get(hash)));

    assertThat(matches(rule, "0", "999999", "1000000", "-1", "00", "123456 "))
        .containsExactly(true, true, false, false, false, true);
    assertThat(rule.complexity()).isEqualTo(10);
  }

  @Test
  void a_thousand_conditions_are_asked_and_one_more_is_refused() throws Exception {
    String condition = "interaction.content contains \"w";
    String thousand = condition + numbered("", 0, 1000, "\" or " + condition) + "\"";

    Definition rule = compile(thousand);

    assertThat(matches(rule, "a w999 b", "w1000")).containsExactly(true, false);
    assertThatThrownBy(() -> compile(thousand + " or interaction.content exists"))
        .hasMessageContaining("a filter may join at most 1000 conditions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|aa)+$",
        "(a|a?)+$",
        "(a*)*b",
        "(.*a){12}$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(\\\\w+\\\\s?)*$",
        "(x+x+)+y",
        "a*a*a*a*a*a*b",
        "(?i)(A|a)*c"
      })
  void no_expression_takes_more_than_its_share_of_a_long_text(String pattern) throws Exception {
    Definition partial = compile("interaction.content regex_partial \"%s\"".formatted(pattern));
    Definition exact = compile("interaction.content regex_exact \"%s\"".formatted(pattern));

    assertThat(matches(partial, A_LOT_OF_A + "!")).hasSize(1);
    assertThat(matches(exact, A_LOT_OF_A + "!")).containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wildcard \"*a*a*a*a*a*b\"",
        "wildcard \"a*a*a?b*\"",
        "wildcard \"?*?*?*b\"",
        "contains \"a b\"",
        "contains_near \"a, b:100000\"",
        "substr \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
        "contains_all \"a, b\""
      })
  void no_other_operator_does_either(String operator) throws Exception {
    Definition rule = compile("interaction.content " + operator);

    assertThat(matches(rule, A_LOT_OF_A, "a ".repeat(200_000), "-".repeat(200_000)))
        .containsExactly(false, false, false);
  }

  @Test
  void a_phrase_of_a_thousand_words_and_a_window_of_a_thousand_items_are_found() throws Exception {
    String words = numbered("w", 0, 1000, " ");
    Definition phrase = compile("interaction.content contains \"%s\"".formatted(words));
    Definition near =
        compile("interaction.content contains_near \"%s:1000\"".formatted(words.replace(' ', ',')));
    String text = "w0 ".repeat(50_000) + words + " w0".repeat(50_000);

    assertThat(matches(phrase, text, text.replace("w500 ", ""))).containsExactly(true, false);
    assertThat(matches(near, text, text.replace("w500 ", "w500 x "))).containsExactly(true, false);
  }
}
