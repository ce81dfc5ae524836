package dev.historics.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule says about one interaction.
 *
 * @param labels the plain tags, as {@code interaction.tags} lists them: in the order of their
 *     definition
 * @param tree the tags with a namespace, as {@code interaction.tag_tree} holds them: an object for
 *     every name, and at the end of a namespace a {@code List<String>} of labels or the {@code
 *     BigDecimal} sum of scores
 */
public record Tags(List<String> labels, Map<String, Object> tree) {
  public Tags {
    labels = List.copyOf(labels);
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return labels.isEmpty() && tree.isEmpty();
  }

  /** What {@code rules}, in order of their definition, add together. */
  static Tags of(List<TagRule> rules) {
    List<String> labels = new ArrayList<>();
    Map<String, Object> tree = new LinkedHashMap<>();
    for (TagRule rule : rules) {
      if (rule.namespace().isEmpty()) {
        labels.add(((TagRule.Label) rule.addition()).text());
      } else {
        add(tree, rule);
      }
    }
    return new Tags(labels, tree);
  }

  private static void add(Map<String, Object> tree, TagRule rule) {
    Map<String, Object> branch = tree;
    int last = rule.namespace().size() - 1;
    for (String name : rule.namespace().subList(0, last)) {
      branch = branch(branch, name);
    }
    String leaf = rule.namespace().get(last);
    if (rule.addition() instanceof TagRule.Label label) {
      labels(branch, leaf).add(label.text());
    } else if (rule.addition() instanceof TagRule.Score score) {
      branch.merge(leaf, score.value(), (a, b) -> ((BigDecimal) a).add((BigDecimal) b));
    }
  }

  /** No namespace is both a branch and a leaf, and no leaf has labels and a score. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> branch(Map<String, Object> tree, String name) {
    return (Map<String, Object>) tree.computeIfAbsent(name, n -> new LinkedHashMap<>());
  }

  @SuppressWarnings("unchecked")
  private static List<String> labels(Map<String, Object> tree, String leaf) {
    return (List<String>) tree.computeIfAbsent(leaf, n -> new ArrayList<>());
  }
}
