package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules that somebody slipped in: each compiles, or is refused at a place inside it, soon. {@code
 * -Dfuzzed=1000000} tries more of them.
 */
class RuleFuzzTest {
  private static final int SEEDS = 20;
  private static final int FUZZED = Integer.getInteger("fuzzed", 60_000);
  private static final int SHOWN_MAX = 2000;
  private static final long CPU_NANOS_MAX = 1_000_000_000;

  private static final List<String> TOKENS =
      List.of(
          "and",
          "or",
          "not",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ",",
          "cs",
          "exists",
          "contains",
          "in",
          "contains_near",
          "wildcard",
          "regex_partial",
          "geo_polygon",
          "url_in",
          "==",
          "!=",
          "<=",
          "=",
          "<>",
          "return",
          "tag",
          "tag.a",
          "tag.a.b",
          "tags",
          "tags.a",
          "stream",
          "rule",
          "list_in",
          "interaction.content",
          "interaction.geo",
          "t.count",
          "t.ratio",
          "t.place",
          "keep",
          "drop",
          "language",
          "classic",
          "1",
          "-1.5",
          "1e999",
          "1e",
          "\"\"",
          "\"a\"",
          "\"a, b:3\"",
          "\"a:\"",
          "\"[\"",
          "\"*?\"",
          "\"(?=a)\"",
          "\"1,2:3,4\"",
          "\"91,0:1,1\"",
          "\"1,2:0\"",
          "\",\"",
          "\" \"",
          "\"a\\",
          "\"\\x\"",
          "'a'",
          "“a”",
          "//",
          "/*",
          "*/",
          "/* /*",
          "\"a\"b");

  private static final List<String> CHARACTERS =
      List.of(
          "\"", "\\", "'", "(", ")", "{", "}", "[", "]", ",", ":", ".", "..", "-", "+", "*", "?",
          "=", "!", "<", ">", "/", "//", "/*", "*/", "0", "9", "e", "E", "_", "a", "Z", " ", "\n",
          "\r", "\r\n", "\t", "\f", "\u000B", "\u0000", "\u007F", "\u0085", "\u00A0", "\u2028",
          "\uFEFF", "\uFFFD", "é", "天", "😂", "\uD83D", "\uDE02", "\u0301", "\u202E", "K", "İ");

  static LongStream seeds() {
    return Seeds.first(SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_no_rule_is_refused_at_a_place_inside_it(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Records records = RandomRecords.of(seed, 100);
    RandomRules rules = new RandomRules(random, records);
    RuleShelf shelf = RuleShelf.filled(rules, records, random);
    for (int i = 0; i < FUZZED / SEEDS; i++) {
      RuleTree tree = random.nextInt(10) == 0 ? rules.tagsOnly() : rules.rule();
      compileOrRefuse(slipped(tree, rules.rule(), random), shelf);
    }
  }

  private static String slipped(RuleTree tree, RuleTree other, SplittableRandom random) {
    RuleTree.Hand hand =
        random.nextBoolean() ? new RuleTree.Plain() : new RuleTree.Wild(random.split());
    if (random.nextBoolean()) {
      List<String> tokens = tree.tokens(hand);
      for (int slips = random.nextInt(3); slips >= 0; slips--) {
        slipToken(tokens, other.tokens(hand), random);
      }
      return String.join(random.nextInt(20) == 0 ? "" : " ", tokens);
    }
    StringBuilder text = new StringBuilder(tree.text(hand));
    for (int slips = random.nextInt(4); slips >= 0; slips--) {
      slipCharacter(text, random);
    }
    return text.toString();
  }

  private static void slipToken(List<String> tokens, List<String> others, SplittableRandom random) {
    if (tokens.isEmpty()) {
      tokens.add(Seeds.oneOf(random, TOKENS));
      return;
    }
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(8)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, Seeds.oneOf(random, TOKENS));
      case 2 -> tokens.set(at, Seeds.oneOf(random, TOKENS));
      case 3 -> tokens.set(at, Seeds.oneOf(random, others));
      case 4 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
      case 5 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
      case 6 -> tokens.subList(at, tokens.size()).clear();
      default -> tokens.addAll(at, new ArrayList<>(others));
    }
  }

  private static void slipCharacter(StringBuilder text, SplittableRandom random) {
    if (text.isEmpty()) {
      text.append(Seeds.oneOf(random, CHARACTERS));
      return;
    }
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(10));
    switch (random.nextInt(7)) {
      case 0 -> text.deleteCharAt(at);
      case 1, 2 -> text.insert(at, Seeds.oneOf(random, CHARACTERS));
      case 3 -> text.replace(at, at + 1, Seeds.oneOf(random, CHARACTERS));
      case 4 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
      case 5 -> text.delete(at, end);
      default -> text.setLength(at);
    }
  }

  private static void compileOrRefuse(String text, Library library) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    List<Diagnostic> problems = problems(text, library);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;

    assertThat(nanos).as(shown(text)).isLessThan(CPU_NANOS_MAX);
    assertThat(problems).as(shown(text)).hasSizeLessThanOrEqualTo(100);
    if (!problems.isEmpty()) {
      String[] lines = text.split("\\r\\n|\\r|\\n", -1);
      problems.forEach(problem -> assertInside(lines, problem, text));
    }
  }

  /** What the rule is refused for; none if it compiles. */
  private static List<Diagnostic> problems(String text, Library library) {
    try {
      Definition.compile("rule", text, RandomRecords.DICTIONARY, library).hash();
      return List.of();
    } catch (InvalidRuleException e) {
      assertThat(e.diagnostics()).as(shown(text)).isNotEmpty();
      return e.diagnostics();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("the compiler broke on: " + shown(text), e);
    }
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX
        ? text
        : "%s… (%d characters)".formatted(text.substring(0, SHOWN_MAX), text.length());
  }

  private static void assertInside(String[] lines, Diagnostic problem, String text) {
    String line = lines[problem.line() - 1];
    int length = line.codePointCount(0, line.length());
    if (!line.equals(problem.sourceLine())
        || problem.column() > length + 1
        || problem.column() + problem.length() > length + 2
        || problem.message().isEmpty()
        || !problem.render().contains("^")) {
      throw new AssertionError("%s in: %s".formatted(problem.render(), shown(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "not ",
        "not (",
        "{",
        "[",
        "\"",
        "return {",
        "tag \"a\" {",
        "tag.a 1 {",
        "tags ",
        "interaction.content contains [keep(",
        "interaction.content contains [",
        "/*",
        "//\n",
        "=",
        "interaction.content in [",
        "interaction.content and ",
        "stream ",
        "interaction.",
        "\\",
        "-",
        "not not interaction.content exists or ",
        "(interaction.content exists) ",
        ")",
        "}",
        "]",
        ","
      })
  void however_deep_it_goes_the_compiler_comes_back(String piece) {
    for (int depth : new int[] {250, 100_000, (1 << 20) / piece.length()}) {
      compileOrRefuse(piece.repeat(depth), Library.empty());
      compileOrRefuse(piece.repeat(depth) + "interaction.content exists", Library.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "(?:",
        "a|",
        "(a|",
        "a*",
        "a{1000}",
        "(a{9}){9}",
        "\\\\p{L}",
        "[^a",
        ")"
      })
  void however_large_an_expression_is_the_compiler_comes_back(String piece) {
    for (int count : new int[] {10, 1000, 100_000, 1_000_000 / piece.length()}) {
      String rule = "interaction.content regex_partial \"%s\"";
      compileOrRefuse(rule.formatted(piece.repeat(count)), Library.empty());
    }
  }
}
