package dev.historics.filter;

import dev.historics.filter.geo.Box;
import dev.historics.filter.geo.Point;
import dev.historics.filter.geo.Polygon;
import dev.historics.filter.geo.Radius;
import dev.historics.filter.geo.Shape;
import dev.historics.filter.regex.RegexForm;
import dev.historics.filter.syntax.Argument;
import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Problems;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.Glob;
import dev.historics.filter.text.TextSet;
import dev.historics.filter.text.UrlForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns one condition, whose operator suits its target, into a {@link Check}, or reports what is
 * wrong with its argument.
 */
final class CheckFactory implements Argument.Cases<Optional<Check>> {
  /** The one target on which {@code ==} leaves out the white space around a text. */
  private static final String TRIMMED_TARGET = "interaction.content";

  private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[.0-9]+\\s*");
  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Target target;
  private final Expr.Test test;
  private final Problems problems;
  private final Folding folding;
  private final Cutting cutting;

  private CheckFactory(Target target, Expr.Test test, Problems problems, Cutting cutting) {
    this.target = target;
    this.test = test;
    this.problems = problems;
    this.folding = folding(test);
    this.cutting = cutting;
  }

  /** What {@code test} asks of {@code target}; nothing if something was reported. */
  static Optional<Check> check(Target target, Expr.Test test, Problems problems) {
    Optional<Cutting> cutting = new CuttingFactory(test, problems).cutting(folding(test));
    if (!caseCanCount(test)) {
      refuseCase(test, problems);
      return Optional.empty();
    }
    return cutting.flatMap(
        words -> test.argument().fold(new CheckFactory(target, test, problems, words)));
  }

  private static Folding folding(Expr.Test test) {
    return test.caseSensitive() ? Folding.CASED : Folding.CASELESS;
  }

  private static boolean caseCanCount(Expr.Test test) {
    return !test.caseSensitive()
        || (test.operator().takesCase()
            && !(test.argument() instanceof Argument.Numeral)
            && !(test.argument() instanceof Argument.Integers));
  }

  private static void refuseCase(Expr.Test test, Problems problems) {
    boolean numbers = test.operator().takesCase();
    boolean regex =
        test.operator() == Operator.REGEX_PARTIAL || test.operator() == Operator.REGEX_EXACT;
    problems.add(
        test.operatorSpan(),
        "'cs' makes no sense with '%s'%s"
            .formatted(test.operator().spelling(), numbers ? " and numbers" : ""),
        regex
            ? "case counts in regular expressions; (?i) at the start makes it not count"
            : "leave 'cs' out");
  }

  @Override
  public Optional<Check> none(Argument.None none) {
    return Optional.of(new Check.Present(target.type()));
  }

  @Override
  public Optional<Check> text(Argument.Text text) {
    if (target.type() != ValueType.TEXT) {
      return refused(text, "a number", "text", numberHint(text.value()));
    }
    return switch (test.operator()) {
      case CONTAINS -> phrases(List.of(text.value()), WordCheck.Wanted.ANY);
      case SUBSTR -> substring(text);
      case EQUAL -> Optional.of(oneOf(List.of(text.value())));
      case NOT_EQUAL -> Optional.of(new TextCheck.Differs(oneOf(List.of(text.value()))));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Optional.of(new TextCheck.TextOrder(comparison(), folding.fold(text.value()), folding));
      case REGEX_PARTIAL, REGEX_EXACT -> regex(text);
      default -> throw unexpected();
    };
  }

