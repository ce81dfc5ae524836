package dev.historics.filter;

import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Printer;
import dev.historics.filter.syntax.Problem;
import dev.historics.filter.syntax.Problems;
import dev.historics.filter.syntax.Span;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compiles a rule, and with it the rules that it names. */
final class Compilation {
  /** The most single conditions in a rule, those of the rules that it names included. */
  static final int SIZE_MAX = 100_000;

  /** The most levels of nodes in a rule, those of the rules that it names included. */
  static final int DEPTH_MAX = 1000;

  /** The longest chain of rules that name each other. */
  static final int CHAIN_MAX = 50;

  private final TargetDictionary targets;
  private final Library library;
  private final Map<String, Definition> named = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();

  Compilation(TargetDictionary targets, Library library) {
    this.targets = targets;
    this.library = library;
  }

  /**
   * Compiles one rule.
   *
   * @throws InvalidRuleException with all problems of the rule
   */
  Definition compile(String name, String text) throws InvalidRuleException {
    Parser.Parsed parsed = Parser.parse(text);
    Problems problems = parsed.problems();
    Imports imports = new Imports(problems);
    Resolver resolver = new Resolver(targets, imports, problems);
    List<TagRule> tags = new TagResolver(resolver, imports, problems).resolve(parsed.tags());
    List<Optional<Condition>> parts =
        parsed.parts().stream().map(part -> part.fold(resolver)).toList();
    parsed.looseTargets().forEach(resolver::checkName);
    Optional<Condition> filter = parts.stream().findFirst().flatMap(part -> part);
    checkSize(filter, tags, problems);
    List<Problem> found = problems.list();
    if (!found.isEmpty()) {
      throw invalid(name, text, found);
    }
    String canonical = Printer.print(parsed.tags(), parsed.filter());
    return new Definition(name, text, canonical, filter, tags, imports.texts);
  }

  private static void checkSize(Optional<Condition> filter, List<TagRule> tags, Problems problems) {
    long size = filter.map(Condition::size).orElse(0);
    int depth = filter.map(Condition::depth).orElse(0);
    for (TagRule tag : tags) {
      size += tag.condition().size();
      depth = Math.max(depth, tag.condition().depth());
    }
    if (size > SIZE_MAX || depth > DEPTH_MAX) {
      problems.add(
          new Span(0, 0),
          "with the rules that it names, a rule may have %d conditions and %d levels of nesting; "
                  .formatted(SIZE_MAX, DEPTH_MAX)
              + "this one has %d and %d".formatted(size, depth),
          "name fewer rules");
    }
  }

  private static InvalidRuleException invalid(String name, String text, List<Problem> problems) {
    SourceText source = new SourceText(name, text);
    return new InvalidRuleException(
        problems.stream()
            .sorted(Comparator.comparingInt(problem -> problem.span().start()))
            .map(source::diagnostic)
            .toList());
  }

  /** The rules that one rule names. */
  final class Imports {
    private final Map<String, String> texts = new TreeMap<>();
    private final Problems problems;

    private Imports(Problems problems) {
      this.problems = problems;
    }

    /** The rule of that hash; nothing if there is a problem with it, which is reported. */
    Optional<Definition> find(Expr.Name hash) {
      Optional<String> text = library.text(hash.value());
      if (text.isEmpty()) {
        problems.add(
            hash.span(),
            "unknown rule '%s'".formatted(hash.value()),
            "'historics compile FILE' stores a rule under its hash");
        return Optional.empty();
      }
      Optional<Definition> found = compiled(hash, text.get());
      found.ifPresent(
          definition -> {
            texts.put(hash.value(), definition.text());
            texts.putAll(definition.imports());
          });
      return found;
    }

    private Optional<Definition> compiled(Expr.Name hash, String text) {
      String name = hash.value();
      if (named.containsKey(name)) {
        return Optional.of(named.get(name));
      }
      if (open.size() >= CHAIN_MAX || !open.add(name)) {
        problems.add(
            hash.span(),
            "more than %d rules name each other in a row".formatted(CHAIN_MAX),
            "write the conditions themselves");
        return Optional.empty();
      }
      try {
        Definition definition = compile(name, text);
        if (!definition.hash().equals(name)) {
          problems.add(
              hash.span(),
              "the rule stored as '%s' has the hash '%s'".formatted(name, definition.hash()),
              "compile the rule again");
          return Optional.empty();
        }
        named.put(name, definition);
        return Optional.of(definition);
      } catch (InvalidRuleException e) {
        problems.add(
            hash.span(),
            "the rule '%s' does not compile here: %s"
                .formatted(name, e.diagnostics().get(0).message()),
            "");
        return Optional.empty();
      } finally {
        open.remove(name);
      }
    }
  }
}
