package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matcher, on every kind of column and with many rules at once, says what the reference
 * interpreter says; and so do tags and explanations. {@code -Dpairs=…} changes how many pairs of a
 * rule and a record are compared in a batch.
 */
class MatcherDifferentialTest {
  private static final int PAIRS = Integer.getInteger("pairs", 80_000);
  private static long compared;
  private static long matched;

  static LongStream seeds() {
    return Seeds.first(16);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void made_up_records_match_as_the_reference_says(long seed) {
    int rows = new int[] {500, 1000, 2000, 4000}[(int) (seed & 3)];

    compare(seed, RandomRecords.of(seed, rows));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("troll-tweets/2017-08-16.ndjson.gz", 0),
        Arguments.of("troll-tweets/2017-08-16.ndjson.gz", 4000),
        Arguments.of("rich/datasift-twitter-2014-05-30.ndjson.gz", 0),
        Arguments.of("rich/datasift-mixed-2013-07-08.ndjson.gz", 0),
        Arguments.of("rich/twitter-v1-timelines.ndjson.gz", 0),
        Arguments.of("rich/twitter-v1-search-ja-2014-08-31.ndjson.gz", 0),
        Arguments.of("rich/github-events-2021-07-21.ndjson.gz", 0),
        Arguments.of("rich/bluesky-jetstream-2026-07-04.ndjson.gz", 0),
        Arguments.of("rich/wikipedia-edits-2015-09-12.ndjson.gz", 0),
        Arguments.of("dirty/troll-zero-width-or-bidi.ndjson.gz", 0),
        Arguments.of("dirty/troll-c1-control.ndjson.gz", 0),
        Arguments.of("dirty/troll-mojibake.ndjson.gz", 0));
  }

  @ParameterizedTest(name = "{0} from {1}")
  @MethodSource("files")
  void real_records_match_as_the_reference_says(String file, int from) {
    Optional<Path> path = SharedData.file("data/" + file);
    Assumptions.assumeTrue(path.isPresent(), "the shared data is not here");
    Records all = RealRecords.read(path.get(), "src", from + 2000);

    compare(file.hashCode() + from, all.slice(from, from + 2000));
  }

  @AfterAll
  static void rules_and_records_met_often_enough() {
    Assumptions.assumeTrue(compared >= PAIRS, "one seed alone says nothing about that");
    double share = (double) matched / compared;
    assertThat(share).as("share of %d pairs that match", compared).isBetween(0.05, 0.6);
  }

