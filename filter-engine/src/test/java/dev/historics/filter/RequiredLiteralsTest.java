package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequiredLiteralsTest {
  private static final int RULES = 150;
  private static final int ROWS = 200;

  private static long searched;

  private static Definition compile(String rule) throws InvalidRuleException {
    return Definition.compile("rule", rule, RandomRecords.DICTIONARY);
  }

  private static Optional<RequiredLiterals> literals(String... rules) throws InvalidRuleException {
    List<Definition> definitions = new ArrayList<>();
    for (String rule : rules) {
      definitions.add(compile(rule));
    }
    return RequiredLiterals.of(definitions, target -> true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          t.words contains "Solar power"                           => [solar]
          t.words cs contains "Solar"                              => [solar]
          t.words contains_any "solar, wind power"                 => [power, solar]
          t.words contains_all "sun, solar, of"                    => [solar]
          t.words contains_near "sun, solar:5"                     => [solar]
          t.words wildcard "so*power, w?nd"                        => [nd, power]
          t.words substr "y of the lig"                            => [the]
          t.words substr "and\\"or"                                => [and]
          t.words == "a/bc/def"                                    => [def]
          t.words in "en, de"                                      => [de, en]
          interaction.content == " Über uns "                      => [ber]
          # AND takes the rarest, OR all
          t.words contains "solar" and t.count > 1                 => [solar]
          t.words contains "solar" and t.words contains "of"       => [solar]
          t.words in "en, de" and t.words contains "solar"         => [solar]
          t.words contains "solar" or t.name == "wind"             => [solar, wind]
          (t.words contains "abc" or t.count > 1) and t.name contains "xy" => [xy]
          not t.words contains "solar" and t.words contains "wind" => [wind]
          # nothing certain
          t.words contains "solar" or t.count > 1                  => none
          not t.words contains "solar"                             => none
          t.words contains "a"                                     => none
          t.words contains_any "solar, 太陽"                        => none
          t.words contains "太陽"                                   => none
          t.words substr " / "                                     => none
          t.words wildcard "s*"                                    => none
          t.words in "aa,bb,cc,dd,ee,ff,gg,hh,ii"                  => none
          t.words != "solar"                                       => none
          t.words > "solar"                                        => none
          t.words regex_partial "solar"                            => none
          t.url url_in "example.com/solar"                         => none
          t.words exists                                           => none
          tag "x" { t.words contains "solar" }                     => none
          """)
  void a_rule_needs_the_rarest_of_its_literals(String rule, String expected) throws Exception {
    assertThat(literals(rule).map(found -> found.literals().toString()).orElse("none"))
        .isEqualTo(expected);
  }

  @Test
  void several_rules_need_what_any_of_them_needs() throws Exception {
    assertThat(literals("t.words contains \"solar\"", "t.words contains \"wind\"").get().literals())
        .containsExactly("solar", "wind");
    assertThat(literals("t.words contains \"solar\"", "t.words exists")).isEmpty();
  }

  @Test
  void a_target_whose_values_do_not_stand_in_the_json_needs_nothing() throws Exception {
    Definition rule = compile("t.name == \"solar\" and t.words contains \"of\"");

    assertThat(
            RequiredLiterals.of(List.of(rule), target -> !target.name().equals("t.name"))
                .get()
                .literals())
        .containsExactly("of");
  }

  /** A backslash is written as @. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          "a kite"             => true
          "a KiTe"             => true
          "kit"                => false
          "k", "ite"           => false
          "a \u212Aite"        => true
          "a @u006bite"        => true
          "@u0041 mole"        => true
          "@u00e9 mole"        => false
          "@@u00e9 mole"       => false
          "@u212A mole"        => true
          "@u2122 mole"        => false
          "@u0130 mole"        => true
          "@u00                => true
          "@u                  => true
          "@n@/@"u0041"        => false
          """)
  void a_json_text_is_let_through_for_a_literal_or_a_suspicious_escape(String json, boolean may)
      throws Exception {
    RequiredLiterals kite = literals("t.words contains \"kite\"").get();

    byte[] utf8 = json.replace('@', '\\').getBytes(StandardCharsets.UTF_8);
    assertThat(kite.search(utf8, 0, utf8.length).next(0) >= 0).isEqualTo(may);
  }

  @Test
  void a_search_gives_every_line_that_may_match_and_no_other() throws Exception {
    RequiredLiterals either = literals("t.words contains_any \"kite, solar\"").get();
    String text = "one kite\nnothing\nsolar kite\nnothing\n\\u0061\nthe end";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RequiredLiterals.Search search = either.search(bytes, 0, bytes.length);
    List<String> lines = new ArrayList<>();

    for (int at = search.next(0); at >= 0; ) {
      int start = text.lastIndexOf('\n', at) + 1;
      int end = text.indexOf('\n', at);
      lines.add(text.substring(start, end));
      at = search.next(end);
    }

    assertThat(lines).containsExactly("one kite", "solar kite", "\\u0061");
  }

  static LongStream seeds() {
    return Seeds.first(40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_a_rule_accepts_is_never_dropped(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Records records = RandomRecords.of(seed, ROWS);
    RandomRules rules = new RandomRules(random, records);
    List<byte[]> json = new ArrayList<>();
    records.rows().forEach(row -> json.add(json(row, random)));
    for (int i = 0; i < RULES; i++) {
      Optional<Definition> rule = Optional.empty();
      while (rule.isEmpty()) {
        rule = accepted(rules.filter().text(new RuleTree.Plain()));
      }
      require(rule.get(), records, json);
    }
  }

  private static Optional<Definition> accepted(String rule) {
    try {
      return Optional.of(compile(rule));
    } catch (InvalidRuleException e) {
      return Optional.empty();
    }
  }

  private static void require(Definition rule, Records records, List<byte[]> json) {
    Optional<RequiredLiterals> literals = RequiredLiterals.of(List.of(rule), target -> true);
    if (literals.isEmpty()) {
      return;
    }
    RuleSet set = RuleSet.of(List.of(rule));
    Interactions batch = new Interactions(set, records.rows(), Interactions.Texts.PLAIN);
    BitSet matched = set.matcher().match(batch, batch.all()).rows(0);
    matched.stream()
        .forEach(
            row -> {
              byte[] bytes = json.get(row);
              assertThat(literals.get().search(bytes, 0, bytes.length).next(0))
                  .as("%s needs %s in %s", rule, literals.get().literals(), records.rows().get(row))
                  .isNotNegative();
            });
    searched += matched.cardinality();
  }

  @AfterAll
  static void enough_was_found() {
    assertThat(searched).isGreaterThan(100);
  }

  /** The texts of a record as one of the many ways to write them in JSON; without keys. */
  private static byte[] json(Map<String, List<Object>> row, SplittableRandom random) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    boolean escaping = random.nextInt(4) == 0;
    for (List<Object> values : row.values()) {
      for (Object value : values) {
        json.writeBytes(
            string(value.toString(), random, escaping).getBytes(StandardCharsets.UTF_8));
        json.write(',');
      }
    }
    return json.toByteArray();
  }

  private static String string(String text, SplittableRandom random, boolean escaping) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      boolean must = c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && !pair);
      if (must || (escaping && !pair && random.nextInt(c < 0x80 ? 40 : 3) == 0)) {
        json.append("\\u%04x".formatted((int) c));
      } else if (pair) {
        json.append(c).append(text.charAt(i + 1));
        i++;
      } else {
        json.append(c == '/' && random.nextBoolean() ? "\\/" : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }
}
