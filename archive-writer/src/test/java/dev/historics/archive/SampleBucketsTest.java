package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleBucketsTest {
  /** The first 8 digits of {@code printf ID | sha256sum}, times 100, over 2^32. */
  @ParameterizedTest
  @CsvSource({
    "a, ca978112",
    "1e0a2b3c, 53594e51",
    "917380217372721152, 63e3c0c3",
    "Ünïcödé 🙂, 46031968"
  })
  void a_position_is_the_start_of_the_hash(String id, String digits) {
    double expected = Long.parseLong(digits, 16) * 100.0 / 0x1_0000_0000L;

    assertThat(SampleBuckets.position(id)).isEqualTo(expected);
    assertThat(SampleBuckets.of(id)).isEqualTo((int) expected);
  }

  @Test
  void buckets_are_about_equally_full() {
    int[] counts = new int[SampleBuckets.COUNT];
    for (int i = 0; i < 100_000; i++) {
      counts[SampleBuckets.of("id" + i)]++;
    }

    assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void the_bucket_is_the_whole_part_of_the_position_for_every_hash() {
    for (long high : new long[] {0, 1L << 32, 0x028f5c28_00000000L, 0x028f5c29_00000000L, -1}) {
      long units = high >>> 32;
      assertThat(SampleBuckets.of(new IdHash(high, 0)))
          .isEqualTo((int) (units * 100.0 / 4294967296.0));
    }
    assertThat(SampleBuckets.of(new IdHash(-1, -1))).isEqualTo(99);
  }
}
