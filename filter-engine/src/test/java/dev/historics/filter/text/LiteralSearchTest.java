package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralSearchTest {
  static LongStream seeds() {
    return Seeds.first(200);
  }

  private static boolean mayHold(ByteFilter filter, byte[] utf8) {
    byte[] framed = new byte[utf8.length + 2];
    System.arraycopy(utf8, 0, framed, 1, utf8.length);
    framed[0] = 'k';
    framed[framed.length - 1] = 'k';
    return filter.mayHold(framed, 1, utf8.length);
  }

  @ParameterizedTest
  @EnumSource
  void every_character_that_folds_to_ascii_is_let_through(Folding folding) {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue;
      }
      String raw = Character.toString(c);
      String folded = folding.fold(raw);
      for (int i = 0; i < folded.length(); i++) {
        if (folded.charAt(i) < 0x80) {
          String literal = folded.substring(i, i + 1);
          LiteralSearch search = LiteralSearch.anywhere(literal, folding);
          assertThat(mayHold(search, raw.getBytes(StandardCharsets.UTF_8)))
              .as("U+%04X holds %s", c, literal)
              .isTrue();
        }
      }
    }
  }

  @Test
  void folding_a_character_does_not_depend_on_its_neighbours() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue;
      }
      String alone = Folding.CASELESS.fold(Character.toString(c));
      String within = Folding.CASELESS.fold("aΑ " + Character.toString(c));
      assertThat(within).as("U+%04X", c).endsWith(alone);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_filter_never_drops_what_matches_not_even_in_malformed_bytes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> alphabet =
        List.of(
            "k", "K", "\u212A", "i", "\u0130", "\u0307", ";", "\u037E", "a", "e", "\u0301", " ",
            "-", "=", "\u0338", "\u00E9", "\u1FEF", "`", "😂", "7");
    for (int round = 0; round < 300; round++) {
      byte[] text = text(random, alphabet, 12).getBytes(StandardCharsets.UTF_8);
      for (int broken = random.nextInt(3); broken > 0 && text.length > 0; broken--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      Folding folding = Seeds.oneOf(random, List.of(Folding.values()));
      String literal = folding.fold(text(random, alphabet, 3));
      String folded = folding.fold(text, 0, text.length);
      Cutting cutting = Cutting.standard(folding);
      List<String> phrase = cutting.words(literal);
      if (!literal.isEmpty() && folded.contains(literal)) {
        assertThat(mayHold(ByteFilter.forLiteral(literal, folding), text)).as(literal).isTrue();
      }
      boolean holds = Collections.indexOfSubList(cutting.words(folded), phrase) >= 0;
      if (!phrase.isEmpty() && holds) {
        assertThat(mayHold(ByteFilter.forPhrase(phrase, cutting), text)).as(literal).isTrue();
      }
    }
  }

  private static String text(SplittableRandom random, List<String> alphabet, int max) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(max + 1); count > 0; count--) {
      text.append(Seeds.oneOf(random, alphabet));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          art  => the party began   => false
          art  => the art of it     => true
          art  => state-of-the-art! => true
          art  => start art         => true
          art  => a long text before the end of which there is no more than an ar => false
          jazz => a long text before the end of which there is some JAZZ          => true
          """)
  void a_filter_for_a_word_looks_at_its_borders(String word, String text, boolean expected) {
    ByteFilter filter = ByteFilter.forPhrase(List.of(word), Cutting.standard(Folding.CASELESS));

    assertThat(mayHold(filter, text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @Test
  void what_ends_a_word_is_asked_of_the_folded_character() {
    CharacterSet small = CharacterSet.named("Ll").orElseThrow();
    Cutting cutting = Cutting.standard(Folding.CASELESS).keeping(small);
    ByteFilter filter = ByteFilter.forPhrase(List.of("7"), cutting);

    assertThat(cutting.words("7B")).containsExactly("7", "b");
    assertThat(mayHold(filter, "7B".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(mayHold(filter, "78".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void a_mark_that_folding_brings_can_end_a_word() {
    Cutting cutting =
        Cutting.standard(Folding.CASELESS).keeping(CharacterSet.named("Mn").orElseThrow());
    ByteFilter filter = ByteFilter.forPhrase(List.of("i"), cutting);

    assertThat(cutting.words("\u0130stanbul")).containsExactly("i", "\u0307", "stanbul");
    assertThat(mayHold(filter, "\u0130stanbul".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(mayHold(filter, "istanbul".getBytes(StandardCharsets.UTF_8))).isFalse();
  }
}
