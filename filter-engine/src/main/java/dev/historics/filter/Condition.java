package dev.historics.filter;

import java.util.List;

/** A filter with its names looked up and its types checked. */
sealed interface Condition {
  <R> R fold(Cases<R> cases);

  /** One answer per kind of node. */
  interface Cases<R> {
    R any(Any any);

    R all(All all);

    R not(Not not);

    R holds(Holds holds);
  }

  /** At least one of them. */
  record Any(List<Condition> terms) implements Condition {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.any(this);
    }
  }

  /** Every one of them. */
  record All(List<Condition> terms) implements Condition {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.all(this);
    }
  }

  /** The opposite. */
  record Not(Condition term) implements Condition {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.not(this);
    }
  }

  /** Some value of the target passes the check. */
  record Holds(Target target, Check check) implements Condition {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.holds(this);
    }
  }
}
