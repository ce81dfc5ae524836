package dev.historics.filter.syntax;

import java.math.BigDecimal;
import java.util.List;

/** What stands after an operator. */
public sealed interface Argument {
  /** Where it stands; empty after the operator when there is none. */
  Span span();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of argument. */
  interface Cases<R> {
    R none(None none);

    R text(Text text);

    R items(Items items);

    R number(Numeral number);

    R integers(Integers integers);
  }

  /** Nothing, as after {@code exists}. */
  record None(Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.none(this);
    }
  }

  /** A text, escapes resolved. */
  record Text(String value, Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.text(this);
    }
  }

  /** A text that is a list: its items, trimmed; possibly none. */
  record Items(List<String> values, Span span) implements Argument {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.items(this);
    }
  }

  /** A number, exactly as it was written. */
  record Numeral(BigDecimal value, Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.number(this);
    }
  }

  /** A list of whole numbers; at least one. */
  record Integers(List<Long> values, Span span) implements Argument {
    public Integers {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.integers(this);
    }
  }
}