  private static String numberHint(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "false" -> "true is 1 and false is 0";
      default -> NUMBER.matcher(text).matches() ? "write the number without quotes" : "";
    };
  }

  @Override
  public Optional<Check> items(Argument.Items items) {
    if (target.type() != ValueType.TEXT) {
      return refused(items, "whole numbers in brackets", "text", "write for example: in [1, 2]");
    }
    if (items.values().isEmpty()) {
      return noItems(items);
    }
    return switch (test.operator()) {
      case CONTAINS_ANY -> phrases(items.values(), WordCheck.Wanted.ANY);
      case CONTAINS_ALL -> phrases(items.values(), WordCheck.Wanted.ALL);
      case IN -> Optional.of(oneOf(items.values()));
      case URL_IN -> urls(items);
      default -> throw unexpected();
    };
  }

  private Optional<Check> noItems(Argument argument) {
    problems.add(argument.span(), "expected at least one item, found an empty list", "");
    return Optional.empty();
  }

  @Override
  public Optional<Check> near(Argument.Near near) {
    return words(near.items()).map(items -> new WordCheck.Near(items, near.words(), cutting));
  }

  @Override
  public Optional<Check> patterns(Argument.Patterns patterns) {
    if (patterns.values().isEmpty()) {
      return noItems(patterns);
    }
    List<List<Glob>> phrases =
        patterns.values().stream()
            .map(pattern -> Glob.phrase(pattern.text(), pattern.wildcards(), cutting))
            .toList();
    return phrases.contains(List.<Glob>of())
        ? noWords()
        : Optional.of(new WordCheck.Wildcards(phrases, cutting));
  }

  private Optional<Check> regex(Argument.Text text) {
    RegexForm form = RegexForm.compile(text.value());
    if (form instanceof RegexForm.Refused refusal) {
      problems.add(text.inside(refusal.start(), refusal.end()), refusal.message(), "");
      return Optional.empty();
    }
    return Optional.of(new TextCheck.Regex(text.value(), test.operator() == Operator.REGEX_EXACT));
  }

  private Optional<Check> urls(Argument.Items items) {
    Set<String> urls = items.values().stream().map(UrlForm::normalise).collect(Collectors.toSet());
    if (urls.contains("")) {
      problems.add(items.span(), "expected an address in each item, found one without", "");
      return Optional.empty();
    }
    return Optional.of(new TextCheck.UrlIn(urls));
  }

  @Override
  public Optional<Check> number(Argument.Numeral number) {
    return switch (target.type()) {
      case INT -> Optional.of(range(comparison(), number.value()));
      case FLOAT ->
          Optional.of(new NumberCheck.FloatOrder(comparison(), number.value().doubleValue()));
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
    return Optional.of(new NumberCheck.IntOneOf(LongSet.of(integers.values())));
  }

  @Override
  public Optional<Check> points(Argument.Points points) {
    List<Point> corners = points.values().stream().map(CheckFactory::point).toList();
    return test.operator() == Operator.GEO_BOX
        ? shape(points, () -> new Box(corners.get(0), corners.get(1)))
        : shape(points, () -> new Polygon(corners));
  }

  @Override
  public Optional<Check> circle(Argument.Circle circle) {
    return shape(circle, () -> new Radius(point(circle.centre()), circle.radius().doubleValue()));
  }

  private static Point point(Argument.Point point) {
    return new Point(point.latitude().doubleValue(), point.longitude().doubleValue());
  }

  private Optional<Check> shape(Argument argument, Supplier<Shape> shape) {
    try {
      return Optional.of(new Check.Within(shape.get()));
    } catch (IllegalArgumentException e) {
      problems.add(argument.span(), e.getMessage(), "");
      return Optional.empty();
    }
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

  private Optional<Check> phrases(List<String> texts, WordCheck.Wanted wanted) {
    return words(texts).map(phrases -> new WordCheck.Phrases(phrases, wanted, cutting));
  }

  private Optional<List<List<String>>> words(List<String> texts) {
    List<List<String>> phrases = texts.stream().map(cutting::words).toList();
    return phrases.contains(List.<String>of()) ? noWords() : Optional.of(phrases);
  }

  private <T> Optional<T> noWords() {
    problems.add(test.argument().span(), "expected at least one word in each text, found none", "");
    return Optional.empty();
  }

  private Optional<Check> substring(Argument.Text text) {
    if (text.value().isEmpty()) {
      problems.add(text.span(), "this text is empty, and every text holds it", "use 'exists'");
      return Optional.empty();
    }
    return Optional.of(new TextCheck.Substring(folding.fold(text.value()), folding));
  }

  private TextCheck.OneOf oneOf(List<String> texts) {
    boolean trimmed = target.name().equals(TRIMMED_TARGET);
    TextSet.Builder values = new TextSet.Builder(texts.size());
    for (String text : texts) {
      String folded = folding.fold(text);
      values.add(trimmed ? folded.strip() : folded);
    }
    return new TextCheck.OneOf(values.build(), folding, trimmed);
  }

  private Comparison comparison() {
    return switch (test.operator()) {
      case EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      case LESS -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case GREATER -> Comparison.GREATER;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      default -> throw unexpected();
    };
  }

  /** A comparison with any number, exact, as a range of whole numbers. */
  static NumberCheck.IntRange range(Comparison comparison, BigDecimal bound) {
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

  private static NumberCheck.IntRange range(BigInteger min, BigInteger max, boolean outside) {
    if (min.compareTo(max) > 0 || min.compareTo(HIGHEST) > 0 || max.compareTo(LOWEST) < 0) {
      return new NumberCheck.IntRange(1, 0, outside);
    }
    return new NumberCheck.IntRange(
        min.max(LOWEST).longValueExact(), max.min(HIGHEST).longValueExact(), outside);
  }
}
