package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Stripping;
import dev.historics.filter.Column;
import dev.historics.filter.Definition;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.RuleSet;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.TextColumn;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionBatchTest {
  private static final int RECORDS = 400;
  private static final List<Target> TARGETS =
      List.of(
          target("beta.n", ValueType.INT),
          target("interaction.content", ValueType.TEXT),
          target("beta.n", ValueType.FLOAT),
          target("interaction.geo", ValueType.GEO),
          target("beta.n", ValueType.TEXT),
          target("interaction.hashtags", ValueType.TEXT));

  private static Target target(String name, ValueType type) {
    return new Target(name, type, false, "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InteractionBatch batch(List<Target> targets, String... lines) {
    InteractionBatch batch = new InteractionBatch(targets, Stripping.STANDARD);
    for (String line : lines) {
      byte[] json = bytes(line);
      batch.add(json, 0, json.length);
    }
    return batch;
  }

  /** The values of a row; places are just said to be some, as a tree says it. */
  private static List<Object> row(Column column, int row) {
    List<Object> values = new ArrayList<>();
    for (int v = column.rowStart(row); v < column.rowStart(row + 1); v++) {
      if (column instanceof TextColumn texts) {
        values.add(texts.text(texts.entry(v)));
      } else if (column instanceof IntColumn numbers) {
        values.add(numbers.value(v));
      } else if (column instanceof FloatColumn numbers) {
        // The tree's numbers know no -0.0.
        values.add(numbers.value(v) + 0.0);
      } else {
        values.add("a place");
      }
    }
    return values;
  }

  @Test
  void matches_lines_as_its_documentation_says() {
    Definition rule =
        definition(
            "interaction.content contains \"launched today\" and not twitter.text substr \"@\"");
    RuleSet rules = RuleSet.of(List.of(rule));
    String tweet =
        """
        {"interaction":{"type":"twitter","content":"%1$s"},"twitter":{"text":"%1$s"}}"""
            .formatted("@datasift launched today! http://bitly.com/r6pmP0");
    byte[] lines = bytes(tweet + "\n" + tweet.replace("today", "now") + "\n");
    InteractionBatch batch =
        new InteractionBatch(rules.targets(), Dialect.unmapped("twitter").stripping());
    int second = tweet.length() + 1;

    assertThat(batch.add(lines, 0, second - 1)).isTrue();
    assertThat(batch.add(lines, second, lines.length - second - 1)).isTrue();
    BitSet all = new BitSet();
    all.set(0, 2);

    assertThat(rules.matcher().match(batch, all).rows(0)).hasToString("{0}");
  }

  private static Definition definition(String rule) {
    try {
      return Definition.compile("rule", rule, TargetDictionary.standard());
    } catch (InvalidRuleException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void columns_hold_what_a_walk_of_the_tree_finds_and_nothing_of_what_is_torn(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionBatch batch = new InteractionBatch(TARGETS, Stripping.STANDARD);
    List<String> lines = new HostileRecords(seed).beta("b", RECORDS, ReplayWorld.DAY);
    for (int from = 0; from < lines.size(); from += RECORDS / 4) {
      List<String> some = lines.subList(from, from + RECORDS / 4);
      BitSet torn = new BitSet();
      batch.clear();
      for (String line : some) {
        byte[] json = bytes("pad" + line + "pad");
        boolean whole = random.nextInt(8) > 0;
        torn.set(batch.rows(), !whole);
        int length = json.length - 6 - (whole ? 0 : 1 + random.nextInt(json.length - 7));

        assertThat(batch.add(json, 3, length)).isEqualTo(whole);
      }

      assertThat(batch.unreadable()).isEqualTo(torn);
      assertThat(batch.rows()).isEqualTo(some.size());
      for (int i = 0; i < TARGETS.size(); i++) {
        Column column = batch.column(i);
        assertThat(column.rows()).isEqualTo(some.size());
        assertThat(batch.column(i)).isSameAs(column);
        for (int row = 0; row < some.size(); row++) {
          assertThat(row(column, row))
              .as("%s of %s", TARGETS.get(i), some.get(row))
              .isEqualTo(torn.get(row) ? List.of() : expected(TARGETS.get(i), some.get(row)));
        }
      }
    }
  }

  private static List<Object> expected(Target target, String line) throws IOException {
    JsonTree tree = JsonTree.parse(bytes(line));
    List<Object> values = tree.values(target.name(), target.type());
    return values.stream()
        .filter(value -> !value.equals(""))
        .map(
            value ->
                target.name().equals("interaction.content")
                        && tree.values("interaction.type", ValueType.TEXT).contains("twitter")
                    ? ((String) value)
                        .replaceAll("https?://\\S+|(?<![A-Za-z0-9_])@[A-Za-z0-9_]{1,15}", " ")
                    : value)
        .toList();
  }

  @Test
  void places_and_numbers_keep_their_value() {
    InteractionBatch batch =
        batch(
            TARGETS,
            """
            {"beta":{"n":[-0.0,1e-320,9223372036854775807]},
             "interaction":{"geo":[{"latitude":1.5,"longitude":-2},{"latitude":3,"longitude":4}]}}""");

    GeoColumn places = (GeoColumn) batch.column(3);
    assertThat(places.latitude(0)).isEqualTo(1.5);
    assertThat(places.longitude(0)).isEqualTo(-2);
    assertThat(places.latitude(1)).isEqualTo(3);
    assertThat(places.longitude(1)).isEqualTo(4);
    assertThat(row(batch.column(2), 0)).containsExactly(0.0, 1e-320, 0x1p63);
    assertThat(row(batch.column(0), 0)).containsExactly(0L, Long.MAX_VALUE);
  }

  @Test
  void columns_that_were_given_stay_when_the_batch_goes_on() {
    InteractionBatch batch = batch(TARGETS, "{\"beta\":{\"n\":1}}");
    Column one = batch.column(0);

    batch.clear();
    byte[] next = bytes("{\"beta\":{\"n\":2}}");
    batch.add(next, 0, next.length);

    assertThat(row(one, 0)).containsExactly(1L);
    assertThat(row(batch.column(0), 0)).containsExactly(2L);
  }

  @Test
  void samples_are_drawn_from_the_id_that_the_json_has() {
    InteractionBatch batch =
        batch(
            List.of(
                target("interaction.sample", ValueType.FLOAT),
                target("interaction.id", ValueType.TEXT)),
            "{\"interaction\":{\"id\":\"b1\",\"sample\":7}}",
            "{\"interaction\":{\"sample\":7}}",
            "{\"interaction\":{\"id\":[\"b1\",\"b2\"]}}");

    Column samples = batch.column(0);
    assertThat(row(samples, 0)).hasSize(1).isEqualTo(row(samples, 2)).isNotEqualTo(List.of(7.0));
    assertThat(row(samples, 1)).isEmpty();
    assertThat(row(batch.column(1), 2)).containsExactly("b1", "b2");
  }
}
