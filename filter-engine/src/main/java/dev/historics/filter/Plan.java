package dev.historics.filter;

import java.util.BitSet;
import java.util.List;

/** How one rule is decided: a tree over the predicates that its set shares. */
sealed interface Plan {
  /** Roughly the nanoseconds that one row takes. */
  int cost();

  /**
   * The plan for people.
   *
   * @param spellings of the predicates, by their numbers
   */
  Step steps(List<String> spellings);

  /** Leaves in {@code rows} those that match; asks for nothing about the others. */
  void keep(BitSet rows, Predicates predicates);

  /** Decides predicates, each at most once for a row. */
  interface Predicates {
    /** Leaves in {@code rows} those that pass the predicate of that number. */
    void keep(int predicate, BitSet rows);
  }

  /** A predicate of the set. */
  record Leaf(int predicate, int cost) implements Plan {
    @Override
    public Step steps(List<String> spellings) {
      return new Step(spellings.get(predicate), cost, List.of());
    }

    @Override
    public void keep(BitSet rows, Predicates predicates) {
      predicates.keep(predicate, rows);
    }
  }

  /** What one term drops is not shown to the next. */
  record All(List<Plan> terms) implements Plan {
    @Override
    public Step steps(List<String> spellings) {
      return new Step("and", cost(), Plan.steps(terms, spellings));
    }

    @Override
    public int cost() {
      return terms.stream().mapToInt(Plan::cost).sum();
    }

    @Override
    public void keep(BitSet rows, Predicates predicates) {
      for (Plan term : terms) {
        if (rows.isEmpty()) {
          return;
        }
        term.keep(rows, predicates);
      }
    }
  }

  /** What one term keeps is not shown to the next. */
  record Any(List<Plan> terms) implements Plan {
    @Override
    public Step steps(List<String> spellings) {
      return new Step("or", cost(), Plan.steps(terms, spellings));
    }

    @Override
    public int cost() {
      return terms.stream().mapToInt(Plan::cost).sum();
    }

    @Override
    public void keep(BitSet rows, Predicates predicates) {
      BitSet open = copy(rows);
      for (Plan term : terms) {
        if (open.isEmpty()) {
          return;
        }
        BitSet kept = copy(open);
        term.keep(kept, predicates);
        open.andNot(kept);
      }
      rows.andNot(open);
    }
  }

  /** The opposite of its term. */
  record Not(Plan term) implements Plan {
    @Override
    public Step steps(List<String> spellings) {
      return new Step("not", cost(), Plan.steps(List.of(term), spellings));
    }

    @Override
    public int cost() {
      return term.cost();
    }

    @Override
    public void keep(BitSet rows, Predicates predicates) {
      BitSet kept = copy(rows);
      term.keep(kept, predicates);
      rows.andNot(kept);
    }
  }

  private static List<Step> steps(List<Plan> terms, List<String> spellings) {
    return terms.stream().map(term -> term.steps(spellings)).toList();
  }

  private static BitSet copy(BitSet rows) {
    return (BitSet) rows.clone();
  }
}
