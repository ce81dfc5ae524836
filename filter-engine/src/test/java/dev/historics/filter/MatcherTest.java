package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private static final List<Map<String, List<Object>>> ROWS =
      List.of(
          Map.of("language.tag", List.of("en"), "interaction.content", List.of("a ferry")),
          Map.of("language.tag", List.of("de"), "interaction.content", List.of("a ferry")),
          Map.of("language.tag", List.of("de"), "language.confidence", List.of(90)));

  private static RuleSet rules(String... texts) throws InvalidRuleException {
    List<Definition> definitions = new ArrayList<>();
    for (String text : texts) {
      definitions.add(Definition.compile("rule", text, TargetDictionary.standard()));
    }
    return RuleSet.of(definitions);
  }

  private static List<BitSet> rows(Matches matches) {
    return IntStream.range(0, matches.rules()).mapToObj(matches::rows).toList();
  }

  private static Interactions batch(RuleSet rules) {
    return new Interactions(rules, ROWS, Interactions.Texts.PLAIN);
  }

  private static BitSet bits(int... rows) {
    BitSet bits = new BitSet();
    for (int row : rows) {
      bits.set(row);
    }
    return bits;
  }

  @Test
  void answers_come_in_the_order_of_the_rules_and_within_the_candidates() throws Exception {
    RuleSet rules =
        rules("language.tag == \"de\"", "not language.tag == \"de\"", "language.confidence > 5");
    BitSet candidates = bits(0, 1);

    Matches matches = rules.matcher().match(batch(rules), candidates);

    assertThat(rows(matches)).containsExactly(bits(1), bits(0), bits());
    assertThat(candidates).isEqualTo(bits(0, 1));
  }

  @Test
  void a_column_that_nothing_needs_is_not_asked_for() throws Exception {
    RuleSet rules =
        rules(
            "interaction.content contains \"ferry\" and language.tag == \"fr\"",
            "interaction.title contains \"x\" or language.tag exists");
    Interactions batch = batch(rules);

    rules.matcher().match(batch, batch.all());

    assertThat(batch.asked()).containsExactly("language.tag");
  }

  @Test
  void without_candidates_no_column_is_asked_for() throws Exception {
    RuleSet rules = rules("not language.tag exists");
    Interactions batch = batch(rules);

    assertThat(rows(rules.matcher().match(batch, new BitSet()))).containsExactly(new BitSet());
    assertThat(batch.asked()).isEmpty();
  }

  @Test
  void each_target_stands_in_the_set_once_and_equal_questions_too() throws Exception {
    RuleSet rules =
        rules(
            "interaction.content any \"a, b\" and language.tag in \"en\"",
            "language.tag == \"EN\" or interaction.content contains_any \"B, a, b\"");

    assertThat(rules.targets().stream().map(Target::name))
        .containsExactly("interaction.content", "language.tag");
    assertThat(rules.predicates()).hasSize(2);
  }

  @Test
  void a_matcher_goes_on_after_a_column_that_could_not_be_read() throws Exception {
    RuleSet rules = rules("language.tag == \"de\"");
    Matcher matcher = rules.matcher();
    ColumnBatch broken =
        new ColumnBatch() {
          @Override
          public int rows() {
            return 3;
          }

          @Override
          public Column column(int index) {
            throw new UncheckedIOException(new IOException("disk"));
          }
        };

    assertThatThrownBy(() -> matcher.match(broken, bits(0)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(rows(matcher.match(batch(rules), bits(0, 1, 2)))).containsExactly(bits(1, 2));
  }

  @Test
  void a_batch_that_does_not_fit_is_refused() throws Exception {
    RuleSet rules = rules("language.tag == \"de\"");
    RuleSet numbers = rules("language.confidence == 1");

    assertThatThrownBy(() -> rules.matcher().match(batch(rules), bits(3)))
        .hasMessage("row 3 is asked for, but the batch has 3 rows");
    assertThatThrownBy(() -> numbers.matcher().match(batch(rules), bits(0)))
        .hasMessage(
            "column 'language.confidence': expected a IntColumn of 3 rows, got a TextColumn of 3");
  }

  @Test
  void a_dictionary_is_decided_anew_for_the_next_batch() throws Exception {
    RuleSet rules = rules("language.tag == \"de\"");
    Matcher matcher = rules.matcher();
    Interactions first = new Interactions(rules, ROWS, Interactions.Texts.DICTIONARY);
    Interactions second =
        new Interactions(rules, List.of(ROWS.get(2), ROWS.get(0)), Interactions.Texts.DICTIONARY);

    assertThat(rows(matcher.match(first, first.all()))).containsExactly(bits(1, 2));
    assertThat(rows(matcher.match(second, second.all()))).containsExactly(bits(0));
  }
}
