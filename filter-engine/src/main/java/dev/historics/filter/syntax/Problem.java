package dev.historics.filter.syntax;

import java.util.Objects;

/**
 * Something wrong with a rule.
 *
 * @param message what was expected and what was found
 * @param hint what to do; empty when nothing certain can be said
 */
public record Problem(Span span, String message, String hint) {
  public Problem {
    Objects.requireNonNull(span);
    Objects.requireNonNull(message);
    Objects.requireNonNull(hint);
  }
}
