package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.historics.filter.geo.Box;
import dev.historics.filter.geo.Point;
import dev.historics.filter.geo.Polygon;
import dev.historics.filter.geo.Radius;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.Glob;
import dev.historics.filter.text.TextSet;
import dev.historics.filter.text.UrlForm;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks on texts mean, one text and one check at a time. */
class TextChecksTest {
  static final Cutting CASELESS = Cutting.standard(Folding.CASELESS);
  static final Cutting CASED = Cutting.standard(Folding.CASED);

  /** Whether a text passes, between others that it must not be mixed up with. */
  static boolean passes(Check check, String text) {
    TextColumn.Builder builder = new TextColumn.Builder();
    for (String value : List.of("x", text, "x")) {
      builder.add(value);
      builder.endRow();
    }
    RowSet rows = RowSet.range(1, 2);
    BitSet hits = new BitSet();
    check.test().select(builder.build(), rows, hits);
    return hits.get(1);
  }

  static WordCheck.Near near(String items, int span, Cutting cutting) {
    return new WordCheck.Near(
        Stream.of(items.split(",", -1)).map(cutting::words).toList(), span, cutting);
  }

  /** All stars and question marks are wildcards. */
  static WordCheck.Wildcards wildcards(String items, Cutting cutting) {
    return new WordCheck.Wildcards(
        Stream.of(items.split(",", -1))
            .map(
                item ->
                    Glob.phrase(
                        item,
                        IntStream.range(0, item.length())
                            .filter(i -> "*?".indexOf(item.charAt(i)) >= 0)
                            .boxed()
                            .toList(),
                        cutting))
            .toList(),
        cutting);
  }

