package dev.historics.filter.syntax;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The one spelling of a filter: keywords and targets in lower case, synonyms replaced, single
 * blanks, no comments, parentheses only where they are needed. Printing, parsing and printing again
 * changes nothing.
 */
public final class Printer implements Expr.Cases<String>, Argument.Cases<String> {
  private static final int PLAIN_DIGITS_MAX = 20;
  private static final Printer INSTANCE = new Printer();

  private Printer() {}

  /** The canonical form of {@code filter}. */
  public static String print(Expr filter) {
    return filter.fold(INSTANCE);
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
    return test.target().value() + cs + test.operator().spelling() + test.argument().fold(this);
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
  public String number(Argument.Numeral number) {
    BigDecimal value = number.value().stripTrailingZeros();
    boolean small = value.precision() + Math.abs((long) value.scale()) <= PLAIN_DIGITS_MAX;
    return " " + (small ? value.toPlainString() : value.toString());
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