  private static void compare(long seed, Records records) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRules rules = new RandomRules(random, records);
    RuleShelf shelf = RuleShelf.filled(rules, records, random);
    List<Definition> definitions = new ArrayList<>();
    int count = Math.max(20, PAIRS / records.rows().size());
    while (definitions.size() < count) {
      shelf.compile(rules.rule().text(new RuleTree.Wild(random))).ifPresent(definitions::add);
    }
    List<ReferenceInterpreter> references = references(definitions, records, shelf);
    List<BitSet> expected = new ArrayList<>();
    for (ReferenceInterpreter reference : references) {
      BitSet accepted = new BitSet();
      for (int row = 0; row < records.rows().size(); row++) {
        accepted.set(row, reference.accepts(records.row(row)));
      }
      expected.add(accepted);
      compared += records.rows().size();
      matched += accepted.cardinality();
    }
    List<Strategy> strategies = List.of(Strategy.values());
    Comparison comparison = new Comparison(seed, records, definitions, references, expected);
    for (Interactions.Texts texts : Interactions.Texts.values()) {
      for (Strategy strategy : EnumSet.of(Strategy.CHEAPEST, Seeds.oneOf(random, strategies))) {
        comparison.run(texts, RuleSet.of(definitions, strategy), random);
      }
      comparison.explanations(texts, random);
    }
  }

  private static List<ReferenceInterpreter> references(
      List<Definition> definitions, Records records, Library library) {
    ReferenceText texts = new ReferenceText();
    return definitions.stream()
        .map(rule -> ReferenceInterpreter.of(rule.text(), records.dictionary(), library, texts))
        .toList();
  }

  /** What the reference says about all rows, and the matcher beside it. */
  private record Comparison(
      long seed,
      Records records,
      List<Definition> definitions,
      List<ReferenceInterpreter> references,
      List<BitSet> expected) {

    /** In two batches, one after the other: nothing of the first may be left in the second. */
    void run(Interactions.Texts texts, RuleSet rules, SplittableRandom random) {
      Matcher matcher = rules.matcher();
      int half = random.nextInt(records.rows().size());
      run(texts, random, rules, matcher, 0, half);
      run(texts, random, rules, matcher, half, records.rows().size());
    }

    private void run(
        Interactions.Texts texts,
        SplittableRandom random,
        RuleSet rules,
        Matcher matcher,
        int from,
        int end) {
      Interactions batch = new Interactions(rules, records.rows().subList(from, end), texts);
      BitSet candidates = some(random, batch.rows());
      Matches matches = matcher.match(batch, candidates);
      for (int i = 0; i < definitions.size(); i++) {
        int rule = i;
        BitSet wanted = expected.get(rule).get(from, end);
        wanted.and(candidates);
        if (!matches.rows(rule).equals(wanted)) {
          BitSet wrong = (BitSet) wanted.clone();
          wrong.xor(matches.rows(rule));
          throw new AssertionError(difference(texts, rule, from + wrong.nextSetBit(0)));
        }
        SortedMap<Integer, Tags> tags = matcher.tags(batch, rule, wanted);
        wanted.stream().forEach(row -> compareTags(texts, rule, from + row, tags.get(row)));
      }
    }

    private static BitSet some(SplittableRandom random, int rows) {
      BitSet some = new BitSet();
      for (int row = 0; row < rows; row++) {
        some.set(row, random.nextInt(20) > 0);
      }
      return some;
    }

    private void compareTags(Interactions.Texts texts, int rule, int row, Tags tags) {
      Tags found = tags == null ? new Tags(List.of(), Map.of()) : tags;
      Tags wanted = references.get(rule).tags(records.row(row));
      if (!found.equals(wanted)) {
        throw new AssertionError(
            "tags %s instead of %s%n%s".formatted(found, wanted, difference(texts, rule, row)));
      }
    }

    /** On a few rows, since explaining is slow. */
    private void explanations(Interactions.Texts texts, SplittableRandom random) {
      for (int rule = 0; rule < definitions.size(); rule++) {
        Explainer explainer = new Explainer(definitions.get(rule));
        List<Map<String, List<Object>>> row =
            List.of(records.rows().get(random.nextInt(records.rows().size())));
        Interactions batch = new Interactions(explainer.targets(), row, texts);
        Function<String, List<Object>> values =
            target -> row.get(0).getOrDefault(target, List.of());
        boolean wanted = references.get(rule).accepts(values);
        assertThat(explainer.explain(batch, 0).holds())
            .as("explanation of %s on %s, seed %d", definitions.get(rule).text(), row, seed)
            .isEqualTo(wanted);
      }
    }

    private String difference(Interactions.Texts texts, int rule, int row) {
      Definition definition = definitions.get(rule);
      Explainer explainer = new Explainer(definition);
      Interactions one =
          new Interactions(explainer.targets(), List.of(records.rows().get(row)), texts);
      return """
          seed %d, %s, row %d, texts %s
          rule: %s
          record: %s
          reference:
          %s
          matcher:
          %s"""
          .formatted(
              seed,
              records.name(),
              row,
              texts,
              definition.canonical(),
              asked(definition, row),
              references.get(rule).trace(records.row(row)),
              tree(explainer.explain(one, 0), ""));
    }

    /** What the record has for the targets that the rule reads. */
    private Map<String, List<Object>> asked(Definition rule, int row) {
      Map<String, List<Object>> asked = new TreeMap<>(records.rows().get(row));
      asked.keySet().retainAll(rule.targets());
      return asked;
    }

    private static String tree(Explanation node, String indent) {
      StringBuilder tree = new StringBuilder(indent + node.holds() + " " + node.condition());
      node.values().forEach(value -> tree.append("\n").append(indent).append("  = ").append(value));
      node.parts().forEach(part -> tree.append("\n").append(tree(part, indent + "  ")));
      return tree.toString();
    }
  }
}
