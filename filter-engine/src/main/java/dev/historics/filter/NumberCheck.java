package dev.historics.filter;

/** What a condition asks of a number. */
sealed interface NumberCheck extends Check {
  /**
   * The whole number is in {@code [min, max]}, or outside of it; no number is when min &gt; max.
   */
  record IntRange(long min, long max, boolean outside) implements NumberCheck {
    @Override
    public int cost() {
      return 2;
    }

    @Override
    public ColumnTest test() {
      return new IntRangeTest(this).on(IntColumn.class);
    }
  }

  /** The whole number is one of a set. */
  record IntOneOf(LongSet values) implements NumberCheck {
    @Override
    public int cost() {
      return 4;
    }

    @Override
    public ColumnTest test() {
      ValueTest<IntColumn> listed = (column, v) -> values.contains(column.value(v));
      return listed.on(IntColumn.class);
    }
  }

  /** The number compares so with a bound. */
  record FloatOrder(Comparison comparison, double bound) implements NumberCheck {
    @Override
    public int cost() {
      return 2;
    }

    @Override
    public ColumnTest test() {
      ValueTest<FloatColumn> compares = (column, v) -> comparison.holds(column.value(v), bound);
      return compares.on(FloatColumn.class);
    }
  }
}
