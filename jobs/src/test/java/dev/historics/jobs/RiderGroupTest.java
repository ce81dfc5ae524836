package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.filter.Column;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiderGroupTest {
  private static final long DAY_MILLIS = 86_400_000;
  private static final ReplayPlan.Rider SOUND = rider("sound", "beta.text contains \"rain\"");
  private static final ReplayPlan.Rider BROKEN = rider("broken", "beta.broken contains \"rain\"");
  private static final ReplayPlan.Rider OTHER = rider("other", "not beta.text contains \"rain\"");

  private final List<SourceTally> tallies = new ArrayList<>();

  private static ReplayPlan.Rider rider(String query, String rule) {
    return new ReplayPlan.Rider(query, rule, List.of("beta"), 0, DAY_MILLIS, 100);
  }

  private RiderGroup group(ReplayPlan.Rider... riders) {
    return new RiderGroup(
        "beta",
        List.of(riders),
        rider -> Dialect.dictionary(List.of(Dialect.unmapped("beta"))),
        0,
        DAY_MILLIS,
        tallies);
  }

  /** Three rows with a text; the column {@code beta.broken} cannot be had. */
  private record Texts(ScanNeeds needs, RuntimeException failure) implements PartBatch {
    @Override
    public int rows() {
      return 3;
    }

    @Override
    public Column column(int index) {
      if (needs.targets().get(index).name().equals("beta.broken")) {
        throw failure;
      }
      TextColumn.Builder column = new TextColumn.Builder();
      for (String text : List.of("rain", "sun", "more rain")) {
        column.add(text);
        column.endRow();
      }
      return column.build();
    }

    @Override
    public int firstRow() {
      return 0;
    }

    @Override
    public long createdAtMillis(int row) {
      return 0;
    }

    @Override
    public int bucket(int row) {
      return 0;
    }

    @Override
    public String id(int row) {
      return "id" + row;
    }

    @Override
    public BitSet unreadable() {
      return new BitSet();
    }
  }

  @Test
  void a_rule_that_fails_on_the_data_fails_its_rider_and_nobody_else() {
    RiderGroup group = group(SOUND, BROKEN, OTHER);
    PartBatch batch = new Texts(group.needs(), new IllegalStateException("no such page"));

    List<RiderGroup.Found> first = group.match(batch);
    List<RiderGroup.Found> second = group.match(batch);

    assertThat(first).hasSize(2).isEqualTo(second);
    assertThat(tallies)
        .extracting(tally -> tally.count(List.of()))
        .containsExactly(
            new TaskReport.Count("sound", "beta", 6, 4, 0, "", List.of()),
            new TaskReport.Count(
                "broken",
                "beta",
                3,
                0,
                0,
                "the rule failed on the data: java.lang.IllegalStateException: no such page",
                List.of()),
            new TaskReport.Count("other", "beta", 6, 2, 0, "", List.of()));
  }

  /** Trying again can help, so it is nobody's rule that failed. */
  @Test
  void a_file_that_cannot_be_read_fails_the_task() {
    RiderGroup group = group(SOUND, BROKEN);
    PartBatch batch =
        new Texts(group.needs(), new UncheckedIOException(new IOException("x: cannot be read")));

    assertThatThrownBy(() -> group.match(batch)).isInstanceOf(UncheckedIOException.class);
    assertThat(tallies).noneMatch(SourceTally::failed);
  }
}
