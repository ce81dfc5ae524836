package dev.historics.filter;

import dev.historics.filter.geo.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a condition asks of a target's values, with everything that depends on the rule alone
 * already decided. Equal checks give equal answers, so that a set of rules can share them.
 */
sealed interface Check permits Check.Present, Check.Within, NumberCheck, TextCheck, WordCheck {
  /** Roughly the nanoseconds that one row takes: the cheap ones are asked first. */
  int cost();

  /** Its share of {@link Definition#complexity}. */
  default int complexity() {
    return 1;
  }

  /** What a value is cut into; empty for a check that does not cut. */
  default List<String> wordsOf(String text) {
    return List.of();
  }

  /**
   * What a text that passes must hold once it is folded: all the literals of one of these lists.
   * None if that cannot be told.
   */
  default List<List<String>> literals() {
    return List.of();
  }

  /** What a pass over a text column has to look for; nothing if this check cannot share one. */
  default Optional<Sought> sought() {
    return Optional.empty();
  }

  /** A new test, for one thread, on columns of the target's type. */
  ColumnTest test();

  /** Some value is there. */
  record Present(ValueType type) implements Check {
    @Override
    public int cost() {
      return 1;
    }

    @Override
    public ColumnTest test() {
      ValueTest<Column> present = (column, v) -> true;
      return type == ValueType.TEXT
          ? PageSearch.orValueByValue((bytes, start, length) -> true)
          : present.on(Column.class);
    }
  }

  /** The point lies in an area. */
  record Within(Shape shape) implements Check {
    @Override
    public int cost() {
      return 20 * shape.effort();
    }

    @Override
    public int complexity() {
      return shape.effort();
    }

    @Override
    public ColumnTest test() {
      ValueTest<GeoColumn> within =
          (column, v) -> shape.contains(column.latitude(v), column.longitude(v));
      return within.on(GeoColumn.class);
    }
  }
}
