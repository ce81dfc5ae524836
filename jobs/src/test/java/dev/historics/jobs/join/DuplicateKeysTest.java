package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateKeysTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void finds_a_key_that_stands_twice_if_and_only_if_there_is_one(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(1, 5000); i > 0; i--) {
      keys.add("key " + i);
    }
    int hashesMax = random.nextInt(2, 3000);

    assertThat(find(keys, hashesMax)).isEmpty();

    int first = random.nextInt(keys.size());
    keys.add(keys.get(first));
    assertThat(find(keys, hashesMax))
        .contains(new DuplicateKeys.Twice(keys.get(first), first + 1L, keys.size()));
  }

  @Test
  void a_table_of_one_key_needs_no_room() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      keys.add("same");
    }

    assertThat(find(keys, 2)).contains(new DuplicateKeys.Twice("same", 1, 2));
  }

  @Test
  void a_table_that_has_room_is_read_once() throws Exception {
    Counted table = new Counted();

    assertThat(new DuplicateKeys(table, 1000).find()).isEmpty();

    assertThat(table.readings).isEqualTo(1);
  }

  @Test
  void a_long_table_is_read_in_parts() throws Exception {
    Counted table = new Counted();

    assertThat(new DuplicateKeys(table, 100).find()).isEmpty();

    assertThat(table.readings).isBetween(8, 16);
  }

  private static final class Counted implements DuplicateKeys.Reading {
    private int readings;

    @Override
    public void forEach(DuplicateKeys.Visitor visitor) throws IOException {
      readings++;
      for (int i = 0; i < 900; i++) {
        visitor.key("key " + i, i);
      }
    }
  }

  private static Optional<DuplicateKeys.Twice> find(List<String> keys, int hashesMax)
      throws IOException {
    return new DuplicateKeys(
            visitor -> {
              for (int i = 0; i < keys.size(); i++) {
                visitor.key(keys.get(i), i + 1L);
              }
            },
            hashesMax)
        .find();
  }
}
