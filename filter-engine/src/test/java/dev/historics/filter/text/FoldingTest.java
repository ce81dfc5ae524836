package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FoldingTest {
  static LongStream seeds() {
    return Seeds.first(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void folding_what_is_folded_changes_nothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 300; round++) {
      Folding folding = Seeds.oneOf(random, List.of(Folding.values()));
      String text = texts.text(8);
      String folded = folding.fold(text);

      assertThat(folding.fold(folded)).as(text).isEqualTo(folded);
      assertThat(Normalizer.isNormalized(folded, Normalizer.Form.NFC)).as(text).isTrue();
      byte[] utf8 = folded.getBytes(StandardCharsets.UTF_8);
      assertThat(folding.fold(utf8, 0, utf8.length)).as(text).isEqualTo(folded);
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_character_with_every_mark_folds_to_a_normal_form(Folding folding) {
    StringBuilder marks = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String alone = Character.toString(c);
      if (Character.getType(c) == Character.NON_SPACING_MARK
          && !Normalizer.normalize("a" + alone, Normalizer.Form.NFD).equals(alone)
          && c < 0x400) {
        marks.appendCodePoint(c);
      }
    }
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (!Character.isUpperCase(c) && !Character.isTitleCase(c)) {
        continue;
      }
      for (int mark : marks.codePoints().toArray()) {
        String text = Character.toString(c) + Character.toString(mark);
        String folded = folding.fold(text);
        assertThat(Normalizer.isNormalized(folded, Normalizer.Form.NFC)).as(text).isTrue();
        assertThat(folding.fold(folded)).as(text).isEqualTo(folded);
      }
    }
  }

  @Test
  void a_letter_that_is_one_with_its_mark_in_lower_case_alone_is_that_letter() {
    assertThat(Folding.CASELESS.fold("J\u030C")).isEqualTo("\u01F0");
    assertThat(Folding.CASED.fold("J\u030C")).isEqualTo("J\u030C");
    assertThat(Folding.CASELESS.fold("\u0399\u0308\u0301")).isEqualTo("\u0390");
  }

  @Test
  void half_a_surrogate_pair_is_a_replacement_character() {
    assertThat(Folding.CASED.fold("a\uD83Db\uDE02\uD83D\uDE02\uD83D"))
        .isEqualTo("a\uFFFDb\uFFFD😂\uFFFD");
    assertThat(CodePoints.wellFormed("\uDE02\uD83D")).isEqualTo("\uFFFD\uFFFD");
    assertThat(CodePoints.wellFormed("help😂")).isEqualTo("help😂");
  }
}
