package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrequentKeysTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void parts_that_are_added_up_are_too_low_by_a_capacity_th_of_all_at_most(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int capacity = random.nextInt(1, 200);
    Map<String, Long> truth = new TreeMap<>();
    FrequentKeys all = new FrequentKeys(capacity);
    long total = 0;
    for (int part = random.nextInt(1, 6); part > 0; part--) {
      FrequentKeys keys = new FrequentKeys(capacity);
      double skew = random.nextDouble(1, 8);
      for (int i = random.nextInt(20_000); i > 0; i--) {
        String key = "k" + (int) (2000 * Math.pow(random.nextDouble(), skew));
        truth.merge(key, 1L, Long::sum);
        keys.add(key);
        total++;
      }
      keys.atLeast(1).forEach(all::add);
      all.addOthers(
          keys.total() - keys.atLeast(1).values().stream().mapToLong(Long::longValue).sum());
    }

    SortedMap<String, Long> told = all.atLeast(1);
    assertThat(all.total()).isEqualTo(total);
    assertThat(told).hasSizeLessThanOrEqualTo(2 * capacity);
    long missed = total / capacity;
    truth.forEach(
        (key, count) ->
            assertThat(told.getOrDefault(key, 0L)).as(key).isBetween(count - missed, count));
  }

  @Test
  void keys_that_are_too_long_to_be_held_only_add_to_the_total() {
    FrequentKeys keys = new FrequentKeys(10);

    keys.add("x".repeat(256));
    keys.add("x".repeat(257));

    assertThat(keys.total()).isEqualTo(2);
    assertThat(keys.atLeast(1)).containsOnlyKeys("x".repeat(256));
  }
}
