package dev.historics.filter.syntax;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one spelling of a filter: keywords and targets in lower case, synonyms replaced, single
 * blanks, no comments, parentheses only where they are needed. Printing, parsing and printing again
 * changes nothing.
 */
public final class Printer
    implements Expr.Cases<String>, Argument.Cases<String>, TagStatement.Cases<String> {
  private static final int PLAIN_DIGITS_MAX = 20;
  private static final Printer INSTANCE = new Printer();

  private Printer() {}

  /**
   * The canonical form of a whole rule: its tag statements, then {@code return { … }} if it has a
   * filter, with single blanks between them.
   */
  public static String print(List<TagStatement> tags, Optional<Expr> filter) {
    Stream<String> statements = tags.stream().map(tag -> tag.fold(INSTANCE));
    Stream<String> end = filter.stream().map(expr -> "return { " + print(expr) + " }");
    return Stream.concat(statements, end).collect(Collectors.joining(" "));
  }

  /** The canonical form of a part of a filter. */
  public static String print(Expr filter) {
    return filter.fold(INSTANCE);
  }

  /** A text as a rule writes it, in double quotes. */
  public static String quoted(String text) {
    return "\"" + escaped(text) + "\"";
  }

  /** A number as a rule writes it. */
  public static String number(BigDecimal number) {
    return decimal(number);
  }

  @Override
  public String label(TagStatement.Label label) {
    return "tag%s \"%s\" { %s }"
        .formatted(namespace(label), escaped(label.label()), print(label.condition()));
  }

  @Override
  public String score(TagStatement.Score score) {
    return "tag%s %s { %s }"
        .formatted(namespace(score), decimal(score.score()), print(score.condition()));
  }

  @Override
  public String imported(TagStatement.Import imported) {
    return "tags%s \"%s\"".formatted(namespace(imported), imported.hash().value());
  }

  private static String namespace(TagStatement tag) {
    return tag.namespace().stream().map(name -> "." + name).collect(Collectors.joining());
  }

  @Override
  public String or(Expr.Or or) {
    return joined(or.terms(), " or ", term -> false);
  }

  @Override
  public String and(Expr.And and) {
    return joined(and.terms(), " and ", term -> term instanceof Expr.Or);
  }

  @Override
  public String not(Expr.Not not) {
    boolean group = not.term() instanceof Expr.Or || not.term() instanceof Expr.And;
    return "not " + joined(List.of(not.term()), "", term -> group);
  }

  private String joined(List<Expr> terms, String word, Predicate<Expr> parenthesised) {
    return terms.stream()
        .map(term -> parenthesised.test(term) ? "(" + term.fold(this) + ")" : term.fold(this))
        .collect(Collectors.joining(word));
  }

  @Override
  public String test(Expr.Test test) {
    String cs = test.caseSensitive() ? " cs " : " ";
    String modifiers =
        test.modifiers().stream().map(Printer::modifier).collect(Collectors.joining());
    return test.target().value()
        + cs
        + test.operator().spelling()
        + modifiers
        + test.argument().fold(this);
  }

  private static String modifier(Modifier modifier) {
    return modifier.values().stream()
        .map(Expr.Name::value)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", ", " [" + modifier.name() + "(", ")]"));
  }

  @Override
  public String reference(Expr.Reference reference) {
    return "stream \"" + reference.hash().value() + "\"";
  }

  @Override
  public String none(Argument.None none) {
    return "";
  }

  @Override
  public String text(Argument.Text text) {
    return " \"" + escaped(text.value()) + "\"";
  }

  @Override
  public String items(Argument.Items items) {
    return items.values().stream()
        .map(item -> escaped(item).replace(",", "\\,"))
        .collect(Collectors.joining(", ", " \"", "\""));
  }

  @Override
  public String near(Argument.Near near) {
    return near.items().stream()
        .map(item -> escaped(item).replace(",", "\\,").replace(":", "\\:"))
        .collect(Collectors.joining(", ", " \"", ":" + near.words() + "\""));
  }

  @Override
  public String patterns(Argument.Patterns patterns) {
    return patterns.values().stream()
        .map(Printer::pattern)
        .collect(Collectors.joining(", ", " \"", "\""));
  }

  private static String pattern(Argument.Pattern pattern) {
    StringBuilder printed = new StringBuilder();
    Set<Integer> wildcards = new HashSet<>(pattern.wildcards());
    for (int i = 0; i < pattern.text().length(); i++) {
      char c = pattern.text().charAt(i);
      boolean literal = (c == '*' || c == '?') && !wildcards.contains(i);
      printed.append(literal || c == ',' ? "\\" + c : escaped(String.valueOf(c)));
    }
    return printed.toString();
  }

  @Override
  public String number(Argument.Numeral number) {
    return " " + decimal(number.value());
  }

  private static String decimal(BigDecimal number) {
    BigDecimal value = number.stripTrailingZeros();
    boolean small = value.precision() + Math.abs((long) value.scale()) <= PLAIN_DIGITS_MAX;
    return small ? value.toPlainString() : value.toString();
  }

  @Override
  public String points(Argument.Points points) {
    return points.values().stream()
        .map(Printer::point)
        .collect(Collectors.joining(":", " \"", "\""));
  }

  @Override
  public String circle(Argument.Circle circle) {
    return " \"%s:%s\"".formatted(point(circle.centre()), decimal(circle.radius()));
  }

  private static String point(Argument.Point point) {
    return decimal(point.latitude()) + "," + decimal(point.longitude());
  }

  @Override
  public String integers(Argument.Integers integers) {
    return integers.values().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", " [", "]"));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
