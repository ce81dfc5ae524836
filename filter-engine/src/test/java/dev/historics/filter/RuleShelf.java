package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Rules that others may name: filters, tags, both, and some that name others themselves. */
final class RuleShelf implements Library {
  private static final int EACH = 6;

  /** What a random rule may be refused for; everything else is an error of the test. */
  private static final List<String> REFUSALS =
      List.of(
          "expected at least one word in each text, found none",
          "expected at least one item, found an empty list",
          "so it cannot have",
          "is defined twice",
          "expected an address in each item, found one without");

  private final TargetDictionary targets;
  private final Map<String, String> texts = new HashMap<>();

  private RuleShelf(TargetDictionary targets) {
    this.targets = targets;
  }

  /** Rules over the records; those that {@code rules} makes from now on may name them. */
  static RuleShelf filled(RandomRules rules, Records records, SplittableRandom random) {
    RuleShelf shelf = new RuleShelf(records.dictionary());
    List<String> filters = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    while (filters.size() < EACH || tags.size() < EACH) {
      RuleTree tree = filters.size() < EACH ? rules.rule() : rules.tagsOnly();
      shelf
          .compile(tree.text(new RuleTree.Wild(random)))
          .ifPresent(
              rule -> {
                shelf.texts.put(rule.hash(), rule.text());
                if (rule.hasFilter()) {
                  filters.add(rule.hash());
                }
                if (rule.hasTags()) {
                  tags.add(rule.hash());
                }
              });
      rules.naming(filters, tags);
    }
    return shelf;
  }

  @Override
  public Optional<String> text(String hash) {
    return Optional.ofNullable(texts.get(hash));
  }

  /** A random rule, if it is one: not every word that is drawn is left after cutting. */
  Optional<Definition> compile(String text) {
    try {
      return Optional.of(Definition.compile("rule", text, targets, this));
    } catch (InvalidRuleException e) {
      assertThat(e.diagnostics())
          .as(text)
          .allSatisfy(
              problem ->
                  assertThat(REFUSALS).anyMatch(refusal -> problem.message().contains(refusal)));
      return Optional.empty();
    }
  }
}
