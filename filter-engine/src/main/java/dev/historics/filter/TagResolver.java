package dev.historics.filter;

import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Problems;
import dev.historics.filter.syntax.TagStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns tag statements into rules, those of imported rules among them, and reports what cannot
 * stand together: the same tag twice, labels and scores in one namespace, and labels or scores in a
 * namespace that has others below it.
 */
final class TagResolver implements TagStatement.Cases<List<TagRule>> {
  private final Resolver resolver;
  private final Compilation.Imports imports;
  private final Problems problems;
  private final Map<List<String>, Use> uses = new HashMap<>();
  private final Set<TagKey> labels = new HashSet<>();

  /** What a namespace holds. */
  private enum Use {
    LABELS("labels"),
    SCORES("scores"),
    NAMESPACES("further namespaces");

    private final String shown;

    Use(String shown) {
      this.shown = shown;
    }
  }

  private record TagKey(List<String> namespace, TagRule.Addition addition) {}

  TagResolver(Resolver resolver, Compilation.Imports imports, Problems problems) {
    this.resolver = resolver;
    this.imports = imports;
    this.problems = problems;
  }

  /** The rules of all statements that make sense, in order. */
  List<TagRule> resolve(List<TagStatement> statements) {
    List<TagRule> rules = new ArrayList<>();
    for (TagStatement statement : statements) {
      for (TagRule rule : statement.fold(this)) {
        if (isNew(rule, statement) && fits(rule, statement)) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  @Override
  public List<TagRule> label(TagStatement.Label label) {
    return rule(label, new TagRule.Label(label.label()), label.condition().fold(resolver));
  }

  @Override
  public List<TagRule> score(TagStatement.Score score) {
    return rule(score, new TagRule.Score(score.score()), score.condition().fold(resolver));
  }

  private static List<TagRule> rule(
      TagStatement statement, TagRule.Addition addition, Optional<Condition> condition) {
    return condition
        .map(holds -> List.of(new TagRule(statement.namespace(), addition, holds)))
        .orElse(List.of());
  }

  @Override
  public List<TagRule> imported(TagStatement.Import imported) {
    Optional<Definition> definition = imports.find(imported.hash());
    if (definition.isPresent() && definition.get().tagRules().isEmpty()) {
      problems.add(
          imported.hash().span(),
          "the rule '%s' has no tags".formatted(imported.hash().value()),
          "'stream' names a rule for its filter");
    }
    return definition.map(Definition::tagRules).orElse(List.of()).stream()
        .map(rule -> below(imported.namespace(), rule))
        .toList();
  }

  private static TagRule below(List<String> namespace, TagRule rule) {
    List<String> whole = new ArrayList<>(namespace);
    whole.addAll(rule.namespace());
    return new TagRule(whole, rule.addition(), rule.condition());
  }

  private boolean isNew(TagRule rule, TagStatement statement) {
    if (rule.addition() instanceof TagRule.Label label
        && !labels.add(new TagKey(rule.namespace(), label))) {
      problems.add(
          statement.span(),
          "the tag %s\"%s\" is defined twice".formatted(prefix(rule.namespace()), label.text()),
          statement instanceof TagStatement.Import
              ? "import it under a namespace of its own: tags.imported \"…\""
              : "join the two conditions with OR");
      return false;
    }
    return true;
  }

  private static String prefix(List<String> namespace) {
    return namespace.isEmpty() ? "" : String.join(".", namespace) + " ";
  }

  private boolean fits(TagRule rule, TagStatement statement) {
    List<String> namespace = rule.namespace();
    if (namespace.isEmpty()) {
      return true;
    }
    if (namespace.size() > Parser.NAMESPACE_DEPTH_MAX) {
      problems.add(
          statement.span(),
          "with the import, a namespace has at most %d names, this one has %d"
              .formatted(Parser.NAMESPACE_DEPTH_MAX, namespace.size()),
          "import the tags under a shorter namespace");
      return false;
    }
    for (int length = 1; length < namespace.size(); length++) {
      if (!uses(namespace.subList(0, length), Use.NAMESPACES, statement)) {
        return false;
      }
    }
    return uses(
        namespace, rule.addition() instanceof TagRule.Label ? Use.LABELS : Use.SCORES, statement);
  }

  private boolean uses(List<String> namespace, Use use, TagStatement statement) {
    Use before = uses.putIfAbsent(List.copyOf(namespace), use);
    if (before == null || before == use) {
      return true;
    }
    problems.add(
        statement.span(),
        "the namespace '%s' has %s, so it cannot have %s"
            .formatted(String.join(".", namespace), before.shown, use.shown),
        statement instanceof TagStatement.Import
            ? "a rule with plain tags beside scores or namespaces is imported without a namespace"
            : "use another namespace");
    return false;
  }
}
