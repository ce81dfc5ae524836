package dev.historics.filter.syntax;

import java.util.List;

/**
 * What stands in brackets after an operator, such as {@code keep(classic)}.
 *
 * @param name in lower case
 * @param values in lower case; at least one
 */
public record Modifier(String name, List<Expr.Name> values, Span span) {
  public Modifier {
    values = List.copyOf(values);
  }
}
