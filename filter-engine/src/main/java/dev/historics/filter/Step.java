package dev.historics.filter;

import java.util.List;

/**
 * A part of a plan: what is asked of an interaction, in this order. What one part decides the next
 * ones are not asked.
 *
 * @param condition a single condition in its canonical spelling, or the word {@code and}, {@code
 *     or} or {@code not} that joins the parts
 * @param nanos roughly what it takes to ask one interaction all of it, in nanoseconds
 * @param way how a single condition is asked, for people; empty for what joins parts
 * @param parts what the step joins; none for a single condition
 */
public record Step(String condition, int nanos, String way, List<Step> parts) {
  public Step {
    parts = List.copyOf(parts);
  }
}
