package dev.historics.jobs;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Who gets which row of a batch: looked up by row, since most riders get few of them. */
final class RowDeliveries {
  private final BitSet rows = new BitSet();

  /** Where the deliveries of each row start in {@link #sorted}. */
  private final int[] starts;

  private final Delivery[] sorted;

  RowDeliveries(List<Delivery> deliveries, int batchRows) {
    this.starts = new int[batchRows + 1];
    for (Delivery delivery : deliveries) {
      rows.or(delivery.rows());
      delivery.rows().stream().forEach(row -> starts[row + 1]++);
    }
    for (int row = 0; row < batchRows; row++) {
      starts[row + 1] += starts[row];
    }
    this.sorted = new Delivery[starts[batchRows]];
    int[] next = starts.clone();
    for (Delivery delivery : deliveries) {
      delivery.rows().stream().forEach(row -> sorted[next[row]++] = delivery);
    }
  }

  /** The rows that somebody gets; not to be changed. */
  BitSet rows() {
    return rows;
  }

  /** The deliveries of a row, in the order in which they were given. */
  List<Delivery> of(int row) {
    return Arrays.asList(sorted).subList(starts[row], starts[row + 1]);
  }
}
