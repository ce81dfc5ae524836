package dev.historics.filter.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found wrong with one rule so far. Keeps the first {@value #COUNT_MAX}: a text that is no
 * rule at all must not cost more than a rule.
 */
public final class Problems {
  /** The most problems that are reported for one rule. */
  public static final int COUNT_MAX = 100;

  private final List<Problem> found = new ArrayList<>();

  /** Adds a problem, unless there are enough of them or it was added before. */
  public void add(Span span, String message, String hint) {
    Problem problem = new Problem(span, message, hint);
    if (!full() && !found.contains(problem)) {
      found.add(problem);
    }
  }

  /** Adds a problem that has no certain remedy. */
  public void add(Span span, String message) {
    add(span, message, "");
  }

  /** Forgets what was found from {@code offset} on. */
  void removeFrom(int offset) {
    found.removeIf(problem -> problem.span().start() >= offset);
  }

  /** Whether more would be dropped. */
  public boolean full() {
    return found.size() >= COUNT_MAX;
  }

  /** What was found, in the order in which it was found. */
  public List<Problem> list() {
    return List.copyOf(found);
  }
}
