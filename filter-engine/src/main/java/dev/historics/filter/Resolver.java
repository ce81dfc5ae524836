package dev.historics.filter;

import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Printer;
import dev.historics.filter.syntax.Problems;
import dev.historics.filter.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks up the names of a filter and checks its types. It goes on after a problem, so that all of
 * them are reported; a condition that holds one has no answer.
 */
final class Resolver implements Expr.Cases<Optional<Condition>> {
  private static final int HINTS_MAX = 3;

  private final TargetDictionary targets;
  private final Compilation.Imports imports;
  private final Problems problems;

  Resolver(TargetDictionary targets, Compilation.Imports imports, Problems problems) {
    this.targets = targets;
    this.imports = imports;
    this.problems = problems;
  }

  @Override
  public Optional<Condition> or(Expr.Or or) {
    return resolved(or.terms()).map(Condition.Any::new);
  }

  @Override
  public Optional<Condition> and(Expr.And and) {
    return resolved(and.terms()).map(Condition.All::new);
  }

  private Optional<List<Condition>> resolved(List<Expr> terms) {
    List<Condition> conditions = new ArrayList<>();
    terms.forEach(term -> term.fold(this).ifPresent(conditions::add));
    return conditions.size() == terms.size() ? Optional.of(conditions) : Optional.empty();
  }

  @Override
  public Optional<Condition> not(Expr.Not not) {
    return not.term().fold(this).map(Condition.Not::new);
  }

  @Override
  public Optional<Condition> reference(Expr.Reference reference) {
    Optional<Definition> named = imports.find(reference.hash());
    if (named.isPresent() && !named.get().hasFilter()) {
      problems.add(
          reference.hash().span(),
          "the rule '%s' has no filter, only tags".formatted(reference.hash().value()),
          "'tags' names a rule for its tags");
      return Optional.empty();
    }
    return named.map(rule -> new Condition.Named(reference.hash().value(), rule.filter()));
  }

  @Override
  public Optional<Condition> test(Expr.Test test) {
    Optional<Target> target = targets.find(test.target().value());
    if (target.isEmpty() || isGroup(test, target.get())) {
      return group(test, target);
    }
    if (!accepts(target.get().type(), test.operator())) {
      refuseOperator(test, target.get());
      return Optional.empty();
    }
    return CheckFactory.check(target.get(), test, problems)
        .map(check -> new Condition.Holds(target.get(), check, Printer.print(test)));
  }

  /** A name that other names start with exists where one of them does. */
  private Optional<Condition> group(Expr.Test test, Optional<Target> self) {
    List<Condition> members = new ArrayList<>();
    self.ifPresent(target -> members.add(present(target)));
    for (Target member : targets.below(test.target().value())) {
      members.add(present(member));
    }
    if (members.isEmpty()) {
      refuseTarget(test.target());
      return Optional.empty();
    }
    if (test.operator() != Operator.EXISTS || test.caseSensitive()) {
      problems.add(
          test.operatorSpan(),
          "'%s' is a group of targets, which only takes 'exists'".formatted(test.target().value()),
          "its members: " + quoted(members.stream().map(Resolver::name).limit(HINTS_MAX).toList()));
      return Optional.empty();
    }
    return Optional.of(new Condition.Any(members));
  }

  private static String name(Condition member) {
    return ((Condition.Holds) member).target().name();
  }

  /** Whether the presence of a text is asked that may be an object: other targets stand below. */
  private boolean isGroup(Expr.Test test, Target target) {
    return test.operator() == Operator.EXISTS
        && target.type() == ValueType.TEXT
        && !test.caseSensitive()
        && !targets.below(test.target().value()).isEmpty();
  }

  private static Condition present(Target target) {
    return new Condition.Holds(target, new Check.Present(target.type()), target.name() + " exists");
  }

  /** Reports a name that is neither a target nor a group of them. */
  void checkName(Expr.Name name) {
    if (targets.find(name.value()).isEmpty() && targets.below(name.value()).isEmpty()) {
      refuseTarget(name);
    }
  }

  private void refuseTarget(Expr.Name name) {
    if (problems.full()) {
      return;
    }
    List<String> nearest = targets.nearest(name.value(), HINTS_MAX);
    problems.add(
        name.span(),
        "unknown target '%s'".formatted(name.value()),
        nearest.isEmpty() ? "" : "did you mean %s?".formatted(quoted(nearest)));
  }

  private static String quoted(List<String> names) {
    return "'" + String.join("', '", names) + "'";
  }

  private void refuseOperator(Expr.Test test, Target target) {
    Span span = test.operatorSpan();
    problems.add(
        span,
        "'%s' does not work on '%s', which is %s"
            .formatted(test.operator().spelling(), target.name(), shown(target.type())),
        "%s takes %s".formatted(shown(target.type()), operators(target.type())));
  }

  static String shown(ValueType type) {
    return switch (type) {
      case TEXT -> "text";
      case INT -> "a whole number";
      case FLOAT -> "a number";
      case GEO -> "a place";
    };
  }

  private static String operators(ValueType type) {
    List<String> accepted = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      if (accepts(type, operator)) {
        accepted.add(operator.spelling());
      }
    }
    return String.join(", ", accepted);
  }

  private static boolean accepts(ValueType type, Operator operator) {
    return switch (operator) {
      case EXISTS -> true;
      case CONTAINS,
          CONTAINS_ANY,
          CONTAINS_ALL,
          CONTAINS_NEAR,
          WILDCARD,
          SUBSTR,
          URL_IN,
          REGEX_PARTIAL,
          REGEX_EXACT ->
          type == ValueType.TEXT;
      case GEO_BOX, GEO_RADIUS, GEO_POLYGON -> type == ValueType.GEO;
      case IN -> type == ValueType.TEXT || type == ValueType.INT;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          type != ValueType.GEO;
    };
  }
}
