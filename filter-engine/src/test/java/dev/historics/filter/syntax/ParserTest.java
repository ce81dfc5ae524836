package dev.historics.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {
  private static final List<String> PIECES =
      List.of(
          "a.b",
          "a.b exists",
          "c.d contains \"x\"",
          "e.f in [1, 2]",
          "g.h <= -1.5",
          " and ",
          " or ",
          " not ",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ",",
          "return",
          "tag.x",
          "tags",
          "stream",
          "cs",
          "contains_any",
          "wildcard",
          "in",
          "==",
          "=",
          "\"",
          "\\",
          "'",
          "“",
          "//",
          "/*",
          "*/",
          "\n",
          "\t",
          "\r\n",
          " ",
          "1e5",
          "1e",
          ".",
          "..",
          "2ch.x",
          "\uD83D",
          "\uDE02",
          "😂",
          "é",
          "\u0000");

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static List<Problem> problems(String text) {
    return Parser.parse(text).problems().list();
  }

  private static List<String> messages(String text) {
    return problems(text).stream().map(Problem::message).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void any_text_is_read_or_refused_at_a_place_inside_it(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      readOrRefused(text(random));
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder pieces = new StringBuilder();
    for (int count = random.nextInt(30); count > 0; count--) {
      pieces.append(PIECES.get(random.nextInt(PIECES.size())));
      pieces.append(random.nextBoolean() ? " " : "");
    }
    return pieces.toString();
  }

  private static void readOrRefused(String text) {
    Parser.Parsed parsed = Parser.parse(text);

    if (parsed.problems().list().isEmpty()) {
      String printed = Printer.print(parsed.parts().get(0));
      Parser.Parsed again = Parser.parse(printed);
      assertThat(again.problems().list()).isEmpty();
      assertThat(Printer.print(again.parts().get(0))).isEqualTo(printed);
    }
    assertThat(parsed.problems().list())
        .allSatisfy(
            problem -> {
              assertThat(problem.message()).isNotEmpty();
              assertThat(problem.span().end()).isLessThanOrEqualTo(text.length());
            });
  }

  @Test
  void a_thousand_conditions_are_read_and_one_more_is_refused() {
    String condition = "a.b exists";

    assertThat(messages(String.join(" or ", Collections.nCopies(1000, condition)))).isEmpty();
    assertThat(messages(String.join(" or ", Collections.nCopies(1001, condition))))
        .containsExactly("a filter may join at most 1000 conditions");
  }

  @Test
  void nesting_is_read_up_to_its_bound_and_refused_beyond() {
    assertThat(messages("(".repeat(200) + "a.b exists" + ")".repeat(200))).isEmpty();
    assertThat(messages("(".repeat(201) + "a.b exists" + ")".repeat(201)))
        .containsExactly("a filter may nest at most 200 levels of NOT and parentheses");
    assertThat(messages("not ".repeat(100_000) + "a.b exists")).hasSize(1);
  }

  @Test
  void a_megabyte_is_read_and_one_byte_more_is_refused() {
    String rule = "a.b any \"é\" /* %s */";
    String filled = rule.formatted("x".repeat((1 << 20) - rule.length() + 1));

    assertThat(messages(filled)).isEmpty();
    assertThat(messages(filled + " "))
        .containsExactly("a rule may have at most 1048576 bytes, this one has 1048577");
  }

  @Test
  void a_megabyte_of_nonsense_is_refused_with_a_bounded_number_of_problems() {
    assertThat(problems("= ? ".repeat(200_000))).hasSizeLessThanOrEqualTo(Problems.COUNT_MAX);
    assertThat(problems("\\".repeat(1_000_000))).hasSize(1);
    assertThat(problems("a.b == \"" + "\\x".repeat(500_000) + "\"")).hasSize(1);
    assertThat(problems("“a’a'".repeat(200_000))).isNotEmpty();
    assertThat(problems("\u00A0".repeat(300_000))).hasSize(Problems.COUNT_MAX);
    assertThat(problems("tag.a \"".repeat(150_000))).isNotEmpty();
    assertThat(problems("( { ".repeat(250_000))).isNotEmpty();
    assertThat(problems("tag \"a\" { ".repeat(100_000))).hasSizeBetween(1, 3);
    assertThat(problems("tag.5 { ".repeat(100_000))).hasSizeBetween(1, 4);
    assertThat(problems("tag.a" + ".a".repeat(400_000) + " 5 { a.b exists }")).hasSize(1);
    assertThat(problems("a.b contains ".repeat(80_000))).hasSizeLessThanOrEqualTo(100);
    assertThat(problems("a.".repeat(500_000))).isNotEmpty();
  }

  /** The text that touches the word b is part of the comment, so no quotes are blamed on it. */
  @Test
  void what_a_nested_comment_took_along_is_forgotten() {
    assertThat(messages("/* /* */ a.b contains \"x\"b */ a.b contains \""))
        .containsExactly("this '*/' closes nothing", "this text is never closed");
  }
}
