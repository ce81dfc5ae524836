package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.filter.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhraseAutomatonTest {
  private static final Cutting CUTTING = Cutting.standard(Folding.CASED);

  static LongStream seeds() {
    return Seeds.first(100);
  }

  private static List<String> words(SplittableRandom random, int min, int max) {
    return IntStream.range(0, random.nextInt(min, max + 1))
        .mapToObj(i -> Seeds.oneOf(random, List.of("a", "b", "c")))
        .toList();
  }

  private static List<List<String>> phrases(SplittableRandom random) {
    List<List<String>> phrases = new ArrayList<>();
    for (int count = random.nextInt(1, 9); count > 0; count--) {
      phrases.add(words(random, 1, 4));
    }
    return phrases;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void at_each_word_the_longest_phrase_that_ends_there_is_found(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      List<List<String>> phrases = phrases(random);
      List<String> text = words(random, 0, 30);
      PhraseAutomaton automaton = new PhraseAutomaton(phrases);
      Words words = new Words(CUTTING);
      words.start(String.join(" ", text));
      int state = PhraseAutomaton.START;
      for (int end = 1; words.next(); end++) {
        state = automaton.step(state, words);
        List<String> read = text.subList(0, end);
        int expected =
            IntStream.range(0, phrases.size())
                .filter(p -> endsWith(read, phrases.get(p)))
                .boxed()
                .max(
                    Comparator.comparingInt((Integer p) -> phrases.get(p).size())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(PhraseAutomaton.NONE);

        assertThat(automaton.phraseAt(state)).as("%s in %s", phrases, read).isEqualTo(expected);
      }
    }
  }

  private static boolean endsWith(List<String> words, List<String> phrase) {
    int start = words.size() - phrase.size();
    return start >= 0 && words.subList(start, words.size()).equals(phrase);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void phrases_inside_of_others_are_implied(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      List<List<String>> phrases = phrases(random);
      List<List<String>> left =
          new HashSet<>(phrases)
              .stream()
                  .filter(
                      phrase ->
                          phrases.stream()
                              .noneMatch(
                                  other ->
                                      other.size() > phrase.size()
                                          && Collections.indexOfSubList(other, phrase) >= 0))
                  .toList();

      assertThat(PhraseAutomaton.withoutImplied(phrases))
          .as(phrases.toString())
          .containsExactlyInAnyOrderElementsOf(left);
    }
  }

  @Test
  void many_phrases_are_found_among_many_words() {
    List<List<String>> phrases = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      phrases.add(List.of("the", "w" + i, "x" + i));
    }
    PhraseAutomaton automaton = new PhraseAutomaton(phrases);
    Words words = new Words(CUTTING);
    words.start("the w7 the w99999 x99999");
    List<Integer> found = new ArrayList<>();
    int state = PhraseAutomaton.START;
    while (words.next()) {
      state = automaton.step(state, words);
      found.add(automaton.phraseAt(state));
    }

    assertThat(found).containsExactly(-1, -1, -1, -1, 99_999);
  }

  @Test
  void a_phrase_has_words() {
    assertThatThrownBy(() -> new PhraseAutomaton(List.of(List.of("a"), List.of())))
        .hasMessage("a phrase needs at least one word");
  }
}
