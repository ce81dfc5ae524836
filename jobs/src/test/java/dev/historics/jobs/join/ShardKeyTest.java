package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.WritableComparator;
import org.junit.jupiter.api.Test;

class ShardKeyTest {
  @Test
  void what_is_written_is_read_and_compared_alike() throws IOException {
    WritableComparator raw = WritableComparator.get(ShardKey.class);
    List<ShardKey> keys = keys();
    for (ShardKey a : keys) {
      DataOutputBuffer aOut = written(a);
      assertThat(read(aOut)).isEqualTo(a).hasSameHashCodeAs(a);
      for (ShardKey b : keys) {
        DataOutputBuffer bOut = written(b);
        int compared =
            raw.compare(aOut.getData(), 0, aOut.getLength(), bOut.getData(), 0, bOut.getLength());
        assertThat(Integer.signum(compared)).isEqualTo(Integer.signum(a.compareTo(b)));
      }
    }
  }

  @Test
  void a_row_comes_before_the_facts_of_its_key_and_after_those_of_others() {
    assertThat(List.of(ShardKey.fact(1, "a"), ShardKey.row(1, "ab"), ShardKey.fact(1, "ab")))
        .isSorted();
    assertThat(List.of(ShardKey.fact(1, "z"), ShardKey.row(2, "a"))).isSorted();
  }

  @Test
  void each_reducer_gets_what_is_meant_for_it() {
    ShardPartitioner partitioner = new ShardPartitioner();

    for (int reducer = 0; reducer < 8; reducer++) {
      assertThat(partitioner.getPartition(ShardKey.row(reducer, "a"), "", 8)).isEqualTo(reducer);
      assertThat(partitioner.getPartition(ShardKey.fact(reducer, "b"), "", 8)).isEqualTo(reducer);
    }
    assertThat(partitioner.getPartition(ShardKey.fact(7, "a"), "", 1)).isZero();
  }

  private static List<ShardKey> keys() {
    SplittableRandom random = new SplittableRandom(1);
    List<ShardKey> keys = new ArrayList<>();
    String[] parts = {"", "a", "b", "ж", "\ud83d\ude00", "x".repeat(200), "\u0000"};
    for (int i = 0; i < 80; i++) {
      String key = parts[random.nextInt(parts.length)] + parts[random.nextInt(parts.length)];
      int reducer = random.nextInt(3);
      keys.add(random.nextBoolean() ? ShardKey.row(reducer, key) : ShardKey.fact(reducer, key));
    }
    return keys;
  }

  private static DataOutputBuffer written(ShardKey key) throws IOException {
    DataOutputBuffer out = new DataOutputBuffer();
    key.write(out);
    return out;
  }

  private static ShardKey read(DataOutputBuffer written) throws IOException {
    DataInputBuffer in = new DataInputBuffer();
    in.reset(written.getData(), written.getLength());
    ShardKey key = new ShardKey();
    key.readFields(in);
    return key;
  }
}
