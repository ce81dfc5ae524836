package dev.historics.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which rules of a set have to be asked when a predicate is found. Immutable. */
final class Triggers {
  /** Of each rule: where its predicates start in {@link #predicates}. */
  private final int[] firsts;

  private final int[] predicates;
  private final BitSet always = new BitSet();

  /** Of each predicate: where its rules start in {@link #rules}. */
  private final int[] starts;

  private final int[] rules;

  /**
   * @param triggers of the rules
   * @param predicates how many there are
   */
  Triggers(List<Trigger> triggers, int predicates) {
    this.firsts = new int[triggers.size() + 1];
    for (int rule = 0; rule < triggers.size(); rule++) {
      firsts[rule + 1] = firsts[rule] + triggers.get(rule).size();
    }
    this.predicates = triggers.stream().flatMapToInt(Trigger::predicates).toArray();
    List<List<Integer>> asking = new ArrayList<>();
    for (int i = 0; i < predicates; i++) {
      asking.add(new ArrayList<>(1));
    }
    for (int rule = 0; rule < triggers.size(); rule++) {
      Trigger trigger = triggers.get(rule);
      always.set(rule, trigger.size() == 0);
      for (int i = 0; i < trigger.size(); i++) {
        asking.get(trigger.predicate(i)).add(rule);
      }
    }
    this.starts = new int[predicates + 1];
    for (int i = 0; i < predicates; i++) {
      starts[i + 1] = starts[i] + asking.get(i).size();
    }
    this.rules = asking.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  /** How many predicates wake a rule; none if it is asked always. */
  int size(int rule) {
    return firsts[rule + 1] - firsts[rule];
  }

  /** One of the predicates that wake a rule. */
  int predicate(int rule, int i) {
    return predicates[firsts[rule] + i];
  }

  /** Adds the rules that are asked whatever is found. */
  void addAlways(BitSet asked) {
    asked.or(always);
  }

  /** Adds the rules that are asked where a predicate is found. */
  void addAsking(int predicate, BitSet asked) {
    for (int i = starts[predicate]; i < starts[predicate + 1]; i++) {
      asked.set(rules[i]);
    }
  }
}
