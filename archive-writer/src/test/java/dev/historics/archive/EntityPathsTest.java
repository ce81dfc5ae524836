package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityPathsTest {
  private static final int TEXTS = 100_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void offsets_are_expected_exactly_where_their_key_stands(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String key = "\"indices\"";
    int found = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(6); left > 0; left--) {
        int start = random.nextInt(key.length());
        int end = start + 1 + random.nextInt(key.length() - start);
        text.append(random.nextInt(4) == 0 ? key : key.substring(start, end));
        text.append(random.nextInt(4) == 0 ? "é:" : "");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      int offset = random.nextInt(bytes.length + 1);
      int length = random.nextInt(bytes.length - offset + 1);
      boolean isThere =
          new String(bytes, offset, length, StandardCharsets.ISO_8859_1).contains(key);

      assertThat(EntityPaths.mayBeIn(bytes, offset, length)).as("%s", text).isEqualTo(isThere);
      found += isThere ? 1 : 0;
    }
    assertThat(found).isBetween(TEXTS / 50, TEXTS / 2);
  }
}
