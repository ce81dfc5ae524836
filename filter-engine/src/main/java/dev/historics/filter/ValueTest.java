package dev.historics.filter;

/** Decides one check on the value {@code v} of a column; a row passes when one value does. */
interface ValueTest<C extends Column> {
  boolean test(C column, int v);

  /**
   * Decides up to 64 successive values.
   *
   * @param first the value that the lowest bit stands for
   * @param asked a bit for each value in question, one at least
   * @return those of {@code asked} that pass
   */
  default long test(C column, int first, long asked) {
    long passed = 0;
    for (long left = asked; left != 0; left &= left - 1) {
      if (test(column, first + Long.numberOfTrailingZeros(left))) {
        passed |= Long.lowestOneBit(left);
      }
    }
    return passed;
  }

  /**
   * Whether a value of a column can pass, by what is known without its values: may say yes where
   * none passes, never no where one does.
   */
  default boolean canPass(C column) {
    return true;
  }

  /** This test on the rows of columns of {@code type}. */
  default ColumnTest on(Class<C> type) {
    return new RowTest<>(this, type);
  }
}
