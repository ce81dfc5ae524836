package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.historics.filter.Seeds;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass over the words of a text finds those of an index, as cutting the text would. */
class WordScanTest {
  private static final Cutting CASELESS = Cutting.standard(Folding.CASELESS);

  private static final List<String> BESIDE =
      List.of(
          "a",
          "ab",
          "K",
          "=",
          "<",
          "\u0338",
          "é",
          "\u0301",
          "$",
          " ",
          "\f",
          "\n",
          ",",
          "ж",
          "Ж",
          "…",
          "“",
          "😂",
          "\u000B",
          "\u212A",
          "abcdefghij",
          "9",
          "Ёж",
          "ё",
          "Ѡ",
          "ѡ",
          "р",
          "Р",
          "«",
          "»",
          "ÿ",
          "À",
          "à",
          "’",
          "”",
          "❤\uFE0F",
          "天\uFE0F",
          "чёрнаяречка");

  private static Set<String> found(Collection<String> words, Cutting cutting, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return found(words, cutting, utf8, 0, utf8.length);
  }

  private static Set<String> found(
      Collection<String> words, Cutting cutting, byte[] bytes, int start, int length) {
    List<String> numbered = List.copyOf(words);
    TextScan scan = new WordIndex(numbered, cutting).scan();
    int count = scan.scan(bytes, start, length);
    List<String> found =
        IntStream.range(0, count).mapToObj(i -> numbered.get(scan.found()[i])).toList();
    assertThat(found).doesNotHaveDuplicates();
    return new TreeSet<>(found);
  }

  @Test
  void words_of_every_length_are_found_wherever_they_stand() {
    for (int length = 1; length < 40; length++) {
      String word = "abcdefghijklmnopqrstuvwxyz0123456789abcdefgh".substring(0, length);
      Set<String> words = Set.of(word, word + "x", "x" + word, word.substring(0, length - 1) + "!");
      for (int indent = 0; indent < 20; indent++) {
        String text = " ".repeat(indent) + word.toUpperCase(Locale.ROOT);

        assertThat(found(words(words), CASELESS, text)).containsExactly(word);
        assertThat(found(words(words), CASELESS, text + ", ")).containsExactly(word);
        assertThat(found(words(words), CASELESS, text + "x")).containsExactly(word + "x");
        assertThat(found(words(words), CASELESS, text + "é")).isEmpty();
      }
    }
  }

  /** Those that are one word. */
  private static Set<String> words(Set<String> texts) {
    return texts.stream()
        .filter(text -> CASELESS.words(text).size() == 1)
        .collect(Collectors.toSet());
  }

  @Test
  void a_word_that_stands_twice_is_found_once() {
    assertThat(found(List.of("tea", "#"), CASELESS, "Tea #tea, TEA!")).containsExactly("#", "tea");
  }

  @Test
  void an_index_has_no_word_twice_and_no_empty_one() {
    assertThatThrownBy(() -> new WordIndex(List.of("a", "a"), CASELESS))
        .hasMessage("expected words that are not empty, each once, got 'a' as number 1");
    assertThatThrownBy(() -> new WordIndex(List.of(""), CASELESS))
        .hasMessage("expected words that are not empty, each once, got '' as number 0");
  }

  static LongStream seeds() {
    return Seeds.first(25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_found_is_what_cutting_gives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 60; round++) {
      Cutting cutting = texts.cutting();
      Set<String> words = new TreeSet<>(Set.of("a", "abab", "k"));
      for (int i = 0; i < 30; i++) {
        words.addAll(cutting.words(texts.text(3)));
      }
      if (random.nextBoolean()) {
        // Where no mark is looked for, words are found by their bits.
        words.removeIf(word -> word.length() == 1 && !Character.isLetter(word.charAt(0)));
      }
      for (int i = 0; i < 30; i++) {
        byte[] page = page(random, texts.text(12));
        int start = random.nextInt(page.length);
        int length = 1 + random.nextInt(page.length - start);
        String text = new String(page, start, length, StandardCharsets.UTF_8);
        Set<String> expected = new TreeSet<>(cutting.words(text));
        expected.retainAll(words);

        assertThat(found(words, cutting, page, start, length))
            .as("'%s' cut by %s", text, cutting)
            .isEqualTo(expected);
      }
    }
  }