  private static TextCheck.UrlIn urlIn(String... urls) {
    return new TextCheck.UrlIn(
        Arrays.stream(urls).map(UrlForm::normalise).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          microsoft,spreadsheet => 5 => Microsoft makes my favorite spreadsheet.         => true
          microsoft,spreadsheet => 5 => Microsoft makes my favorite desktop spreadsheet. => false
          microsoft,spreadsheet => 5 => Microsoft makes , my favorite spreadsheet        => false
          a,b                   => 2 => b a                                              => true
          a,b                   => 1 => a b                                              => false
          a                     => 1 => x a                                              => true
          a,a                   => 1 => x a                                              => true
          f-150,ford            => 4 => ford f-150                                       => true
          f-150,ford            => 3 => ford f-150                                       => false
          f-150,ford            => 5 => the f-150 by ford                                => true
          f-150,ford            => 4 => the f-150 by ford                                => false
          f-150,ford            => 9 => ford f 150                                       => false
          f-150,f               => 3 => an f-150                                         => true
          f-150,f               => 2 => an f-150                                         => false
          f,150                 => 2 => an f-150 150 f                                   => true
          a,b,c                 => 3 => a x b a b b c a                                  => true
          a,b,c                 => 3 => a a a b b x c                                    => false
          a a,a                 => 2 => a b a a                                          => true
          é,Ö                   => 2 => E É ö                                            => true
          """)
  void near_is_a_window_of_words(String items, int span, String text, boolean expected) {
    assertThat(passes(near(items, span, CASELESS), text)).isEqualTo(expected);
  }

  @Test
  void near_may_mind_case_and_may_reach_as_far_as_it_likes() {
    assertThat(passes(near("Microsoft,excel", 5, CASED), "Microsoft excel")).isTrue();
    assertThat(passes(near("microsoft,excel", 5, CASED), "Microsoft excel")).isFalse();
    assertThat(passes(near("a,b", Integer.MAX_VALUE, CASED), "a" + " x".repeat(999) + " b"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          help*         => please help😂         => true
          print*        => to print it           => true
          print*        => to printer it         => true
          print*        => to reprint it         => false
          colo?r        => the color red         => false
          colo?r        => the colo-r red        => false
          gr?y          => a grey day            => true
          a*b           => a-b                   => false
          *print        => reprints reprint      => true
          print* paper  => printed paper         => true
          print* paper  => printed on paper      => false
          print* paper  => print printed paper   => true
          x*,gr?y,*     => anything              => true
          ? ?           => a b                   => true
          ? ?           => ab                    => false
          *é            => CAFÉ                  => true
          caf?          => cafe\u0301            => true
          k*            => \u212Aelvin           => true
          """)
  void wildcards_stay_within_words(String items, String text, boolean expected) {
    assertThat(passes(wildcards(items, CASELESS), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          datasift.com                          => http://datasift.com/blog  => false
          datasift.com/blog                     => http://datasift.com       => false
          https://example.com/index.php         => http://example.com/       => true
          example.com/default.aspx              => http://example.com        => true
          example.com/a?utm_source=x&utm_m=y    => http://example.com/a      => true
          example.com/a#top                     => http://example.com/a      => true
          EXAMPLE.com/A                         => http://example.com/a      => true
          example.com/a                         => http://example.com/a?utm_x=é => true
          k.com/é                               => HTTP://WWW.\u212A.com/É   => true
          """)
  void addresses_are_compared_in_their_normal_form(String url, String text, boolean expected) {
    assertThat(passes(urlIn("other.com", url), text)).isEqualTo(expected);
    assertThat(passes(urlIn("http://", url), text)).isEqualTo(expected);
  }

  @Test
  void half_a_surrogate_pair_in_the_data_is_no_question_mark() {
    TextSet question = TextSet.of(List.of("a?"));

    assertThat(passes(new TextCheck.OneOf(question, Folding.CASED, false), "a\uD83D")).isFalse();
    assertThat(
            passes(
                new TextCheck.OneOf(TextSet.of(List.of("a\uFFFD")), Folding.CASED, false),
                "a\uD83D"))
        .isTrue();
    assertThat(passes(new TextCheck.Substring("?", Folding.CASELESS), "a\uDE02b")).isFalse();
  }

  @Test
  void one_of_many_folds_what_it_looks_up() {
    TextSet names = TextSet.of(List.of("ladygaga", "café", "k"));
    Check any = new TextCheck.OneOf(names, Folding.CASELESS, false);
    Check trimmed = new TextCheck.OneOf(names, Folding.CASELESS, true);

    assertThat(passes(any, "LadyGaga")).isTrue();
    assertThat(passes(any, "CAFE\u0301")).isTrue();
    assertThat(passes(any, "\u212A")).isTrue();
    assertThat(passes(any, " k")).isFalse();
    assertThat(passes(trimmed, " k\u000B\n")).isTrue();
    assertThat(passes(trimmed, "\u2003café ")).isTrue();
    assertThat(passes(new TextCheck.OneOf(names, Folding.CASED, false), "LadyGaga")).isFalse();
  }

  @Test
  void a_regular_expression_matches_somewhere_or_everywhere() {
    assertThat(passes(new TextCheck.Regex("[0-9]+ ?%", false), "up 12 % today")).isTrue();
    assertThat(passes(new TextCheck.Regex("app|pple", true), "apple")).isFalse();
    assertThat(passes(new TextCheck.Regex("app|apple", true), "apple")).isTrue();
    assertThatThrownBy(() -> new TextCheck.Regex("(", false).test())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_point_lies_in_an_area() {
    GeoColumn.Builder builder = new GeoColumn.Builder();
    builder.add(51.4553, -0.9689);
    builder.endRow();
    builder.endRow();
    builder.add(0, 0);
    builder.add(51.43, -1);
    builder.endRow();
    builder.add(Double.NaN, 0);
    builder.endRow();
    RowSet rows = RowSet.range(0, 4);
    BitSet hits = new BitSet();

    new Check.Within(new Box(new Point(51.4911, -1.0617), new Point(51.4194, -0.8921)))
        .test()
        .select(builder.build(), rows, hits);

    assertThat(hits).hasToString("{0, 2}");
  }

  @Test
  void complexity_is_in_the_documented_unit() {
    Point origin = new Point(0, 0);

    assertThat(
            new WordCheck.Phrases(
                    List.of(CASED.words("new york"), CASED.words("#a")),
                    WordCheck.Wanted.ANY,
                    CASED)
                .complexity())
        .isEqualTo(4);
    assertThat(near("a-b,c", 9, CASED).complexity()).isEqualTo(8);
    assertThat(wildcards("print* paper,x", CASED).complexity()).isEqualTo(6);
    assertThat(new TextCheck.Regex("ab", false).complexity()).isEqualTo(25);
    assertThat(new TextCheck.Regex("abc", false).complexity()).isEqualTo(5);
    assertThat(new TextCheck.Regex("a".repeat(25), true).complexity()).isEqualTo(7);
    assertThat(urlIn("a.com", "b.com").complexity()).isEqualTo(2);
    assertThat(new Check.Within(new Box(origin, origin)).complexity()).isEqualTo(1);
    assertThat(new Check.Within(new Radius(origin, 1)).complexity()).isEqualTo(2);
    assertThat(
            new Check.Within(new Polygon(List.of(origin, new Point(1, 0), new Point(0, 1), origin)))
                .complexity())
        .isEqualTo(4);
    assertThat(
            new TextCheck.OneOf(TextSet.of(List.of("a", "b")), Folding.CASED, false).complexity())
        .isEqualTo(1);
  }

  @Test
  void checks_that_ask_the_same_are_equal() {
    assertThat(near("a,b,a", 2, CASED)).isEqualTo(near("b,a", 2, CASED));
    assertThat(near("a,b", 2, CASED)).isNotEqualTo(near("a,b", 3, CASED));
    assertThat(near("a,b", 2, CASED)).isNotEqualTo(near("a,b", 2, CASELESS));
    assertThat(wildcards("a*,b?,a*", CASED)).isEqualTo(wildcards("b?,a**", CASED));
    assertThat(urlIn("http://a.com/", "b.com")).isEqualTo(urlIn("b.com", "a.com"));
    assertThat(new TextCheck.OneOf(TextSet.of(List.of("a", "b")), Folding.CASED, true))
        .isEqualTo(new TextCheck.OneOf(TextSet.of(List.of("b", "a", "b")), Folding.CASED, true));
    assertThat(new NumberCheck.IntOneOf(LongSet.of(3, 1, 3)))
        .isEqualTo(new NumberCheck.IntOneOf(LongSet.of(List.of(1L, 3L))))
        .hasSameHashCodeAs(new NumberCheck.IntOneOf(LongSet.of(1, 3)));
    assertThat(LongSet.of(3, 1, 3).size()).isEqualTo(2);
    assertThat(LongSet.of(Long.MIN_VALUE).contains(Long.MIN_VALUE)).isTrue();
    assertThat(LongSet.of().contains(0)).isFalse();
  }

  @Test
  void what_looks_for_nothing_is_refused() {
    assertThatThrownBy(() -> new WordCheck.Phrases(List.of(), WordCheck.Wanted.ALL, CASED))
        .hasMessage("expected something to look for, got nothing");
    assertThatThrownBy(() -> near(" ,a", 2, CASED))
        .hasMessage("expected at least one word, got none");
    assertThatThrownBy(() -> wildcards(" ", CASED))
        .hasMessage("expected at least one word, got none");
    assertThatThrownBy(() -> near("a,b", 0, CASED))
        .hasMessage("expected a span of at least 1 word, got 0");
  }

  static Stream<Check> checks() {
    List<List<String>> many = new ArrayList<>();
    Set<String> urls =
        IntStream.range(0, 50).mapToObj(i -> "site" + i + ".com").collect(Collectors.toSet());
    for (int i = 0; i < 50; i++) {
      many.add(List.of("the", "word" + i));
    }
    return Stream.of(
        new WordCheck.Phrases(List.of(List.of("word7")), WordCheck.Wanted.ANY, CASELESS),
        new WordCheck.Phrases(many.subList(0, 3), WordCheck.Wanted.ALL, CASELESS),
        new WordCheck.Phrases(
            many.stream().map(phrase -> phrase.subList(1, 2)).toList(),
            WordCheck.Wanted.ANY,
            CASELESS),
        new TextCheck.Substring("missing", Folding.CASELESS),
        near("party,missing", 4, CASELESS),
        wildcards("*issing,zar?y o*,oth*", CASELESS),
        new TextCheck.UrlIn(urls),
        new TextCheck.OneOf(TextSet.of(urls), Folding.CASELESS, true),
        new TextCheck.Regex("missing [0-9]+", false));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void a_text_of_ascii_that_cannot_match_costs_no_memory(Check check) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    TextColumn.Builder builder = new TextColumn.Builder();
    for (int row = 0; row < 5000; row++) {
      builder.add("The party at number " + row + " has begun: no such word, no such place");
      builder.endRow();
    }
    TextColumn column = builder.build();
    RowSet rows = RowSet.range(0, 5000);
    BitSet hits = new BitSet();
    ColumnTest test = check.test();
    test.select(column, rows, hits);

    long before = threads.getCurrentThreadAllocatedBytes();
    test.select(column, rows, hits);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(hits.isEmpty()).isTrue();
    assertThat(allocated).isLessThan(5000);
  }
}
