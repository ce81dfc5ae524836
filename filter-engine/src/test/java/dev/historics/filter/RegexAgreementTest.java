package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.regex.RegexForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where RE2 and the expressions of Java say the same, so do rules. */
class RegexAgreementTest {
  private static final int PATTERNS = 300;

  /** What RE2 calls a line end, and which letters it takes for each other. */
  private static final int AS_RE2 = Pattern.UNIX_LINES | Pattern.UNICODE_CASE;

  static LongStream seeds() {
    return Seeds.first(10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void an_expression_finds_what_java_finds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTerms terms = new RandomTerms(random);
    // Where case does not count, Java takes the letters of Turkish for an i, but not ẞ for an ß.
    List<String> texts =
        RandomRecords.of(seed, 100).rows().stream()
            .map(row -> row.getOrDefault("interaction.content", List.of()))
            .flatMap(List::stream)
            .map(text -> ReferenceText.wellFormed(text.toString()))
            .map(text -> text.replaceAll("[İı]", "i").replace("ẞ", "ß"))
            .filter(text -> !text.isEmpty() && text.length() < 200)
            .toList();
    for (int i = 0; i < PATTERNS; i++) {
      String pattern = pattern(terms, texts, random).replaceAll("[İı]", "i");
      Pattern java = Pattern.compile(pattern, AS_RE2);
      RegexForm.Compiled compiled = (RegexForm.Compiled) RegexForm.compile(pattern);
      for (String text : texts) {
        byte[] utf8 = ("x" + text).getBytes(StandardCharsets.UTF_8);
        Map<String, Boolean> found =
            Map.of(
                "anywhere", compiled.anywhere().test(utf8, 1, utf8.length - 1),
                "whole", compiled.whole().test(utf8, 1, utf8.length - 1));
        assertThat(found)
            .as("%s on %s", pattern, text)
            .isEqualTo(
                Map.of(
                    "anywhere", java.matcher(text).find(), "whole", java.matcher(text).matches()));
      }
    }
  }

  private static String pattern(RandomTerms terms, List<String> texts, SplittableRandom random) {
    String one = terms.regex(Seeds.oneOf(random, texts));
    String other = terms.regex(Seeds.oneOf(random, texts));
    return switch (random.nextInt(6)) {
      case 0 -> one + "|" + other;
      case 1 -> "(?:" + one + ")+";
      case 2 -> "(?s).*" + one + ".*";
      case 3 -> "\\A" + one;
      case 4 -> one + ".{0,9}" + other;
      default -> one;
    };
  }
}
