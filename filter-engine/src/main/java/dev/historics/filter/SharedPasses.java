package dev.historics.filter;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The passes of a set, and which predicate takes part in which. Immutable; shared by threads. */
final class SharedPasses {
  private static final int ALONE = -1;

  private final List<Pass> passes;
  private final int ofFilters;
  private final int[] passOf;
  private final int[] placeOf;

  /**
   * @param filterPredicates how many of {@code predicates}, the first ones, filters ask; tags alone
   *     ask the others, on fewer rows
   */
  SharedPasses(List<RuleSet.Predicate> predicates, int filterPredicates, Strategy strategy) {
    PassPlanner planner = new PassPlanner(predicates, strategy);
    List<Pass> filters = planner.passes(0, filterPredicates);
    List<Pass> tags = planner.passes(filterPredicates, predicates.size());
    this.passes = Stream.concat(filters.stream(), tags.stream()).toList();
    this.ofFilters = filters.size();
    this.passOf = new int[predicates.size()];
    this.placeOf = new int[predicates.size()];
    Arrays.fill(passOf, ALONE);
    for (int pass = 0; pass < passes.size(); pass++) {
      for (int place = 0; place < passes.get(pass).size(); place++) {
        passOf[passes.get(pass).predicate(place)] = pass;
        placeOf[passes.get(pass).predicate(place)] = place;
      }
    }
  }

  /** The passes: those for filters, then those for tags. */
  List<Pass> all() {
    return passes;
  }

  /** How many of the passes, the first ones, are for filters. */
  int ofFilters() {
    return ofFilters;
  }

  /** Whether a predicate is asked on its own. */
  boolean isAlone(int predicate) {
    return passOf[predicate] == ALONE;
  }

  /** Whether a predicate takes part in a pass for filters. */
  boolean isForFilters(int predicate) {
    return !isAlone(predicate) && passOf[predicate] < ofFilters;
  }

  /** The place in {@link #all} of the pass of a predicate that is not asked on its own. */
  int passOf(int predicate) {
    return passOf[predicate];
  }

  /** Where rows that pass a predicate are found. */
  int sureSlot(int predicate) {
    return Pass.sureSlot(placeOf[predicate]);
  }

  /** Where rows that may pass a predicate are found. */
  int maybeSlot(int predicate) {
    return Pass.maybeSlot(placeOf[predicate]);
  }
}
