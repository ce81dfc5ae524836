package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Seeds;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CuttingTest {
  private static final Cutting STANDARD = Cutting.standard(Folding.CASELESS);

  static LongStream seeds() {
    return Seeds.first(60);
  }

  private static CharacterSet set(String names) {
    CharacterSet set = CharacterSet.NONE;
    for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
      set = set.union(CharacterSet.named(name).orElseThrow());
    }
    return set;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          The Polar Express...   => the|polar|express|.|.|.
          I'm home               => i|'|m|home
          air-conditioning       => air|-|conditioning
          cookie_crisp           => cookie|_|crisp
          50% #apple @name       => 50|%|#|apple|@|name
          $AAPL                  => $aapl
          help😂 me              => help😂|me
          don’t                  => don’t
          “web” 2.0              => “|web|”|2|.|0
          ⌈x⌋                    => ⌈|x|⌋
          微博 天気               => 微博|天気
          CAFÉ                   => café
          """)
  void the_standard_words(String text, String words) {
    assertThat(String.join("|", STANDARD.words(text))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          default     =>       => a$b-c_d😂e’f    => a$b|-|c|_|d😂e’f
          classic     =>       => a$b-c_d😂e’f“g  => a|$|b|-|c|_|d😂e’f“g
          extended    =>       => a$b-c_d😂e’f    => a|$|b|-|c|_|d|😂|e|’|f
          extended    =>       => a€b𝛁c❤d        => a|€|b|𝛁|c|❤|d
          Pc          =>       => a_b-c           => a|_|b-c
          pc pd       =>       => a_b-c.d         => a|_|b|-|c.d
          P           =>       => a_b$c           => a|_|b$c
          Sc          =>       => $5              => $|5
          ``          =>       => a-b c           => a-b|c
          default     => Pd    => air-conditioning, => air|conditioning|,
          default     => default => a-b c         => a|b|c
          default     => So    => help😂me       => help|me
          default     => Zs    => a b           => a|b
          default     => Nd    => a1b22c          => a|b|c
          """)
  void sets_say_what_is_kept_and_what_is_dropped(
      String kept, String dropped, String text, String words) {
    Cutting cutting = STANDARD.keeping(set(kept)).dropping(set(dropped == null ? "" : dropped));

    assertThat(String.join("|", cutting.words(text))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          微博               => 微|博
          2ch天気予報abc     => 2ch|天|気|予|報|abc
          ラーメン           => ラ|ー|メ|ン
          か゚です           => か゚|で|す
          葛󠄀城           => 葛󠄀|城
          𠀋x               => 𠀋|x
          한국어             => 한국어
          残酷。             => 残|酷|。
          """)
  void where_ideographs_stand_alone_their_marks_go_with_them(String text, String words) {
    Cutting cutting = STANDARD.with(Cutting.ofLanguage("zh").orElseThrow());

    assertThat(String.join("|", cutting.words(text))).isEqualTo(words);
    assertThat(cutting).isEqualTo(STANDARD.with(Cutting.ofLanguage("JA").orElseThrow()));
    assertThat(cutting.with(Cutting.ofLanguage("none").orElseThrow())).isEqualTo(STANDARD);
    assertThat(Cutting.ofLanguage("en")).isEmpty();
  }

  @Test
  void cuttings_by_the_same_sets_are_equal() {
    CharacterSet byHand = set("Pc Pd Ps Pe Pi Pf Po Sc Sk Sm So");

    assertThat(STANDARD.keeping(byHand)).isEqualTo(STANDARD.keeping(set("Extended")));
    assertThat(STANDARD.keeping(set("default")).dropping(CharacterSet.NONE)).isEqualTo(STANDARD);
    assertThat(STANDARD).isNotEqualTo(STANDARD.keeping(byHand));
    assertThat(STANDARD).isNotEqualTo(Cutting.standard(Folding.CASED));
  }

  @Test
  void a_set_holds_what_its_name_says() {
    assertThat(CharacterSet.names())
        .hasSize(30 + 7 + 3)
        .contains("Pc", "S", "classic", "default", "extended", "Zs");
    assertThat(CharacterSet.named("Punctuation")).isEmpty();
    assertThat(CharacterSet.named("white space")).isEmpty();
    for (int c = 0; c < 0x80; c++) {
      boolean punctuation = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
      assertThat(set("classic").contains(c)).as("U+%04X", c).isEqualTo(punctuation);
    }
    assertThat(set("classic").contains('“')).isFalse();
    assertThat(set("So").contains(0x1F602)).isTrue();
    assertThat(set("Pc").union(set("Sc"))).hasToString("[Pc, Sc]");
  }

  /** Written from the definition, one code point after the other. */
  private static List<String> plainWords(String folded, Cutting cutting) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean single = false;
    for (int c : folded.codePoints().toArray()) {
      boolean dropped = cutting.dropped().contains(c);
      boolean kept = !dropped && cutting.kept().contains(c);
      boolean ideograph =
          !dropped
              && !kept
              && cutting.ideographs() == Cutting.Ideographs.SINGLE
              && (List.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA)
                      .contains(UnicodeScript.of(c))
                  || "ー\uFF70\uFF9E\uFF9F".indexOf(c) >= 0);
      boolean mark = !dropped && !kept && Character.toString(c).matches("\\p{M}");
      if (dropped || kept || ideograph || (single && !mark)) {
        flush(word, words);
        single = ideograph;
      }
      if (!dropped) {
        word.appendCodePoint(c);
      }
      if (kept) {
        flush(word, words);
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void words_are_what_the_definition_says(long seed) {
    RandomTexts random = new RandomTexts(new SplittableRandom(seed));
    for (int round = 0; round < 150; round++) {
      Cutting cutting = random.cutting();
      String text = random.text(12);

      assertThat(cutting.words(text))
          .as("%s by %s", text, cutting)
          .isEqualTo(plainWords(cutting.folding().fold(text), cutting));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void words_do_not_depend_on_how_characters_are_composed(long seed) {
    RandomTexts random = new RandomTexts(new SplittableRandom(seed));
    for (int round = 0; round < 150; round++) {
      Cutting cutting = random.cutting();
      String text = random.text(12);
      String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
      List<String> words = cutting.words(text);

      assertThat(cutting.words(decomposed)).as("%s by %s", text, cutting).isEqualTo(words);
      assertThat(cutting.words(String.join(" ", words)))
          .as("the words of %s by %s", text, cutting)
          .isEqualTo(words);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void folding_and_cutting_may_be_done_in_either_order(long seed) {
    RandomTexts random = new RandomTexts(new SplittableRandom(seed));
    for (int round = 0; round < 150; round++) {
      Cutting cutting = random.steadyCutting();
      String text = random.steadyText(12);
      Words words = new Words(cutting);
      words.start(text);
      List<String> cutFirst = new ArrayList<>();
      while (words.next()) {
        cutFirst.add(cutting.folding().fold(words.word()));
      }

      assertThat(cutFirst).as("%s by %s", text, cutting).isEqualTo(cutting.words(text));
    }
  }

  @Test
  void the_characters_that_folding_takes_to_another_set_are_known() {
    int[] changed =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) != Character.SURROGATE)
            .filter(c -> folded(c) != c || base(c) != c)
            .toArray();
    TreeSet<String> moved = new TreeSet<>();
    for (String names :
        List.of("default", "classic", "extended", "Pc Pd", "Po", "Zs", "Sk", "Co")) {
      for (Cutting.Ideographs ideographs : Cutting.Ideographs.values()) {
        CharacterKinds kinds = CharacterKinds.of(STANDARD.keeping(set(names)).with(ideographs));
        for (int c : changed) {
          if (kinds.of(c) != kinds.of(folded(c)) || kinds.of(folded(c)) != kinds.of(base(c))) {
            moved.add("U+%04X".formatted(c));
          }
        }
      }
    }

    assertThat(moved)
        .as("the Greek question mark and varia, and three signs that U+0338 strikes out")
        .containsExactly("U+037E", "U+1FEF", "U+2260", "U+226E", "U+226F");
  }

  private static int folded(int c) {
    return Folding.CASELESS.fold(Character.toString(c)).codePointAt(0);
  }

  private static int base(int c) {
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD).codePointAt(0);
  }
}
