package dev.historics.filter;

import dev.historics.filter.syntax.Argument;
import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns one condition, whose operator suits its target, into a {@link Check}, or reports what is
 * wrong with its argument.
 */
final class CheckFactory implements Argument.Cases<Optional<Check>> {
  /** The one target on which {@code ==} leaves out the white space around a text. */
  private static final String TRIMMED_TARGET = "interaction.content";

  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Target target;
  private final Expr.Test test;
  private final Problems problems;
  private final Folding folding;

  CheckFactory(Target target, Expr.Test test, Problems problems) {
    this.target = target;
    this.test = test;
    this.problems = problems;
    this.folding = test.caseSensitive() ? Folding.CASED : Folding.CASELESS;
  }

  Optional<Check> check() {
    boolean textArgument =
        test.argument() instanceof Argument.Text || test.argument() instanceof Argument.Items;
    if (test.caseSensitive() && !textArgument) {
      problems.add(
          test.operatorSpan(),
          "'cs' makes no sense with '%s'%s"
              .formatted(
                  test.operator().spelling(),
                  test.operator() == Operator.EXISTS ? "" : " and numbers"),
          "leave 'cs' out");
      return Optional.empty();
    }
    return test.argument().fold(this);
  }

  @Override
  public Optional<Check> none(Argument.None none) {
    return Optional.of(new Check.Present(target.type()));
  }

  @Override
  public Optional<Check> text(Argument.Text text) {
    if (target.type() != ValueType.TEXT) {
      return refused(text, "a number", "text", "write the number without quotes");
    }
    return switch (test.operator()) {
      case CONTAINS -> phrases(List.of(text.value()), Check.Wanted.ANY);
      case SUBSTR -> substring(text);
      case EQUAL -> Optional.of(oneOf(List.of(text.value())));
      case NOT_EQUAL -> Optional.of(new Check.Differs(oneOf(List.of(text.value()))));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Optional.of(new Check.TextOrder(comparison(), folding.fold(text.value()), folding));
      case EXISTS, CONTAINS_ANY, CONTAINS_ALL, IN -> throw unexpected();
    };
  }

  @Override
  public Optional<Check> items(Argument.Items items) {
    if (target.type() != ValueType.TEXT) {
      return refused(items, "whole numbers in brackets", "text", "write for example: in [1, 2]");
    }
    if (items.values().isEmpty()) {
      problems.add(items.span(), "expected at least one item, found an empty list", "");
      return Optional.empty();
    }
    return switch (test.operator()) {
      case CONTAINS_ANY -> phrases(items.values(), Check.Wanted.ANY);
      case CONTAINS_ALL -> phrases(items.values(), Check.Wanted.ALL);
      case IN -> Optional.of(oneOf(items.values()));
      case EXISTS,
          CONTAINS,
          SUBSTR,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL ->
          throw unexpected();
    };
  }

  @Override
  public Optional<Check> number(Argument.Numeral number) {
    return switch (target.type()) {
      case INT -> Optional.of(range(comparison(), number.value()));
      case FLOAT -> Optional.of(new Check.FloatOrder(comparison(), number.value().doubleValue()));
      case TEXT ->
          refused(number, "text", "a number", "write \"%s\"".formatted(number.value().toString()));
      case GEO -> throw unexpected();
    };
  }

  @Override
  public Optional<Check> integers(Argument.Integers integers) {
    if (target.type() != ValueType.INT) {
      return refused(integers, "text", "whole numbers", "write for example: in \"1, 2\"");
    }
    return Optional.of(new Check.IntOneOf(Set.copyOf(integers.values())));
  }

  private Optional<Check> refused(Argument argument, String expected, String found, String hint) {
    problems.add(
        argument.span(),
        "'%s' is %s: expected %s, found %s"
            .formatted(target.name(), Resolver.shown(target.type()), expected, found),
        hint);
    return Optional.empty();
  }

  private IllegalStateException unexpected() {
    return new IllegalStateException(
        "%s %s with %s should not have parsed".formatted(target, test.operator(), test.argument()));
  }

  private Optional<Check> phrases(List<String> texts, Check.Wanted wanted) {
    List<List<String>> phrases = texts.stream().map(text -> Words.of(folding.fold(text))).toList();
    if (phrases.contains(List.<String>of())) {
      problems.add(
          test.argument().span(), "expected at least one word in each text, found none", "");
      return Optional.empty();
    }
    return Optional.of(new Check.Phrases(phrases, wanted, folding));
  }

  private Optional<Check> substring(Argument.Text text) {
    if (text.value().isEmpty()) {
      problems.add(text.span(), "this text is empty, and every text holds it", "use 'exists'");
      return Optional.empty();
    }
    return Optional.of(new Check.Substring(folding.fold(text.value()), folding));
  }

  private Check.OneOf oneOf(List<String> texts) {
    boolean trimmed = target.name().equals(TRIMMED_TARGET);
    Set<String> values =
        texts.stream()
            .map(text -> trimmed ? folding.fold(text).strip() : folding.fold(text))
            .collect(Collectors.toSet());
    return new Check.OneOf(values, folding, trimmed);
  }

  private Comparison comparison() {
    return switch (test.operator()) {
      case EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      case LESS -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case GREATER -> Comparison.GREATER;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case EXISTS, CONTAINS, CONTAINS_ANY, CONTAINS_ALL, SUBSTR, IN -> throw unexpected();
    };
  }

  /** A comparison with any number, exact, as a range of whole numbers. */
  static Check.IntRange range(Comparison comparison, BigDecimal bound) {
    BigInteger floor = bound.setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigInteger ceiling = bound.setScale(0, RoundingMode.CEILING).toBigInteger();
    return switch (comparison) {
      case EQUAL -> range(ceiling, floor, false);
      case NOT_EQUAL -> range(ceiling, floor, true);
      case LESS -> range(LOWEST, ceiling.subtract(BigInteger.ONE), false);
      case LESS_OR_EQUAL -> range(LOWEST, floor, false);
      case GREATER -> range(floor.add(BigInteger.ONE), HIGHEST, false);
      case GREATER_OR_EQUAL -> range(ceiling, HIGHEST, false);
    };
  }

  private static Check.IntRange range(BigInteger min, BigInteger max, boolean outside) {
    if (min.compareTo(max) > 0 || min.compareTo(HIGHEST) > 0 || max.compareTo(LOWEST) < 0) {
      return new Check.IntRange(1, 0, outside);
    }
    return new Check.IntRange(
        min.max(LOWEST).longValueExact(), max.min(HIGHEST).longValueExact(), outside);
  }
}
