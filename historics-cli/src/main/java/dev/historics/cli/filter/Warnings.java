package dev.historics.cli.filter;

import java.util.Locale;
import java.util.function.Consumer;

/** What could not be read: the first few are told one by one, the others are counted. */
final class Warnings {
  private static final int TOLD_MAX = 10;

  private final Consumer<String> told;
  private long count;
  private boolean anyProblem;

  Warnings(Consumer<String> told) {
    this.told = told;
  }

  /** Tells what is wrong with a whole input. */
  void problem(String problem) {
    anyProblem = true;
    told.accept(problem);
  }

  /** Counts lines of which {@code first} are known, and tells those if there were few so far. */
  void add(long lines, Iterable<String> first) {
    long tell = TOLD_MAX - count;
    for (String each : first) {
      if (tell > 0) {
        told.accept(each);
        tell--;
      }
    }
    count += lines;
  }

  /** Tells how many there were, if not all were told. */
  void end() {
    if (count > TOLD_MAX) {
      told.accept(String.format(Locale.ROOT, "%,d lines in all could not be read", count));
    }
  }

  boolean isEmpty() {
    return count == 0 && !anyProblem;
  }
}
