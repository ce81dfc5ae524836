package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Printer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred thousand rules, each written in two ways, have one spelling and one hash. */
class RuleSpellingTest {
  private static final int RULES = 5000;

  static LongStream seeds() {
    return Seeds.first(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_rule_is_printed_as_one_however_it_is_written(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Records records = RandomRecords.of(seed, 200);
    RandomRules rules = new RandomRules(random, records);
    RuleShelf shelf = RuleShelf.filled(rules, records, random);
    for (int i = 0; i < RULES; i++) {
      RuleTree tree = rules.rule();
      String plain = tree.text(new RuleTree.Plain());
      String wild = tree.text(new RuleTree.Wild(random));

      String printed = printed(plain);

      assertThat(printed(wild)).as(wild).isEqualTo(printed);
      assertThat(printed(printed)).isEqualTo(printed);
      if (i % 25 == 0) {
        assertHashes(shelf, plain, wild, printed);
      }
    }
  }

  private static String printed(String rule) {
    Parser.Parsed parsed = Parser.parse(rule);
    assertThat(parsed.problems().list()).as(rule).isEmpty();
    return Printer.print(parsed.tags(), parsed.filter());
  }

  private static void assertHashes(RuleShelf shelf, String plain, String wild, String printed) {
    Optional<Definition> compiled = shelf.compile(plain);
    Optional<String> hash = compiled.map(Definition::hash);
    Optional<Integer> complexity = compiled.map(Definition::complexity);

    assertThat(shelf.compile(wild).map(Definition::hash)).isEqualTo(hash);
    assertThat(shelf.compile(printed).map(Definition::hash)).isEqualTo(hash);
    assertThat(shelf.compile(printed).map(Definition::complexity)).isEqualTo(complexity);
  }
}
