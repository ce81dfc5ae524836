package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextSetTest {
  static LongStream seeds() {
    return Seeds.first(60);
  }

  private static boolean containsAscii(TextSet set, String text, Folding folding) {
    byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.US_ASCII);
    return set.containsAscii(bytes, 1, text.length(), folding);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_set_holds_what_a_plain_set_holds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    Set<String> plain = new HashSet<>();
    for (int count = random.nextInt(200); count > 0; count--) {
      plain.add(Folding.CASELESS.fold(texts.text(3)));
    }
    TextSet set = TextSet.of(plain);

    assertThat(set.size()).isEqualTo(plain.size());
    assertThat(plain).allMatch(set::contains);
    for (int round = 0; round < 500; round++) {
      String text = texts.text(3);
      String folded = Folding.CASELESS.fold(text);
      assertThat(set.contains(folded)).as(text).isEqualTo(plain.contains(folded));
      if (text.chars().allMatch(c -> c < 0x80)) {
        assertThat(containsAscii(set, text, Folding.CASELESS))
            .as(text)
            .isEqualTo(plain.contains(folded));
        assertThat(containsAscii(set, text, Folding.CASED)).isEqualTo(plain.contains(text));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sets_are_equal_when_they_hold_the_same(long seed) {
    RandomTexts texts = new RandomTexts(new SplittableRandom(seed));
    Set<String> plain = new HashSet<>(List.of("one"));
    for (int count = 0; count < 50; count++) {
      plain.add(Folding.CASED.fold(texts.text(3)));
    }
    List<String> shuffled = new ArrayList<>(plain);
    shuffled.addAll(plain);
    Collections.shuffle(shuffled, new Random(seed));
    TextSet set = TextSet.of(plain);
    TextSet other = TextSet.of(shuffled);

    assertThat(other).isEqualTo(set).hasSameHashCodeAs(set);
    shuffled.removeAll(List.of("one"));
    assertThat(TextSet.of(shuffled)).isNotEqualTo(set);
    shuffled.add("two of them");
    assertThat(TextSet.of(shuffled)).isNotEqualTo(set);
  }

  @Test
  void nothing_is_a_text_too() {
    assertThat(TextSet.of(List.of()).contains("")).isFalse();
    assertThat(TextSet.of(List.of("")).contains("")).isTrue();
    assertThat(TextSet.of(List.of("")).contains("\u0000")).isFalse();
  }

  @Test
  void texts_longer_than_a_page_and_texts_that_fill_it_are_found() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add(Integer.toString(i).repeat(500_000));
      texts.add("x".repeat((1 << 22) - 6 + i));
    }

    TextSet set = TextSet.of(texts);

    assertThat(set.size()).isEqualTo(texts.size());
    assertThat(texts).allMatch(set::contains);
    assertThat(set.contains("x".repeat(1 << 22) + "y")).isFalse();
  }

  @Test
  void a_million_texts_are_no_trouble() {
    TextSet.Builder builder = new TextSet.Builder();
    for (int i = 0; i < 1_000_000; i++) {
      builder.add("user" + i);
    }
    for (int i = 0; i < 1_000_000; i += 7) {
      builder.add("user" + i);
    }
    TextSet set = builder.build();

    assertThat(set.size()).isEqualTo(1_000_000);
    assertThat(containsAscii(set, "USER999999", Folding.CASELESS)).isTrue();
    for (int i = 0; i < 2_000_000; i += 13) {
      assertThat(set.contains("user" + i)).isEqualTo(i < 1_000_000);
    }
  }
}
