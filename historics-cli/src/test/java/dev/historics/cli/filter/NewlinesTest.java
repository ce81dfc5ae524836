package dev.historics.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewlinesTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void they_are_found_and_counted_as_byte_by_byte(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(100)];
    byte[] near = {'\n', (byte) 0x8A, 0x0B, 0x09, 0, (byte) 0xFF, 'a'};
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = near[random.nextInt(near.length)];
    }
    int start = random.nextInt(bytes.length + 1);
    int end = start + random.nextInt(bytes.length - start + 1);
    int count = 0;
    int first = end;
    for (int i = end - 1; i >= start; i--) {
      if (bytes[i] == '\n') {
        count++;
        first = i;
      }
    }

    assertThat(Newlines.count(bytes, start, end)).isEqualTo(count);
    assertThat(Newlines.next(bytes, start, end)).isEqualTo(first);
  }
}
