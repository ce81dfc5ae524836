package dev.historics.filter;

import java.util.List;
import java.util.function.IntFunction;

/** How one rule is decided: a tree over the predicates that its set shares. */
sealed interface Plan {
  /** Roughly the nanoseconds that one row takes. */
  int cost();

  /**
   * The plan for people.
   *
   * @param leaves tells of a predicate's number how it is asked
   */
  Step steps(IntFunction<Step> leaves);

  /** Leaves in {@code rows} those that match; asks for nothing about the others. */
  void keep(RowSet rows, Evaluation evaluation);

  /** What tells that the plan need not be asked. */
  Trigger trigger(IntFunction<Trigger> ofPredicate);

  /** Decides what several rules ask, each at most once for a row of the batch. */
  interface Evaluation {
    /** Leaves in {@code rows} those that pass the predicate of that number. */
    void keep(int predicate, RowSet rows);

    /** Leaves in {@code rows} those that match a term that has that number. */
    void keepShared(int number, Plan term, RowSet rows);

    /** A list to work with, which has to be given back. */
    RowSet borrow();

    void giveBack(RowSet list);
  }

  /** A predicate of the set. */
  record Leaf(int predicate, int cost) implements Plan {
    @Override
    public Step steps(IntFunction<Step> leaves) {
      return leaves.apply(predicate);
    }

    @Override
    public Trigger trigger(IntFunction<Trigger> ofPredicate) {
      return ofPredicate.apply(predicate);
    }

    @Override
    public void keep(RowSet rows, Evaluation evaluation) {
      evaluation.keep(predicate, rows);
    }
  }

  /** A term that stands in several places. */
  record Shared(int number, Plan term) implements Plan {
    @Override
    public int cost() {
      return term.cost();
    }

    @Override
    public Step steps(IntFunction<Step> leaves) {
      return term.steps(leaves);
    }

    @Override
    public Trigger trigger(IntFunction<Trigger> ofPredicate) {
      return term.trigger(ofPredicate);
    }

    @Override
    public void keep(RowSet rows, Evaluation evaluation) {
      evaluation.keepShared(number, term, rows);
    }
  }

  /** What one term drops is not shown to the next. */
  record All(List<Plan> terms) implements Plan {
    @Override
    public Step steps(IntFunction<Step> leaves) {
      return new Step("and", cost(), "", Plan.steps(terms, leaves));
    }

    @Override
    public int cost() {
      return Plan.sum(terms);
    }

    @Override
    public Trigger trigger(IntFunction<Trigger> ofPredicate) {
      return Trigger.rarest(Plan.triggers(terms, ofPredicate));
    }

    @Override
    public void keep(RowSet rows, Evaluation evaluation) {
      for (Plan term : terms) {
        if (rows.isEmpty()) {
          return;
        }
        term.keep(rows, evaluation);
      }
    }
  }

  /** What one term keeps is not shown to the next. */
  record Any(List<Plan> terms) implements Plan {
    @Override
    public Step steps(IntFunction<Step> leaves) {
      return new Step("or", cost(), "", Plan.steps(terms, leaves));
    }

    @Override
    public int cost() {
      return Plan.sum(terms);
    }

    @Override
    public Trigger trigger(IntFunction<Trigger> ofPredicate) {
      return Trigger.any(Plan.triggers(terms, ofPredicate));
    }

    @Override
    public void keep(RowSet rows, Evaluation evaluation) {
      RowSet open = evaluation.borrow();
      RowSet kept = evaluation.borrow();
      open.set(rows);
      for (Plan term : terms) {
        if (open.isEmpty()) {
          break;
        }
        kept.set(open);
        term.keep(kept, evaluation);
        open.remove(kept);
      }
      rows.remove(open);
      evaluation.giveBack(kept);
      evaluation.giveBack(open);
    }
  }

  /** The opposite of its term. */
  record Not(Plan term) implements Plan {
    @Override
    public Step steps(IntFunction<Step> leaves) {
      return new Step("not", cost(), "", Plan.steps(List.of(term), leaves));
    }

    @Override
    public int cost() {
      return term.cost();
    }

    @Override
    public Trigger trigger(IntFunction<Trigger> ofPredicate) {
      return Trigger.NONE;
    }

    @Override
    public void keep(RowSet rows, Evaluation evaluation) {
      RowSet kept = evaluation.borrow();
      kept.set(rows);
      term.keep(kept, evaluation);
      rows.remove(kept);
      evaluation.giveBack(kept);
    }
  }

  private static int sum(List<Plan> terms) {
    return (int) Math.min(Integer.MAX_VALUE, terms.stream().mapToLong(Plan::cost).sum());
  }

  private static List<Trigger> triggers(List<Plan> terms, IntFunction<Trigger> ofPredicate) {
    return terms.stream().map(term -> term.trigger(ofPredicate)).toList();
  }

  private static List<Step> steps(List<Plan> terms, IntFunction<Step> leaves) {
    return terms.stream().map(term -> term.steps(leaves)).toList();
  }
}
