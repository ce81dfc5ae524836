package dev.historics.filter.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegexFormTest {
  static LongStream seeds() {
    return Seeds.first(60);
  }

  private static RegexForm.Compiled compiled(String pattern) {
    RegexForm form = RegexForm.compile(pattern);
    assertThat(form).as(pattern).isInstanceOf(RegexForm.Compiled.class);
    return (RegexForm.Compiled) form;
  }

  private static boolean test(RegexMatcher matcher, String text) {
    byte[] bytes = ("x1é" + text + "é1x").getBytes(StandardCharsets.UTF_8);
    return matcher.test(bytes, 4, bytes.length - 8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          [0-9]+ ?%   => up 12 % today   => true  => false
          apple       => Apple           => false => false
          (?i)apple   => Apple           => true  => true
          app         => apple           => true  => false
          a|ab        => ab              => true  => true
          a|b         => ab              => true  => false
          3\\.5       => version 3x5     => false => false
          3\\.5       => version 3.5     => true  => false
          ^b          => éb              => false => false
          b$          => bé              => false => false
          \\bb        => éb              => true  => false
          ^.$         => 😂              => true  => true
          \\p{Cs}     => so 😂           => true  => false
          \\p{Cs}     => so ☺ é          => false => false
          \\P{Cs}     => 😂              => false => false
          \\P{Cs}+    => so ☺ é          => true  => true
          [\\p{Cs}x]+ => x😂x            => true  => true
          [^\\p{Cs}]  => 😂              => false => false
          [\\P{Cs}]   => 😂              => false => false
          \\p{^Cs}    => 😂              => false => false
          \\pL\\PL    => é1              => true  => true
          [[:^alpha:]] => é              => true  => true
          \\Q.*\\E+   => a.**            => true  => false
          (?P<n>a)(b) => ab              => true  => true
          \\x41\\101\\x{42} => AAB       => true  => true
          a{2}        => aa              => true  => true
          a{,2}       => a{,2}           => true  => true
          a\\{2}b     => a{2}b           => true  => true
          []a]+       => ]a]             => true  => true
          [^]a]       => ]               => false => false
          [+-[:]+     => ,:              => true  => true
          colou?r     => color           => true  => true
          xa*b        => xb              => true  => true
          ``          => anything        => true  => false
          """)
  void patterns_match_anywhere_or_the_whole(
      String pattern, String text, boolean anywhere, boolean whole) {
    RegexForm.Compiled form = compiled(pattern);

    assertThat(test(form.anywhere(), text)).as("anywhere").isEqualTo(anywhere);
    assertThat(test(form.whole(), text)).as("whole").isEqualTo(whole);
  }

  @Test
  void a_dot_is_no_line_end_and_a_dollar_is_the_end_of_the_text() {
    assertThat(test(compiled("a.b").anywhere(), "a\nb")).isFalse();
    assertThat(test(compiled("(?s)a.b").whole(), "a\nb")).isTrue();
    assertThat(test(compiled("a$").anywhere(), "a\nb")).isFalse();
    assertThat(test(compiled("a$").anywhere(), "a\n")).isFalse();
    assertThat(test(compiled("(?m)^b").anywhere(), "a\nb")).isTrue();
  }

  @Test
  void malformed_bytes_are_replacement_characters() {
    byte[] bytes = {'a', (byte) 0xE2, 'b', (byte) 0xFF, 'c', (byte) 0xF0};

    assertThat(compiled("^a\uFFFDb\uFFFDc\uFFFD$").anywhere().test(bytes, 0, bytes.length))
        .isTrue();
    assertThat(compiled("c").anywhere().test(bytes, 0, bytes.length)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          a(b         => 1 => 2 => this '(' is never closed
          (a(?:b)     => 0 => 1 => this '(' is never closed
          ab)c)       => 2 => 3 => this ')' closes nothing
          x[a-        => 1 => 4 => not a regular expression: missing closing ] '[a-'
          a\\qb       => 1 => 3 => not a regular expression: invalid escape sequence '\\q'
          a**         => 1 => 3 => not a regular expression: invalid nested repetition operator '**'
          a{2}{3}     => 1 => 7 => not a regular expression: invalid nested repetition operator '{2}{3}'
          *a          => 0 => 1 => not a regular expression: missing argument to repetition operator '*'
          a{1001}     => 1 => 7 => not a regular expression: invalid repeat count '{1001}'
          [z-a]       => 1 => 4 => not a regular expression: invalid character class range 'z-a'
          x\\p{Latn}  => 1 => 9 => not a regular expression: invalid character class range '\\p{Latn}'
          a\\         => 0 => 2 => not a regular expression: trailing backslash at end of expression
          a(?=b)      => 1 => 4 => RE2 has no look-around such as '(?='
          a(?!b)      => 1 => 4 => RE2 has no look-around such as '(?!'
          (?<=a)b     => 0 => 4 => RE2 has no look-around such as '(?<='
          (?<!a)b     => 0 => 4 => RE2 has no look-around such as '(?<!'
          (a)\\1      => 3 => 5 => RE2 has no back-references such as '\\1'
          (?P<n>a)(?P=n) => 8 => 12 => RE2 has no back-references such as '(?P='
          \\k<n>      => 0 => 2 => RE2 has no back-references such as '\\k'
          a(?i)x\\x{1C80} => 6 => 14 => the characters U+1C80 to U+1C88 cannot stand where case does not count
          (?i)[b\\x{80}-\\x{FFFF}] => 6 => 21 => the characters U+1C80 to U+1C88 cannot stand where case does not count
          (?>a)       => 0 => 3 => not a regular expression: invalid or unsupported Perl syntax '(?>'
          (?x)a       => 0 => 3 => not a regular expression: invalid or unsupported Perl syntax '(?x'
          """)
  void what_is_wrong_is_said_with_its_place(String pattern, int start, int end, String message) {
    assertThat(RegexForm.compile(pattern)).isEqualTo(new RegexForm.Refused(message, start, end));
  }

  static Stream<String> bombs() {
    return Stream.of(
        "((a{1000}){1000}){1000}",
        "(".repeat(100_000),
        "(".repeat(9_999),
        "(".repeat(4_999) + "a" + ")".repeat(4_999),
        "(?:".repeat(3_000) + "a" + ")".repeat(3_000),
        "a".repeat(1_000_000),
        "[+-[:]((a{1000}){1000}){1000}:]",
        "[!-\\]](b{1000}){1000}",
        "\\Qx\\E((a{1000}){1000}){1000}",
        "((?i)(a{0,1000}){0,1000}){2}",
        "((((a{10}){10}){10}){10}){10}",
        "(\\pL{1000}){1000}",
        "(a|".repeat(3_000) + "b" + ")*".repeat(3_000),
        "|".repeat(9_000),
        "(((a*)*)*){1000}{1000}",
        "((((a{0}){1000}){1000}){1000}){1000}",
        "[" + "\\pL".repeat(3_000) + "]",
        "\\pL|".repeat(2_400),
        "(?i)" + "[B-\uFF00]".repeat(1_900));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void what_would_become_too_large_is_refused_at_once(String pattern) {
    RegexForm form =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> RegexForm.compile(pattern));

    assertThat(form)
        .isInstanceOfSatisfying(
            RegexForm.Refused.class,
            refused ->
                assertThat(refused.message())
                    .containsAnyOf("too large", "more than", "invalid nested", "cannot stand"));
  }

  /** As large as patterns may be, in every direction. */
  static Stream<String> giants() {
    return Stream.of(
        "a".repeat(RegexScan.LENGTH_MAX),
        "é".repeat(RegexScan.LENGTH_MAX),
        "(".repeat(250) + "a" + ")".repeat(250),
        "(?:".repeat(250) + "a" + ")*".repeat(250),
        "(?:".repeat(250) + "a" + "){0,1}".repeat(250),
        "a{1000}".repeat(9),
        "[a-z]{0,1000}",
        "(?:a?){999}",
        "(a{0,20}){0,47}",
        "(?i)" + "\\pL".repeat(200),
        "[" + "\\pL".repeat(200) + "]",
        "(?i)[" + "\\PL".repeat(200) + "]",
        "(?i)" + "[B-\\x{1C7F}]".repeat(200),
        "(?i)" + "[" + "\\x{1C89}-\\x{10FFFF}".repeat(200) + "]",
        "(?i)" + "[一-龥а-я]".repeat(100),
        "[一-龥а-я]".repeat(100),
        "\\pL|".repeat(200) + "x",
        "(?i)(?:" + "\\pL\\d|".repeat(199) + "x)",
        "a|ab|abc|" + "abcd".repeat(100) + "|" + "ab".repeat(900),
        "ab|".repeat(990) + "c",
        "x*".repeat(490));
  }

  @ParameterizedTest
  @MethodSource("giants")
  void the_largest_patterns_compile_and_run_on_a_small_stack(String pattern) throws Exception {
    List<Object> outcome = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                RegexMatcher matcher = compiled(pattern).anywhere();
                outcome.add(
                    matcher.test("ab".repeat(200).getBytes(StandardCharsets.UTF_8), 0, 400));
              } catch (StackOverflowError | AssertionError e) {
                outcome.add(e);
              }
            },
            "small stack",
            768 * 1024);
    small.setDaemon(true);
    small.start();
    small.join(10_000);

    assertThat(outcome).hasSize(1).first().isInstanceOf(Boolean.class);
  }

  @ParameterizedTest
  @CsvSource({
    "(a+)+$",
    "([a-zA-Z]+)*$",
    "(a|aa)+$",
    "(a|a?)+$",
    "(.*a){20}$",
    "(?:a?){30}a{30}$",
    "(x+x+)+y",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(.*)(.*)(.*)(.*)[^a]"
  })
  void a_million_characters_are_read_in_time_that_does_not_explode(String pattern) {
    RegexForm.Compiled form = compiled(pattern);
    byte[] text = ("a".repeat(1_000_000) + "!").getBytes(StandardCharsets.UTF_8);

    boolean hit =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> form.whole().test(text, 0, text.length));

    assertThat(hit).isEqualTo(pattern.endsWith("[^a]"));
  }

  @Test
  void no_character_is_folded_for_ever() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int c = 0x80; c < 0x20000; c++) {
            RegexForm.compile("(?i)" + Character.toString(c));
          }
        });
    assertThat(test(compiled("(?i:x)\u1C80").whole(), "X\u1C80")).isTrue();
    assertThat(test(compiled("(?i)x(?-i)\u1C80").whole(), "X\u1C80")).isTrue();
    assertThat(test(compiled("(?i)\u0412").anywhere(), "\u1C80")).isFalse();
  }

  /** Pieces that mean the same to RE2 and to the JDK, and pieces that are traps for a scan. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "é",
          "😂",
          ".",
          "a*",
          "b+",
          "a?",
          "(",
          ")",
          "(",
          ")",
          "(?:",
          "|",
          "[ab]",
          "[^a]",
          "[]b]",
          "[^]b]",
          "[a-b]",
          "\\.",
          "\\d",
          "\\w",
          "\\(",
          "\\[",
          "[(]",
          "[\\]a]",
          "a{2}",
          "b{0,2}",
          "a{1,}",
          "{",
          "}",
          "^",
          "$",
          "\\b",
          "-",
          "[a-]",
          "[-b]",
          "\\x61",
          "[[:alpha:]]",
          "[+-[:]",
          ":]",
          "]",
          "[",
          "\\Q(\\E",
          "\\Q",
          "\\E",
          "\\pL",
          "[\\pL(]",
          "(?i)",
          "(?P<n>",
          "\\141",
          "*",
          "+?",
          "\\",
          "(?");

  private static String pieces(SplittableRandom random) {
    StringBuilder pattern = new StringBuilder();
    for (int count = random.nextInt(1, 9); count > 0; count--) {
      pattern.append(Seeds.oneOf(random, PIECES));
    }
    return pattern.toString();
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(8); count > 0; count--) {
      text.append(
          Seeds.oneOf(random, List.of("a", "b", "A", "é", "😂", "(", "]", "[", ".", ":", "1")));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_scan_changes_nothing_that_a_pattern_says(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 400; round++) {
      String pattern = pieces(random);
      RegexForm form = RegexForm.compile(pattern);
      Pattern plain;
      try {
        plain = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        assertThat(form).as(pattern).isInstanceOf(RegexForm.Refused.class);
        continue;
      }
      RegexForm.Compiled compiled = compiled(pattern);
      RegexMatcher anywhere = compiled.anywhere();
      RegexMatcher whole = compiled.whole();
      for (int i = 0; i < 10; i++) {
        String text = text(random);
        assertThat(test(anywhere, text))
            .as("%s in %s", pattern, text)
            .isEqualTo(plain.matcher(text).find());
        assertThat(test(whole, text)).as("%s is %s", pattern, text).isEqualTo(plain.matches(text));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          apple        => apple
          ^https?://   => http
          3\\.5        => 3.5
          ab+cd        => ab
          abc{2}d      => ab
          ab?c         => a
          ab|cd        => ``
          (ab)cde      => cde
          (?i)abc      => abc
          (?i)ABC      => abc
          (?i)hillar[a-z]+ [a-z]+ed => hillar
          (?i)task     => ta
          (?i)3-4      => 3-4
          a(?i)bc(?-i)D => bc
          abc(?i)*     => ``
          (?i:abc)     => ``
          (?s)abc      => abc
          (?:ab)       => ``
          a\\x41b      => a
          a\\101bc     => bc
          [abc]de      => de
          caféab       => caf
          """)
  void what_every_match_holds_is_known(String pattern, String literal) throws Exception {
    RegexScan scan = new RegexScan(pattern);
    scan.run();

    assertThat(scan.requiredLiteral()).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          [0-9]{3}-[0-9]{4}  => 10 10 10 1 10 10 10 10
          \\d{2}:\\d      => 10 10 1 10
          [ab]+[0-9]         => 2
          [ab]c?[0-9]{2}     => 10 10
          [0-9]{2,}[a-c]     => 3
          [0-9]{2}?[a-c]     => 3
          x[0-9]|y           => ``
          ([0-9]{3})z        => 1
          (?i)[a-c]x         => 6 2
          (?i)[j-l]1         => 1
          [^a]1              => 1
          [a-é]1             => 1
          [[:alpha:]]1       => 1
          [\\w]1           => 1
          [\\d.]1          => 11 1
          """)
  void what_stands_side_by_side_in_every_match_is_known(String pattern, String sizes)
      throws Exception {
    RegexScan scan = new RegexScan(pattern);
    scan.run();

    assertThat(scan.requiredRun().stream().map(each -> Integer.toString(each.size())))
        .containsExactly(sizes.isEmpty() ? new String[0] : sizes.split(" "));
  }

  /** The machine runs on texts that hold the literal, in any case, and on no others. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          (?i)hillar[a-z]+ [a-z]+ed => (?is).*hillar.*
          hillar[a-z]+ [a-z]+ed     => (?s).*hillar[a-z].*
          [0-9]{3}-[0-9]{4}         => (?s).*[0-9]{3}-[0-9]{4}.*
          (?i)#maga                 => (?is).*#maga.*
          """)
  void no_text_is_run_through_that_lacks_what_every_match_holds(String pattern, String passing) {
    RegexForm.Compiled compiled = (RegexForm.Compiled) RegexForm.compile(pattern);
    SplittableRandom random = new SplittableRandom(3);
    List<String> texts = Stream.generate(() -> drawn(random, AROUND, 12)).limit(2_000).toList();

    List<String> run =
        texts.stream()
            .filter(
                text -> {
                  byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                  return compiled.filter().mayHold(utf8, 0, utf8.length);
                })
            .toList();

    assertThat(run).isEqualTo(texts.stream().filter(text -> text.matches(passing)).toList());
    assertThat(run).hasSizeBetween(20, 1_500);
  }

  private static final List<String> AROUND =
      List.of(
          "hillar", "HILLARy", "hilla", "r", "y ", "voted", "555-", "1234", "#", "MAGA", "maga",
          "é", ", ");

  private static final List<String> CLASSES =
      List.of(
          "[0-9]", "[a-c]", "[ks]", "[^a]", "\\d", "\\w", "-", "a", "K", "s", "é", "{2}", "{1,2}",
          "{2}?", "?", "+", "(?i)", "(?-i)", "(?:a|1)", "(?i:b)", ".", "\\b");

  private static final List<String> CHARACTERS =
      List.of("0", "7", "a", "C", "k", "K", "S", "\u212A", "\u017F", "é", "É", "-", "a\u0301", "b");

  /** Classes and literals that a text must hold never hide what is in it. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_every_match_holds_hides_nothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      String pattern = drawn(random, CLASSES, 6);
      Pattern plain;
      try {
        plain = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        continue;
      }
      if (!(RegexForm.compile(pattern) instanceof RegexForm.Compiled compiled)) {
        continue;
      }
      for (int i = 0; i < 20; i++) {
        String text = drawn(random, CHARACTERS, 14);
        assertThat(test(compiled.anywhere(), text))
            .as("%s in %s", pattern, text)
            .isEqualTo(plain.matcher(text).find());
      }
    }
  }

  private static String drawn(SplittableRandom random, List<String> pieces, int countMax) {
    StringBuilder drawn = new StringBuilder();
    for (int count = random.nextInt(1, countMax + 1); count > 0; count--) {
      drawn.append(Seeds.oneOf(random, pieces));
    }
    return drawn.toString();
  }
}
