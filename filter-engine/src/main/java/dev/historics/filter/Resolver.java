package dev.historics.filter;

import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Operator;
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
  private final Problems problems;

  Resolver(TargetDictionary targets, Problems problems) {
    this.targets = targets;
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
  public Optional<Condition> test(Expr.Test test) {
    Optional<Target> target = targets.find(test.target().value());
    if (target.isEmpty()) {
      return group(test);
    }
    if (!accepts(target.get().type(), test.operator())) {
      refuseOperator(test, target.get());
      return Optional.empty();
    }
    return new CheckFactory(target.get(), test, problems)
        .check()
        .map(check -> new Condition.Holds(target.get(), check));
  }

  /** A name that other names start with exists where one of them does. */
  private Optional<Condition> group(Expr.Test test) {
    List<Condition> members = new ArrayList<>();
    for (Target member : targets.below(test.target().value())) {
      members.add(new Condition.Holds(member, new Check.Present(member.type())));
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
      case CONTAINS, CONTAINS_ANY, CONTAINS_ALL, SUBSTR -> type == ValueType.TEXT;
      case IN -> type == ValueType.TEXT || type == ValueType.INT;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          type != ValueType.GEO;
    };
  }
}
