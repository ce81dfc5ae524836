package dev.historics.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Over which rows each pass is made before any rule is asked: those that the cheap terms of its
 * rules leave. Immutable.
 */
final class Guards {
  /** A term that costs more is asked after the passes. */
  private static final int COST_MAX = 20;

  /** More different guards are more work than they save. */
  private static final int GUARDS_MAX = 16;

  /** Of each pass the terms of which one has to hold; empty if the pass need not be made. */
  private final List<List<Plan>> guards = new ArrayList<>();

  /** What stands for no guard. */
  private static final Plan EVERYTHING = new Plan.All(List.of());

  Guards(List<Plan> plans, Triggers triggers, SharedPasses passes) {
    List<Set<Plan>> wanted = new ArrayList<>();
    for (int pass = 0; pass < passes.ofFilters(); pass++) {
      wanted.add(new LinkedHashSet<>());
    }
    for (int rule = 0; rule < plans.size(); rule++) {
      Plan guard = triggers.size(rule) == 0 ? EVERYTHING : guard(plans.get(rule));
      for (int i = 0; i < triggers.size(rule); i++) {
        wanted.get(passes.passOf(triggers.predicate(rule, i))).add(guard);
      }
    }
    for (Set<Plan> each : wanted) {
      boolean unguarded = each.contains(EVERYTHING) || each.size() > GUARDS_MAX;
      guards.add(unguarded ? List.of(EVERYTHING) : List.copyOf(each));
    }
  }

  private static Plan guard(Plan plan) {
    if (plan instanceof Plan.All all) {
      return new Plan.All(all.terms().stream().filter(term -> term.cost() <= COST_MAX).toList());
    }
    return EVERYTHING;
  }

  /** The plans that leave rows for a pass; none if it need not be made before it is asked for. */
  List<Plan> of(int pass) {
    return guards.get(pass);
  }
}
