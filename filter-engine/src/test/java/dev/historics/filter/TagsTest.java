package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class TagsTest {
  private static final String ANY = "interaction.content exists";

  /** The tags of a rule on one interaction for each of {@code contents}. */
  private static SortedMap<Integer, Tags> tags(String rule, String... contents)
      throws InvalidRuleException {
    Definition definition = Definition.compile("rule", rule, TargetDictionary.standard());
    RuleSet rules = RuleSet.of(List.of(definition));
    TextColumn.Builder column = new TextColumn.Builder();
    for (String content : contents) {
      column.add(content);
      column.endRow();
    }
    TextColumn built = column.build();
    ColumnBatch batch =
        new ColumnBatch() {
          @Override
          public int rows() {
            return built.rows();
          }

          @Override
          public Column column(int index) {
            return built;
          }
        };
    BitSet all = new BitSet();
    all.set(0, built.rows());
    Matcher matcher = rules.matcher();
    BitSet matched = matcher.match(batch, all).rows(0);
    return matcher.tags(batch, 0, matched);
  }

  private static void refused(String rule, String message) {
    assertThatThrownBy(() -> Definition.compile("rule", rule, TargetDictionary.standard()))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageContaining(message);
  }

  @Test
  void plain_tags_are_listed_in_the_order_of_their_definition() throws Exception {
    String rule =
        "tag \"b\" { interaction.content contains \"x\" } tag \"a\" { interaction.content contains \"y\" }"
            + " tag \"c\" { interaction.content contains \"z\" } return { "
            + ANY
            + " }";

    assertThat(tags(rule, "y x", "x", "w").get(0).labels()).containsExactly("b", "a");
    assertThat(tags(rule, "y x", "x", "w")).containsOnlyKeys(0, 1);
  }

  @Test
  void only_what_the_filter_accepts_is_tagged() throws Exception {
    String rule =
        "tag \"t\" { interaction.content contains \"x\" } return { interaction.content contains \"y\" }";

    assertThat(tags(rule, "x", "x y")).containsOnlyKeys(1);
  }

  @Test
  void namespaces_make_a_tree_and_leave_the_list_alone() throws Exception {
    String rule =
        "tag.device.model \"one\" { interaction.content contains \"x\" }"
            + " tag.device.model \"two\" { interaction.content contains \"x\" }"
            + " tag.Device.Maker \"m\" { interaction.content contains \"x\" } return { "
            + ANY
            + " }";

    Tags tags = tags(rule, "x").get(0);

    assertThat(tags.labels()).isEmpty();
    assertThat(tags.tree())
        .isEqualTo(Map.of("device", Map.of("model", List.of("one", "two"), "maker", List.of("m"))));
  }

  @Test
  void scores_are_added_up_exactly_where_some_rule_matched() throws Exception {
    String rule =
        "tag.intent.buy 0.1 { interaction.content contains \"x\" }"
            + " tag.intent.buy +0.2 { interaction.content contains \"x\" }"
            + " tag.intent.buy -3 { interaction.content contains \"y\" }"
            + " tag.intent.buy 3 { interaction.content contains \"y\" } return { "
            + ANY
            + " }";

    SortedMap<Integer, Tags> tags = tags(rule, "x", "y", "z");

    assertThat(score(tags.get(0))).isEqualByComparingTo("0.3");
    assertThat(score(tags.get(1))).isEqualByComparingTo("0");
    assertThat(tags).doesNotContainKey(2);
  }

  private static BigDecimal score(Tags tags) {
    return (BigDecimal) ((Map<?, ?>) tags.tree().get("intent")).get("buy");
  }

  @Test
  void a_tag_is_defined_once_in_its_namespace() throws Exception {
    refused(
        "tag \"A\" { " + ANY + " } tag \"A\" { " + ANY + " } return { " + ANY + " }",
        "the tag \"A\" is defined twice");
    assertThat(
            tags(
                "tag \"A\" { " + ANY + " } tag.n \"A\" { " + ANY + " } return { " + ANY + " }",
                "x"))
        .hasSize(1);
  }

  @Test
  void a_namespace_holds_labels_or_scores_or_others() {
    refused(
        "tag.n \"A\" { " + ANY + " } tag.n 1 { " + ANY + " }",
        "the namespace 'n' has labels, so it cannot have scores");
    refused(
        "tag.n.m \"A\" { " + ANY + " } tag.n \"B\" { " + ANY + " }",
        "the namespace 'n' has further namespaces, so it cannot have labels");
    refused(
        "tag.n 5 { " + ANY + " } tag.n.m \"B\" { " + ANY + " }",
        "the namespace 'n' has scores, so it cannot have further namespaces");
  }
}
