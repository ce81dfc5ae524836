package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.historics.filter.Column;
import dev.historics.filter.Library;
import dev.historics.filter.Tags;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RiderGroupTest {
  private static final long DAY_MILLIS = 86_400_000;
  private static final ReplayPlan.Rider SOUND = rider("sound", "beta.text contains \"rain\"");
  private static final ReplayPlan.Rider BROKEN = rider("broken", "beta.broken contains \"rain\"");
  private static final ReplayPlan.Rider OTHER = rider("other", "not beta.text contains \"rain\"");

  private final RuntimeException notAsked = new IllegalStateException("nobody asks");

  private final List<SourceTally> tallies = new ArrayList<>();

  private static ReplayPlan.Rider rider(String query, String rule) {
    return new ReplayPlan.Rider(query, rule, List.of("beta"), 0, DAY_MILLIS, 100);
  }

  private RiderGroup group(ReplayPlan.Rider... riders) {
    return new RiderGroup(
        "beta",
        List.of(riders),
        rider -> Dialect.dictionary(List.of(Dialect.unmapped("beta"))),
        Library.empty(),
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
    public void raws(BitSet rows, DayPart.RawSink sink) {
      throw new AssertionError("a group matches and does not deliver");
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
            new TaskReport.Count("sound", "beta", 6, 4, 0, 0, "", List.of()),
            new TaskReport.Count(
                "broken",
                "beta",
                3,
                0,
                0,
                0,
                "the rule failed on the data: java.lang.IllegalStateException: no such page",
                List.of()),
            new TaskReport.Count("other", "beta", 6, 2, 0, 0, "", List.of()));
  }

  @Test
  void tags_are_told_of_every_row_that_is_matched_and_of_no_other() {
    RiderGroup group =
        group(
            rider(
                "tagged",
                "tag \"more\" { beta.text contains \"more\" } tag \"sun\" { beta.text contains \"sun\" }"
                    + " return { beta.text contains \"rain\" }"),
            SOUND);

    List<RiderGroup.Found> found = group.match(new Texts(group.needs(), notAsked));

    assertThat(found.get(0).tags())
        .containsExactly(
            entry(0, new Tags(List.of(), Map.of())), entry(2, new Tags(List.of("more"), Map.of())));
    assertThat(found.get(1).rows()).isEqualTo(found.get(0).rows());
    assertThat(found.get(1).tags()).isEmpty();
  }

  @Test
  void tags_that_fail_on_the_data_fail_their_rider_and_nobody_else() {
    RiderGroup group =
        group(
            SOUND,
            rider(
                "badly tagged",
                "tag \"t\" { beta.broken contains \"rain\" } return { beta.text contains \"rain\" }"),
            rider(
                "never tagged",
                "tag \"t\" { beta.broken contains \"rain\" } return { beta.text contains \"snow\" }"));
    PartBatch batch = new Texts(group.needs(), new IllegalStateException("no such page"));

    List<RiderGroup.Found> first = group.match(batch);
    List<RiderGroup.Found> second = group.match(batch);

    assertThat(first).extracting(RiderGroup.Found::tally).containsExactly(tallies.get(0));
    assertThat(second).isEqualTo(first);
    assertThat(tallies)
        .extracting(SourceTally::failure)
        .containsExactly(
            "", "the rule failed on the data: java.lang.IllegalStateException: no such page", "");
  }

  @Test
  void tags_are_told_too_where_another_rule_fails() {
    RiderGroup group =
        group(
            BROKEN,
            rider(
                "tagged",
                "tag \"more\" { beta.text contains \"more\" } return { beta.text contains \"rain\" }"));
    PartBatch batch = new Texts(group.needs(), new IllegalStateException("no such page"));

    List<RiderGroup.Found> first = group.match(batch);

    assertThat(first).singleElement().isEqualTo(group.match(batch).get(0));
    assertThat(first.get(0).tags()).containsEntry(2, new Tags(List.of("more"), Map.of()));
  }

  @Test
  void a_rule_without_filter_fails_its_rider() {
    RiderGroup group = group(SOUND, rider("tags", "tag \"t\" { beta.text exists }"));

    assertThat(group.match(new Texts(group.needs(), notAsked))).hasSize(1);
    assertThat(tallies)
        .extracting(SourceTally::failure)
        .containsExactly("", "the rule has no filter, only tags");
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
