package dev.historics.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a problem the parser goes on where the author would: no showers, nothing passed over. */
class RecoveryTest {
  /** Rules without problems, of every kind. */
  private static final List<String> SOUND =
      List.of(
          "a.b cs contains [keep(classic, pd), drop(so)] \"x y\" and not (c.d in [1, 2] or e.f exists)",
          "tag.m.n \"l\" { a.b contains_near \"x, y:5\" } tag.s -1.5 { a.b > 5 } return { g.h == \"x\" }",
          "tags.q \"34be61ef6e901da4fdab86dc5dfab972\" tag \"t\" { a.b exists } return { (a.b < 1) }",
          "stream \"34be61ef6e901da4fdab86dc5dfab972\" or a.b geo_box \"2,1:1,2\" and c.d wildcard \"x*\"",
          "return { not a.b regex_partial \"x\" and rule \"34be61ef6e901da4fdab86dc5dfab972\" }");

  /** Conditions with one problem each. */
  static Stream<String> broken() {
    return Stream.of(
        "a.b contains 5",
        "a.b contains solar power",
        "a.b contains",
        "a.b contains [keep(classic] \"x\"",
        "a.b contains [keep(\"classic\")] \"x\"",
        "a.b contains [1]",
        "a.b contains ‘x’",
        "a.b contains \"x\" \"y\"",
        "a.b contains \"\\d\"",
        "a.b contians \"x\"",
        "a.b cs \"x\"",
        "a.b \"x\"",
        "a.b",
        "a.b in [1",
        "a.b in [1.5]",
        "a.b in (1, 2)",
        "a.b near \"x:5\"",
        "a.b geo_radius \"1,2:3km\"",
        "a.b == true",
        "a.b exists \"x\"",
        "a.b not exists",
        "a..b exists",
        "a. b exists",
        "\"x\" == a.b",
        "contains \"x\"",
        "stream \"x\"",
        "()",
        "{ a.b exists }",
        "(a.b exists) )",
        "a.b exists ;",
        "a.b exists }",
        "a.b exists ~");
  }

  private static List<Problem> problems(String text) {
    return Parser.parse(text).problems().list();
  }

  @Test
  void rules_to_break_are_sound() {
    assertThat(SOUND).allSatisfy(rule -> assertThat(problems(rule)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void one_mistake_gives_one_problem(String condition) {
    assertThat(problems(condition)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void two_mistakes_give_two_problems(String condition) {
    broken()
        .forEach(
            other -> {
              String rule = condition + "\nand c.d exists or " + other;

              assertThat(problems(rule)).as(rule).hasSize(2);
            });
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_mistake_in_a_tag_does_not_hide_one_in_the_filter(String condition) {
    String rule = "tag \"t\" { %s }\ntag 5 { c.d exists }\nreturn { c.d in [x] }";

    assertThat(problems(rule.formatted(condition)))
        .extracting(Problem::message)
        .contains(
            "a score needs a namespace to be added up in", "expected a whole number, found 'x'");
  }

  @Test
  void a_rule_that_lacks_a_token_has_one_or_two_problems() {
    for (String rule : SOUND) {
      List<Token> tokens = Lexer.lex(rule, new Problems()).tokens();
      for (Token token : tokens) {
        String rest = rule.substring(0, token.span().start()) + rule.substring(token.span().end());

        assertThat(problems(rest)).as(rest).hasSizeLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void a_rule_with_a_token_twice_has_one_or_two_problems() {
    for (String rule : SOUND) {
      List<Token> tokens = Lexer.lex(rule, new Problems()).tokens();
      for (Token token : tokens) {
        int end = token.span().end();
        String more = rule.substring(0, end) + " " + token.raw() + rule.substring(end);

        assertThat(problems(more)).as(more).hasSizeLessThanOrEqualTo(2);
      }
    }
  }
}
