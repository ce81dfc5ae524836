package dev.historics.filter;

/**
 * Some thousand interactions, one {@link Column} per target: what the matcher reads.
 *
 * <p>Columns are asked for when a rule first needs them, so an adapter may decode late. A column
 * that was asked for twice is the same object. Owned by one thread.
 */
public interface ColumnBatch {
  /** The number of interactions. */
  int rows();

  /**
   * The values of one target.
   *
   * @param index a place in {@code RuleSet.targets()}; the column's kind is that target's type
   * @throws java.io.UncheckedIOException if the values cannot be read
   */
  Column column(int index);
}
