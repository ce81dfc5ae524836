package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.impl.mem.MemPipeline;
import org.apache.crunch.types.avro.Avros;
import org.apache.crunch.types.writable.Writables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The join in memory, beside nested loops. */
class SkewedJoinTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void joins_what_nested_loops_join(long seed) throws Exception {
    RandomTables tables = new RandomTables(new SplittableRandom(seed));
    SkewedJoin<String> join = new SkewedJoin<>(fact -> fact, tables.reducers());

    assertThat(lines(join.inner(facts(tables), side(tables))))
        .containsExactlyInAnyOrderElementsOf(tables.inner());
    assertThat(lines(join.left(facts(tables), side(tables))))
        .containsExactlyInAnyOrderElementsOf(tables.left());
  }

  @Test
  void two_rows_with_one_key_fail_the_join_by_name() throws Exception {
    PTable<String, String> facts = table(List.of(Pair.of("a", "1")));
    PTable<String, String> side = table(List.of(Pair.of("a", "{\"x\":1}"), Pair.of("a", "{}")));

    assertThatThrownBy(() -> lines(new SkewedJoin<String>(fact -> fact, 4).inner(facts, side)))
        .hasStackTraceContaining("the side table has two rows for 'a': {\"x\":1} and {}");
  }

  @Test
  void what_cannot_be_joined_is_told_before_anything_runs() {
    assertThatThrownBy(() -> new SkewedJoin<String>(fact -> fact, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 1 reducer or more, got 0");
    PTable<String, String> facts =
        MemPipeline.typedTableOf(Avros.tableOf(Avros.strings(), Avros.strings()), List.of());
    assertThatThrownBy(() -> new SkewedJoin<String>(fact -> fact, 1).left(facts, table(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected facts of a Writables type, got ");
  }

  private static PTable<String, String> facts(RandomTables tables) {
    return table(tables.facts());
  }

  private static PTable<String, String> side(RandomTables tables) {
    List<Pair<String, String>> rows = new ArrayList<>();
    tables.side().forEach((key, json) -> rows.add(Pair.of(key, json)));
    return table(rows);
  }

  private static PTable<String, String> table(List<Pair<String, String>> rows) {
    return MemPipeline.typedTableOf(
        Writables.tableOf(Writables.strings(), Writables.strings()), rows);
  }

  static List<String> lines(PTable<String, Pair<String, String>> joined) {
    List<String> lines = new ArrayList<>();
    for (Pair<String, Pair<String, String>> each : joined.materialize()) {
      lines.add(RandomTables.line(each.first(), each.second().first(), each.second().second()));
    }
    return lines;
  }
}