  /** Where a word ends is decided by what stands beside it, which is drawn often here. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void signs_and_marks_beside_words_are_seen(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      Cutting cutting = Cutting.standard(Seeds.oneOf(random, List.of(Folding.values())));
      if (random.nextInt(3) == 0) {
        cutting = cutting.keeping(CharacterSet.named("extended").orElseThrow());
      }
      Set<String> words = new TreeSet<>(Set.of("ab"));
      for (int i = 0; i < 20; i++) {
        words.addAll(cutting.words(beside(random, 3)));
      }
      words.removeIf(word -> random.nextInt(20) > 0 && word.matches("[!-/:-@]+"));
      for (int i = 0; i < 30; i++) {
        String text = beside(random, 30);
        Set<String> expected = new TreeSet<>(cutting.words(text));
        expected.retainAll(words);

        assertThat(found(words, cutting, text)).as(text).isEqualTo(expected);
      }
    }
  }

  private static String beside(SplittableRandom random, int piecesMax) {
    return IntStream.range(0, random.nextInt(piecesMax + 1))
        .mapToObj(i -> Seeds.oneOf(random, BESIDE))
        .collect(Collectors.joining());
  }

  /** A text, sometimes with bytes that are no UTF-8. */
  private static byte[] page(SplittableRandom random, String text) {
    byte[] bytes = ("x" + text).getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(8); i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Words of more letters than the filter looks at, in texts that end anywhere. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void words_of_two_scripts_are_found_in_any_case(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      List<String> words =
          IntStream.range(0, 12)
              .mapToObj(i -> letters(random))
              .map(word -> CASELESS.words(word).get(0))
              .distinct()
              .toList();
      String text =
          words.stream()
              .filter(word -> random.nextBoolean())
              .map(word -> random.nextBoolean() ? word.toUpperCase(Locale.ROOT) : word)
              .collect(Collectors.joining(Seeds.oneOf(random, List.of(" ", ", ", " «"))));
      Set<String> expected = new TreeSet<>(CASELESS.words(text));
      expected.retainAll(words);

      assertThat(found(words, CASELESS, text)).as(text).isEqualTo(expected);
    }
  }

  private static String letters(SplittableRandom random) {
    String alphabet = Seeds.oneOf(random, List.of("abckst", "абвёйрія", "aéÿñß", "аaбbѡ"));
    return IntStream.range(0, 1 + random.nextInt(14))
        .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
        .collect(Collectors.joining());
  }

  @Test
  void a_selector_goes_with_an_ideograph_that_is_a_word() {
    Cutting single = CASELESS.with(Cutting.Ideographs.SINGLE);

    assertThat(found(List.of("天", "天\uFE0F"), single, "a天\uFE0Fb")).containsExactly("天\uFE0F");
    assertThat(found(List.of("天", "天\uFE0F"), single, "a天b")).containsExactly("天");
  }

  @Test
  void many_words_share_an_index() {
    List<String> words = IntStream.range(0, 20_000).mapToObj(i -> "w" + i * 7919L).toList();

    assertThat(found(words, CASELESS, "W0 w7919 w158372081 w158380000 w1")).hasSize(3);
  }

  @Test
  void looking_at_texts_of_most_scripts_costs_no_memory() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    TextScan scan = new WordIndex(List.of("ferry", "чай"), CASELESS).scan();
    byte[] text =
        "The Ferry’s late… чай “ЧАЙ” café 天気 😂 http://example.com/averylongpath"
            .getBytes(StandardCharsets.UTF_8);
    scan.scan(text, 0, text.length);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      scan.scan(text, 0, text.length);
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }

  @ParameterizedTest
  @EnumSource
  void a_lone_character_folds_to_one_that_is_alone(Folding folding) {
    LoneCharacters lone = LoneCharacters.of(folding);
    int alone = 0;
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      int form = lone.folded(c);
      if (form != LoneCharacters.NONE) {
        if (!folding.fold(Character.toString(c)).equals(Character.toString(form))
            || lone.folded(form) != form) {
          fail("U+%04X becomes U+%04X", c, form);
        }
        alone++;
      }
    }
    assertThat(alone).isGreaterThan(60_000);
  }

  @Test
  void no_character_is_made_of_one_and_a_lone_character_after_it() {
    LoneCharacters lone = LoneCharacters.of(Folding.CASED);
    List<Integer> takeMarks = new ArrayList<>();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      int[] parts =
          Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD).codePoints().toArray();
      for (int i = 1; i < parts.length; i++) {
        if (lone.folded(parts[i]) != LoneCharacters.NONE) {
          fail("U+%04X is a part of U+%04X", parts[i], c);
        }
      }
      if (parts.length > 1 && parts[0] < 0x80 && !Character.isLetter(parts[0])) {
        takeMarks.add(parts[0]);
      }
    }
    assertThat(takeMarks).allMatch(c -> OddStretch.takesMarks((byte) (int) c)).hasSize(3);
  }
}
