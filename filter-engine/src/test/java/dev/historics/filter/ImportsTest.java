package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportsTest {
  private final Map<String, String> stored = new HashMap<>();
  private final Library library = hash -> Optional.ofNullable(stored.get(hash));

  private Definition compile(String text) throws InvalidRuleException {
    return Definition.compile("rule", text, TargetDictionary.standard(), library);
  }

  private String store(String text) throws InvalidRuleException {
    Definition definition = compile(text);
    stored.put(definition.hash(), text);
    return definition.hash();
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> compile(text))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_stream_stands_for_the_filter_of_another_rule_without_its_tags() throws Exception {
    String hash =
        store(
            "tag \"t\" { interaction.title exists } return { interaction.content contains \"a\" }");

    Definition rule =
        compile("RULE \"" + hash.toUpperCase(Locale.ROOT) + "\" and interaction.link exists");

    assertThat(rule.canonical())
        .isEqualTo("return { stream \"" + hash + "\" and interaction.link exists }");
    assertThat(rule.targets()).containsExactly("interaction.content", "interaction.link");
    assertThat(rule.hasTags()).isFalse();
    assertThat(rule.complexity()).isEqualTo(2);
  }

  @Test
  void imported_tags_stand_under_the_namespace_of_the_import() throws Exception {
    String hash =
        store("tag.m \"a\" { interaction.title exists } tag.n 2 { interaction.link exists }");

    Definition rule =
        compile("tags.outer.inner \"" + hash + "\" return { interaction.content exists }");

    assertThat(rule.tagRules())
        .extracting(tag -> String.join(".", tag.namespace()))
        .containsExactly("outer.inner.m", "outer.inner.n");
  }

  @Test
  void what_is_named_travels_with_the_rule() throws Exception {
    String first = store("interaction.content contains \"a\"");
    String second = store("stream \"" + first + "\" or interaction.title exists");
    Definition rule = compile("stream \"" + second + "\"");

    assertThat(rule.imports()).containsOnlyKeys(first, second);
    assertThat(
            Definition.compile(
                    "elsewhere",
                    rule.text(),
                    TargetDictionary.standard(),
                    hash -> Optional.ofNullable(rule.imports().get(hash)))
                .hash())
        .isEqualTo(rule.hash());
  }

  @Test
  void imports_cannot_make_a_namespace_longer_than_a_rule_may_write_it() throws Exception {
    String deep = "tag" + ".n".repeat(60);
    String hash = store(deep + " \"a\" { interaction.title exists }");

    refused("tags" + ".m".repeat(60) + " \"" + hash + "\"", "at most 100 names, this one has 120");
  }

  @Test
  void a_name_that_leads_nowhere_is_refused() throws Exception {
    String filter = store("interaction.content contains \"a\"");
    String tags = store("tag \"a\" { interaction.title exists }");

    refused("stream \"" + "0".repeat(32) + "\"", "unknown rule '" + "0".repeat(32) + "'");
    refused("stream \"abc\"", "32 hexadecimal digits");
    refused("stream \"" + tags + "\"", "has no filter, only tags");
    refused("tags \"" + filter + "\" return { interaction.content exists }", "has no tags");
  }

  @Test
  void a_damaged_library_is_noticed() throws Exception {
    String hash = store("interaction.content contains \"a\"");
    stored.put(hash, "interaction.content contains \"b\"");
    refused("stream \"" + hash + "\"", "the rule stored as '" + hash + "' has the hash");
    stored.put(hash, "interaction.nowhere contains \"b\"");
    refused("stream \"" + hash + "\"", "does not compile here: unknown target");
    stored.put(hash, "stream \"" + hash + "\"");
    refused("stream \"" + hash + "\"", "name each other");
  }

  @Test
  void rules_that_name_each_other_cannot_grow_without_bound() throws Exception {
    StringBuilder wide = new StringBuilder("interaction.content contains \"a\"");
    for (int i = 0; i < 999; i++) {
      wide.append(" or interaction.content contains \"a").append(i).append('"');
    }
    String level = store(wide.toString());
    String hundred = "stream \"" + level + "\"" + (" or stream \"" + level + "\"").repeat(99);
    String many = store(hundred);

    refused("stream \"" + many + "\" or interaction.title exists", "may have 100000 conditions");
  }

  @Test
  void chains_of_rules_end_somewhere() throws Exception {
    String last = store("interaction.content contains \"a\"");
    for (int i = 0; i < Compilation.CHAIN_MAX; i++) {
      last = store("not stream \"" + last + "\"");
    }
    refused("stream \"" + last + "\"", "name each other in a row");
  }
}
