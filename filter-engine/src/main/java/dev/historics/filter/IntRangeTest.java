package dev.historics.filter;

/** Whether a whole number is in {@code [min, max]}, or outside of it. */
final class IntRangeTest implements ValueTest<IntColumn> {
  private final long min;
  private final long max;
  private final long span;
  private final boolean isEmpty;
  private final boolean outside;

  IntRangeTest(NumberCheck.IntRange range) {
    this.min = range.min();
    this.max = range.max();
    this.span = range.max() - range.min();
    this.isEmpty = range.min() > range.max();
    this.outside = range.outside();
  }

  @Override
  public boolean test(IntColumn column, int v) {
    return test(column, v, 1) != 0;
  }

  @Override
  public long test(IntColumn column, int first, long asked) {
    long beyond = isEmpty ? -1 : beyond(column.values(), first, asked);
    return asked & (outside ? beyond : ~beyond);
  }

  @Override
  public boolean canPass(IntColumn column) {
    return outside
        ? isEmpty || column.least() < min || column.greatest() > max
        : !isEmpty && column.least() <= max && column.greatest() >= min;
  }

  /** One bit a number, without a branch: how numbers are spread makes no difference. */
  private long beyond(long[] values, int first, long asked) {
    long bits = 0;
    int count = Long.SIZE - Long.numberOfLeadingZeros(asked);
    for (int i = 0; i < count; i++) {
      bits |= isAbove(values[first + i] - min, span) << i;
    }
    return bits;
  }

  /** 1 if {@code a > b} as unsigned numbers, else 0: what is borrowed by {@code b - a}. */
  private static long isAbove(long a, long b) {
    return ((~b & a) | ((~b | a) & (b - a))) >>> (Long.SIZE - 1);
  }
}
