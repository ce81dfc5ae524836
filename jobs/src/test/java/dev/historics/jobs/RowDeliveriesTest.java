package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each row of a batch goes to those that it was found for. */
class RowDeliveriesTest {
  private static Delivery delivery(BitSet rows) {
    return new Delivery(
        new RiderGroup.Found(new SourceTally("q", "s"), rows, Collections.emptySortedMap()));
  }

  @Test
  void each_row_has_its_deliveries_in_order() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      int batchRows = random.nextInt(70);
      List<Delivery> deliveries = new ArrayList<>();
      BitSet anybody = new BitSet();
      for (int i = random.nextInt(9); i > 0; i--) {
        BitSet rows = new BitSet();
        for (int row = 0; row < batchRows; row++) {
          rows.set(row, random.nextInt(4) == 0);
        }
        anybody.or(rows);
        deliveries.add(delivery(rows));
      }

      RowDeliveries byRow = new RowDeliveries(deliveries, batchRows);

      assertThat(byRow.rows()).isEqualTo(anybody);
      for (int row = 0; row < batchRows; row++) {
        int wanted = row;
        assertThat(byRow.of(row))
            .containsExactlyElementsOf(
                deliveries.stream().filter(each -> each.rows().get(wanted)).toList());
      }
    }
  }
}
