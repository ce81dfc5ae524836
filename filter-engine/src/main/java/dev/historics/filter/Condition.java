package dev.historics.filter;

import java.util.List;

/** A filter with its names looked up and its types checked. */
sealed interface Condition {
  /** The single conditions in it; those of rules that it names count each time. */
  int size();

  /** The levels of nodes in it. */
  int depth();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of node. */
  interface Cases<R> {
    R any(Any any);

    R all(All all);

    R not(Not not);

    R named(Named named);

    R holds(Holds holds);
  }

  /** At least one of them. */
  record Any(List<Condition> terms, int size, int depth) implements Condition {
    Any(List<Condition> terms) {
      this(terms, Condition.size(terms), Condition.depth(terms));
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.any(this);
    }
  }

  /** Every one of them. */
  record All(List<Condition> terms, int size, int depth) implements Condition {
    All(List<Condition> terms) {
      this(terms, Condition.size(terms), Condition.depth(terms));
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.all(this);
    }
  }

  /** The opposite. */
  record Not(Condition term) implements Condition {
    @Override
    public int size() {
      return term.size();
    }

    @Override
    public int depth() {
      return term.depth() + 1;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.not(this);
    }
  }

  /** What the filter of another rule accepts. */
  record Named(String hash, Condition filter) implements Condition {
    @Override
    public int size() {
      return filter.size();
    }

    @Override
    public int depth() {
      return filter.depth() + 1;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.named(this);
    }
  }

  /**
   * Some value of the target passes the check.
   *
   * @param text the condition in its canonical spelling
   */
  record Holds(Target target, Check check, String text) implements Condition {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.holds(this);
    }
  }

  private static int size(List<Condition> terms) {
    return terms.stream().mapToInt(Condition::size).sum();
  }

  private static int depth(List<Condition> terms) {
    return 1 + terms.stream().mapToInt(Condition::depth).max().orElse(0);
  }
}
