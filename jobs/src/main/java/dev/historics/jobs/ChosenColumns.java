package dev.historics.jobs;

import dev.historics.filter.Column;
import dev.historics.filter.ColumnBatch;
import java.util.List;

/**
 * Some columns of a batch, in another order.
 *
 * @param places where each column stands in {@code batch}
 */
record ChosenColumns(ColumnBatch batch, List<Integer> places) implements ColumnBatch {
  @Override
  public int rows() {
    return batch.rows();
  }

  @Override
  public Column column(int index) {
    return batch.column(places.get(index));
  }
}
