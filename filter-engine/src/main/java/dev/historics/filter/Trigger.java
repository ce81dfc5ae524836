package dev.historics.filter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicates that passes look for, of which every row that a plan keeps passes, or may pass, at
 * least one: where none of them is found, the plan need not be asked. Immutable.
 */
final class Trigger {
  /** That of a plan that has to be asked always. */
  static final Trigger NONE = new Trigger(Double.POSITIVE_INFINITY);

  private final double share;
  private final int[] predicates;

  private Trigger(double share, int... predicates) {
    this.share = share;
    this.predicates = predicates;
  }

  /**
   * That of a predicate in a pass.
   *
   * @param share of the rows in which it is found, roughly
   */
  static Trigger of(int predicate, double share) {
    return new Trigger(share, predicate);
  }

  /** That of a plan that keeps what several plans all keep. */
  static Trigger rarest(List<Trigger> triggers) {
    return triggers.stream().min(Comparator.comparingDouble(t -> t.share)).orElse(NONE);
  }

  /** That of a plan that keeps what one of several plans keeps. */
  static Trigger any(List<Trigger> triggers) {
    return triggers.contains(NONE)
        ? NONE
        : new Trigger(
            triggers.stream().mapToDouble(t -> t.share).sum(),
            triggers.stream()
                .flatMapToInt(t -> Arrays.stream(t.predicates))
                .sorted()
                .distinct()
                .toArray());
  }

  /** How many predicates there are; none if the plan has to be asked always. */
  int size() {
    return predicates.length;
  }

  int predicate(int i) {
    return predicates[i];
  }

  IntStream predicates() {
    return Arrays.stream(predicates);
  }
}
