package dev.historics.filter;

import java.util.List;

/**
 * Why a rule accepts an interaction, or not: a tree with what every node says about it.
 *
 * @param condition a single condition in its canonical spelling, {@code stream "…"}, or the word
 *     {@code and}, {@code or} or {@code not} that joins the parts
 * @param holds what it says
 * @param values for a single condition, what the interaction has for its target, as the condition
 *     sees it; none if it has nothing
 * @param parts what the node joins; none for a single condition
 */
public record Explanation(
    String condition, boolean holds, List<Value> values, List<Explanation> parts) {
  public Explanation {
    values = List.copyOf(values);
    parts = List.copyOf(parts);
  }

  /**
   * A value of a target.
   *
   * @param holds whether the condition holds for this value alone
   * @param words what a condition on words cuts the value into; empty for any other condition
   */
  public record Value(String text, boolean holds, List<String> words) {
    public Value {
      words = List.copyOf(words);
    }
  }
}
