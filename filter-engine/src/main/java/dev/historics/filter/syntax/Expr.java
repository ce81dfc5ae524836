package dev.historics.filter.syntax;

import java.util.ArrayList;
import java.util.List;

/** A filter as it was written: names are not looked up, nothing is known about types. */
public sealed interface Expr {
  /** Where it stands in the rule. */
  Span span();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of node: a new kind does not compile until every pass has one. */
  interface Cases<R> {
    R or(Or or);

    R and(And and);

    R not(Not not);

    R test(Test test);

    R reference(Reference reference);
  }

  /** At least one of two or more. An OR directly inside an OR becomes part of it. */
  record Or(List<Expr> terms, Span span) implements Expr {
    public Or {
      List<Expr> flat = new ArrayList<>();
      for (Expr term : terms) {
        flat.addAll(term instanceof Or inner ? inner.terms : List.of(term));
      }
      terms = atLeastTwo(flat);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.or(this);
    }
  }

  /** All of two or more. An AND directly inside an AND becomes part of it. */
  record And(List<Expr> terms, Span span) implements Expr {
    public And {
      List<Expr> flat = new ArrayList<>();
      for (Expr term : terms) {
        flat.addAll(term instanceof And inner ? inner.terms : List.of(term));
      }
      terms = atLeastTwo(flat);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.and(this);
    }
  }

  /** The opposite. */
  record Not(Expr term, Span span) implements Expr {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.not(this);
    }
  }

  /**
   * One condition.
   *
   * @param caseSensitive whether {@code cs} stood before the operator
   * @param modifiers at most one of a name, in alphabetical order
   */
  record Test(
      Name target,
      boolean caseSensitive,
      Operator operator,
      Span operatorSpan,
      List<Modifier> modifiers,
      Argument argument)
      implements Expr {
    public Test {
      modifiers = List.copyOf(modifiers);
    }

    @Override
    public Span span() {
      return target.span().to(argument.span());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.test(this);
    }
  }

  /** {@code stream "hash"}: what the filter of another rule accepts. */
  record Reference(Name hash, Span span) implements Expr {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.reference(this);
    }
  }

  /** A name in lower case, and where it stands. */
  record Name(String value, Span span) {}

  private static List<Expr> atLeastTwo(List<Expr> terms) {
    if (terms.size() < 2) {
      throw new IllegalArgumentException("AND and OR need two terms, got " + terms);
    }
    return List.copyOf(terms);
  }
}
