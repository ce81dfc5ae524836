package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.Glob;
import dev.historics.filter.text.RandomTexts;
import dev.historics.filter.text.TextSet;
import dev.historics.filter.text.UrlForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks on texts against what they mean, written plainly, on texts of all kinds. */
class TextChecksPropertyTest {
  private static final int ROWS = 40;

  static LongStream seeds() {
    return Seeds.first(100);
  }

  private static void assertAgrees(
      Check check, SplittableRandom random, Predicate<String> expected) {
    TextColumn column = column(random);
    RowSet rows = RowSet.range(0, ROWS);
    BitSet hits = new BitSet();
    check.test().select(column, rows, hits);
    for (int row = 0; row < ROWS; row++) {
      String text = column.text(row);
      assertThat(hits.get(row))
          .as("%s on '%s'", check, text)
          .isEqualTo(!text.isEmpty() && expected.test(text));
    }
  }

  /** Some of the texts are malformed. */
  private static TextColumn column(SplittableRandom random) {
    RandomTexts texts = new RandomTexts(random);
    TextColumn.Builder builder = new TextColumn.Builder();
    for (int row = 0; row < ROWS; row++) {
      byte[] bytes = texts.text(14).getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextInt(8) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      builder.add(bytes, 0, bytes.length);
      builder.endRow();
    }
    return builder.build();
  }

  private static List<List<String>> phrases(
      RandomTexts texts, SplittableRandom random, Cutting by) {
    List<List<String>> phrases = new ArrayList<>();
    for (int count = random.nextInt(1, 12); phrases.isEmpty() || count > 0; count--) {
      List<String> phrase = by.words(texts.text(2));
      if (!phrase.isEmpty()) {
        phrases.add(phrase);
      }
    }
    return phrases;
  }

  private static boolean holds(List<String> words, List<String> phrase) {
    return Collections.indexOfSubList(words, phrase) >= 0;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void phrases_stand_word_by_word(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 10; round++) {
      Cutting cutting = texts.cutting();
      List<List<String>> phrases = phrases(texts, random, cutting);

      assertAgrees(
          new WordCheck.Phrases(phrases, WordCheck.Wanted.ANY, cutting),
          random,
          text -> phrases.stream().anyMatch(phrase -> holds(cutting.words(text), phrase)));
      assertAgrees(
          new WordCheck.Phrases(phrases, WordCheck.Wanted.ALL, cutting),
          random,
          text -> phrases.stream().allMatch(phrase -> holds(cutting.words(text), phrase)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void near_is_some_window_that_holds_all_items(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 10; round++) {
      Cutting cutting = texts.cutting();
      List<List<String>> all = phrases(texts, random, cutting);
      List<List<String>> items = all.subList(0, Math.min(all.size(), random.nextInt(1, 4)));
      int span = random.nextInt(1, 9);

      assertAgrees(
          new WordCheck.Near(items, span, cutting),
          random,
          text -> hasWindow(cutting.words(text), items, span));
    }
  }

  private static boolean hasWindow(List<String> words, List<List<String>> items, int span) {
    return IntStream.range(0, words.size())
        .mapToObj(first -> words.subList(first, Math.min(words.size(), first + span)))
        .anyMatch(window -> items.stream().allMatch(item -> holds(window, item)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void near_is_right_where_items_meet_and_overlap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Cutting cutting = Cutting.standard(Folding.CASED);
    for (int round = 0; round < 100; round++) {
      List<List<String>> items = new ArrayList<>();
      for (int count = random.nextInt(1, 5); count > 0; count--) {
        items.add(cutting.words(letters(random, random.nextInt(1, 4))));
      }
      int span = random.nextInt(1, 12);
      String text = letters(random, random.nextInt(1, 40));

      assertThat(TextChecksTest.passes(new WordCheck.Near(items, span, cutting), text))
          .as("%s within %s in %s", items, span, text)
          .isEqualTo(hasWindow(cutting.words(text), items, span));
    }
  }

  private static String letters(SplittableRandom random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Seeds.oneOf(random, List.of("a", "b", "c", "-")))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wildcards_match_words_that_are_next_to_each_other(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 10; round++) {
      Cutting cutting = texts.cutting();
      List<List<Glob>> patterns = new ArrayList<>();
      for (int count = random.nextInt(1, 4); patterns.isEmpty() || count > 0; count--) {
        String item = texts.text(2) + Seeds.oneOf(random, List.of("", "*", "?")) + texts.text(2);
        List<Integer> wildcards =
            IntStream.range(0, item.length())
                .filter(i -> "*?".indexOf(item.charAt(i)) >= 0)
                .boxed()
                .toList();
        List<Glob> phrase = Glob.phrase(item, wildcards, cutting);
        if (!phrase.isEmpty()) {
          patterns.add(phrase);
        }
      }

      assertAgrees(
          new WordCheck.Wildcards(patterns, cutting),
          random,
          text -> patterns.stream().anyMatch(phrase -> matches(phrase, cutting.words(text))));
    }
  }

  private static boolean matches(List<Glob> phrase, List<String> words) {
    return IntStream.rangeClosed(0, words.size() - phrase.size())
        .anyMatch(
            first ->
                IntStream.range(0, phrase.size())
                    .allMatch(i -> like(phrase.get(i).toString(), words.get(first + i))));
  }

  /** By way of a regular expression of the JDK. */
  private static boolean like(String glob, String word) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); ) {
      int c = glob.codePointAt(i);
      i += Character.charCount(c);
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else {
        if (c == '\\') {
          c = glob.codePointAt(i);
          i += Character.charCount(c);
        }
        regex.append("\\x{").append(Integer.toHexString(c)).append('}');
      }
    }
    return java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
        .matcher(word)
        .matches();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whole_texts_are_looked_up_as_they_are_folded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (Folding folding : Folding.values()) {
      Set<String> values =
          IntStream.range(0, 40)
              .mapToObj(i -> folding.fold(texts.text(2)))
              .collect(Collectors.toSet());
      Set<String> stripped = values.stream().map(String::strip).collect(Collectors.toSet());

      assertAgrees(
          new TextCheck.OneOf(TextSet.of(values), folding, false),
          random,
          text -> values.contains(folding.fold(text)));
      assertAgrees(
          new TextCheck.OneOf(TextSet.of(stripped), folding, true),
          random,
          text -> stripped.contains(folding.fold(text).strip()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void addresses_are_equal_when_their_forms_are(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> pieces =
        List.of(
            "http://",
            "www.",
            "k.com",
            "K.COM",
            "\u212A.com",
            "/",
            "/index.php",
            "?",
            "utm_a",
            "&",
            "b",
            "#",
            " ",
            "\u000B",
            "é",
            "/a");
    for (int round = 0; round < 200; round++) {
      String url = url(random, pieces);
      String text = url(random, pieces);
      if (!text.isEmpty()) {
        assertThat(
                TextChecksTest.passes(
                    new TextCheck.UrlIn(Set.of("none.com", UrlForm.normalise(url))), text))
            .as("%s and %s", url, text)
            .isEqualTo(UrlForm.normalise(url).equals(UrlForm.normalise(text)));
      }
    }
  }

  private static String url(SplittableRandom random, List<String> pieces) {
    return IntStream.range(0, random.nextInt(7))
        .mapToObj(i -> Seeds.oneOf(random, pieces))
        .collect(Collectors.joining());
  }
}
