package dev.historics.filter;

import java.math.BigDecimal;
import java.util.List;

/**
 * What one tag statement adds to the interactions where its condition holds.
 *
 * @param namespace outermost first; empty for a plain tag
 */
record TagRule(List<String> namespace, Addition addition, Condition condition) {
  TagRule {
    namespace = List.copyOf(namespace);
  }

  /** What is added. */
  sealed interface Addition {}

  /** A label, listed. */
  record Label(String text) implements Addition {}

  /** A number, added up. */
  record Score(BigDecimal value) implements Addition {}
}
