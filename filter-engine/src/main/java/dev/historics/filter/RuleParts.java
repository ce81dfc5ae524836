package dev.historics.filter;

import dev.historics.filter.syntax.Printer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rule taken apart: each part is a rule of its own, whose name says which part it is. */
public final class RuleParts {
  private RuleParts() {}

  /**
   * The single conditions of a rule, those of its tags and of the rules that it names included;
   * each once, in the order in which they are written. The name is the canonical spelling.
   */
  public static List<Definition> conditions(Definition rule) {
    Map<String, Definition> parts = new LinkedHashMap<>();
    Stream.concat(
            rule.hasFilter() ? Stream.of(rule.filter()) : Stream.empty(),
            rule.tagRules().stream().map(TagRule::condition))
        .flatMap(condition -> condition.fold(new Leaves()))
        .forEach(leaf -> parts.computeIfAbsent(leaf.text(), text -> part(text, leaf, rule)));
    return List.copyOf(parts.values());
  }

  /**
   * The conditions of a rule's tags and scores, imported ones included, in order. The name is what
   * stands before the condition, such as {@code tag.car "Audi"}.
   */
  public static List<Definition> tags(Definition rule) {
    return rule.tagRules().stream().map(tag -> part(name(tag), tag.condition(), rule)).toList();
  }

  private static Definition part(String name, Condition condition, Definition rule) {
    String text = "return { " + condition.fold(new Spelled()) + " }";
    return new Definition(name, text, text, Optional.of(condition), List.of(), rule.imports());
  }

  private static String name(TagRule tag) {
    String namespace =
        tag.namespace().stream().map(part -> "." + part).collect(Collectors.joining());
    String added =
        tag.addition() instanceof TagRule.Score score
            ? Printer.number(score.value())
            : Printer.quoted(((TagRule.Label) tag.addition()).text());
    return "tag" + namespace + " " + added;
  }

  /** The canonical spelling of a condition. */
  private static final class Spelled implements Condition.Cases<String> {
    @Override
    public String any(Condition.Any any) {
      return any.terms().stream().map(term -> term.fold(this)).collect(Collectors.joining(" or "));
    }

    @Override
    public String all(Condition.All all) {
      return all.terms().stream()
          .map(term -> term instanceof Condition.Any ? grouped(term) : term.fold(this))
          .collect(Collectors.joining(" and "));
    }

    @Override
    public String not(Condition.Not not) {
      Condition term = not.term();
      boolean joined = term instanceof Condition.Any || term instanceof Condition.All;
      return "not " + (joined ? grouped(term) : term.fold(this));
    }

    private String grouped(Condition term) {
      return "(" + term.fold(this) + ")";
    }

    @Override
    public String named(Condition.Named named) {
      return "stream " + Printer.quoted(named.hash());
    }

    @Override
    public String holds(Condition.Holds holds) {
      return holds.text();
    }
  }
}
