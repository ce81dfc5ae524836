package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {
  private static final Cutting STANDARD = Cutting.standard(Folding.CASELESS);

  static LongStream seeds() {
    return Seeds.first(60);
  }

  /** The patterns of a text in which a backslash goes before what is no wildcard. */
  private static List<Glob> phrase(String escaped, Cutting cutting) {
    StringBuilder text = new StringBuilder();
    List<Integer> wildcards = new ArrayList<>();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        i++;
        text.append(escaped.charAt(i));
      } else {
        if (c == '*' || c == '?') {
          wildcards.add(text.length());
        }
        text.append(c);
      }
    }
    return Glob.phrase(text.toString(), wildcards, cutting);
  }

  private static boolean matches(Glob glob, String word) {
    return glob.matches("x" + word + "x", 1, 1 + word.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          print*       => print prints printing print😂  => reprint prin
          gr?y         => grey gray gr😂y                => gry greey
          colo?r       => colo-r colo1r                  => color
          *ing         => ing printing inging            => ings
          p*t          => pt print pritt                 => p ptx
          a*b*c        => abc axbxc abcbc                => acb
          ?            => x 😂                           => xx ``
          ??*          => xx xxx 😂😂                    => x 😂
          a**b         => ab axb                         => a
          PRINT*       => printer                        => PRINTER
          *a*a*a*      => aaa xaxaxax                    => aa
          """)
  void a_pattern_is_like_whole_words(String pattern, String like, String unlike) {
    Glob glob = phrase(pattern, STANDARD).get(0);

    for (String word : like.split(" ", -1)) {
      assertThat(matches(glob, word)).as("%s is like %s", word, pattern).isTrue();
    }
    for (String word : unlike.split(" ", -1)) {
      assertThat(matches(glob, word)).as("%s is like %s", word, pattern).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          print* paper     => print*|paper
          a-b*c            => a|-|b*c
          2\\*x*           => 2|\\*|x*
          what\\? who?     => what|\\?|who?
          e*\u0301         => e*\u0301
          E\u0301*         => é*
          #*               => #|*
          * *              => *|*
          \\\\ *           => \\\\|*
          """)
  void wildcards_belong_to_the_word_they_stand_at(String pattern, String globs) {
    assertThat(
            phrase(pattern, STANDARD).stream().map(Glob::toString).collect(Collectors.joining("|")))
        .isEqualTo(globs);
  }

  @Test
  void where_ideographs_stand_alone_a_wildcard_beside_them_is_another_word() {
    Cutting chinese = STANDARD.with(Cutting.Ideographs.SINGLE);

    assertThat(phrase("天?か\u309Aa*", chinese)).hasToString("[天, ?, か\u309A, a*]");
    assertThat(phrase("天?", STANDARD)).hasToString("[天?]");
    assertThat(phrase(" \t\n", STANDARD)).isEmpty();
  }

  @Test
  void only_stars_and_question_marks_are_wildcards() {
    assertThatThrownBy(() -> Glob.phrase("abc", List.of(1), STANDARD))
        .hasMessage("expected '*' or '?' at 1, got 'b'");
  }

  /** By trying everything. */
  private static boolean isLike(String word, int[] w, String pattern, int[] p, int i, int j) {
    if (j == p.length) {
      return i == w.length;
    }
    if (p[j] == '*') {
      return isLike(word, w, pattern, p, i, j + 1)
          || (i < w.length && isLike(word, w, pattern, p, i + 1, j));
    }
    return i < w.length
        && (p[j] == '?' || p[j] == w[i])
        && isLike(word, w, pattern, p, i + 1, j + 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void patterns_agree_with_trying_everything(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 1000; round++) {
      String word = letters(random, List.of("a", "b", "😂"), 8);
      String pattern = letters(random, List.of("a", "b", "😂", "*", "*", "?"), 6);
      List<Glob> phrase = phrase(pattern, STANDARD);
      if (!phrase.isEmpty()) {
        boolean expected =
            isLike(
                word, word.codePoints().toArray(), pattern, pattern.codePoints().toArray(), 0, 0);
        assertThat(matches(phrase.get(0), word)).as("%s on %s", pattern, word).isEqualTo(expected);
      }
    }
  }

  private static String letters(SplittableRandom random, List<String> alphabet, int max) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(max + 1); count > 0; count--) {
      text.append(Seeds.oneOf(random, alphabet));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_pattern_without_wildcards_is_the_words_of_its_text(long seed) {
    RandomTexts random = new RandomTexts(new SplittableRandom(seed));
    for (int round = 0; round < 200; round++) {
      Cutting cutting = random.cutting();
      String text = random.text(8);
      List<String> words = cutting.words(text);
      List<Glob> globs = Glob.phrase(text, List.of(), cutting);

      assertThat(globs).as("%s by %s", text, cutting).hasSameSizeAs(words);
      for (int i = 0; i < words.size(); i++) {
        assertThat(matches(globs.get(i), words.get(i))).as(text).isTrue();
        assertThat(matches(globs.get(i), words.get(i) + "x")).as(text).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_filter_never_drops_what_matches_however_it_is_cut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 400; round++) {
      Cutting cutting = texts.cutting();
      byte[] text = texts.text(10).getBytes(StandardCharsets.UTF_8);
      for (int broken = random.nextInt(3) - 1; broken > 0 && text.length > 0; broken--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      List<String> words = cutting.words(new String(text, StandardCharsets.UTF_8));
      List<String> phrase = cutting.words(texts.text(3));
      if (!phrase.isEmpty() && Collections.indexOfSubList(words, phrase) >= 0) {
        assertThat(ByteFilter.forPhrase(phrase, cutting).mayHold(text, 0, text.length))
            .as("%s in %s by %s", phrase, words, cutting)
            .isTrue();
        assertThat(ByteFilter.forAnyWord(phrase, cutting).mayHold(text, 0, text.length)).isTrue();
      }
      List<Glob> globs = phrase(texts.text(3).replaceAll("\\\\", ""), cutting);
      if (!globs.isEmpty() && holds(words, globs)) {
        assertThat(ByteFilter.forGlobs(globs, cutting).mayHold(text, 0, text.length))
            .as("%s in %s by %s", globs, words, cutting)
            .isTrue();
      }
    }
  }

  private static boolean holds(List<String> words, List<Glob> globs) {
    for (int first = 0; first + globs.size() <= words.size(); first++) {
      boolean all = true;
      for (int i = 0; i < globs.size(); i++) {
        all &= matches(globs.get(i), words.get(first + i));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  @Test
  void many_stars_take_no_longer_than_one_after_the_other() {
    Glob glob = phrase("*a".repeat(50) + "*b", STANDARD).get(0);
    String word = "a".repeat(100_000);

    boolean like =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> matches(glob, word));

    assertThat(like).isFalse();
  }
}
