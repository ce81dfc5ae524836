package dev.historics.filter.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes of ASCII of which every match of a pattern holds one character each, side by side;
 * collected from left to right. Of several runs the one that says most is taken.
 */
final class RequiredRun {
  /** A longer run says no more. */
  private static final int LENGTH_MAX = 32;

  private List<AsciiClass> run = new ArrayList<>();
  private List<AsciiClass> best = List.of();
  private boolean forgotten;

  void append(AsciiClass next) {
    if (run.size() < LENGTH_MAX) {
      run.add(next);
    }
  }

  void endRun() {
    if (weight(run) > weight(best)) {
      best = run;
    }
    run = new ArrayList<>();
  }

  /** Nothing is required after all. */
  void forget() {
    forgotten = true;
  }

  /** The run; empty if none is known. */
  List<AsciiClass> best() {
    endRun();
    return forgotten ? List.of() : List.copyOf(best);
  }

  private static double weight(List<AsciiClass> classes) {
    return classes.stream().mapToDouble(each -> Math.log(128.0 / each.size())).sum();
  }
}
