package dev.historics.archive.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Records;
import dev.historics.archive.testing.Seeds;
import dev.historics.archive.testing.Words;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartnerMergeTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);

  private static final String EDITED = "\"updated_at\":\"2017-09-02T00:00:00Z\",";

  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));

  static LongStream seeds() {
    return Seeds.some(5);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_day_of_many_files_has_what_the_plainest_way_gives(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Model model = Model.EMPTY;
    for (int i = 0; i < 12; i++) {
      int step = random.nextInt(4);
      if (step == 0) {
        Words words = new Words("table" + random.nextInt(3));
        words.augment(archive);
        model = augmented(model, words);
      } else if (step == 1) {
        compact();
      } else {
        List<String> records =
            Records.some("r" + random.nextInt(3), 1 + random.nextInt(60), 2, random.nextInt(5));
        Archives.load(archive, "b" + i, records);
        model = model.with(records);
      }

      assertThat(Model.of(archive)).as("after step %d", i).isEqualTo(model);
    }
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  /** What {@link Words#augment} leaves alone has the values already. */
  private static Model augmented(Model model, Words words) {
    return model.changed(words::augmented);
  }

  private void compact() throws IOException {
    List<TargetColumn> considered = new ArrayList<>(Archives.CONSIDERED);
    considered.addAll(new Augmentations(archive).newest("twitter").columns());
    for (SourceDay day : archive.days()) {
      new Compactor(archive, CompactionSettings.STANDARD)
          .compact(day, considered, Stripping.STANDARD);
    }
  }

  @Test
  void rows_that_an_edit_replaced_get_nothing_and_the_edited_ones_get_their_own()
      throws IOException {
    Archives.load(archive, "b1", Records.some("a", 40, 1, 1));
    Archives.load(
        archive,
        "b2",
        Records.some("a", 9, 1, 1).stream()
            .map(record -> record.replace("\"content\":", EDITED + "\"content\":"))
            .toList());
    Model before = Model.of(archive);

    new Words("table").augment(archive);

    assertThat(Model.of(archive)).isEqualTo(before.changed(new Words("table")::augmented));
  }

  @Test
  void a_day_is_marked_until_something_comes_in_and_compactions_keep_what_holds_for_all()
      throws IOException {
    Words words = new Words("table");
    Archives.load(archive, "b1", Records.some("a", 40, 1, 1));
    words.augment(archive);
    assertThat(words.declaration().covers(newest())).isTrue();
    assertThat(new Words("other").declaration().covers(newest())).isFalse();
    assertThat(newest().files().get(0).columns())
        .extracting(stored -> stored.column().target())
        .contains("words.name", "words.number");

    new Compactor(archive, CompactionSettings.STANDARD)
        .rewrite(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    assertThat(words.declaration().covers(newest())).isTrue();

    Archives.load(archive, "b2", Records.some("b", 5, 1, 2));
    assertThat(words.declaration().covers(newest())).isFalse();
    compact();
    assertThat(words.declaration().covers(newest())).isFalse();

    words.augment(archive);
    new Words("other").augment(archive);
    assertThat(newest().files().get(0).augmented())
        .containsExactly("words", new Words("other").declaration().mark());
  }

  @Test
  void what_comes_in_meanwhile_stays_and_what_is_replaced_meanwhile_wins() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 40, 1, 1));
    Manifest seen = newest();
    Archives.load(archive, "b2", Records.some("b", 5, 1, 2));

    new Words("table").augment(archive, seen);
    assertThat(newest().rows()).isEqualTo(45);
    assertThat(newest().files()).hasSize(2);

    Manifest now = newest();
    assertThat(new Words("late").augment(archive, seen).matched()).isPositive();
    assertThat(newest()).isEqualTo(now);
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  @Test
  void values_of_an_earlier_table_go_with_a_left_join_and_stay_with_an_inner_one()
      throws IOException {
    Archives.load(archive, "b1", Records.some("a", 40, 1, 1));
    new Words("table").augment(archive);
    Model augmented = Model.of(archive);

    edit(Augmentation.Join.INNER);
    assertThat(Model.of(archive)).isEqualTo(augmented);

    edit(Augmentation.Join.LEFT);
    assertThat(Model.of(archive)).isEqualTo(Model.EMPTY.with(Records.some("a", 40, 1, 1)));
  }

  /** With a table that has no row. */
  private void edit(Augmentation.Join join) throws IOException {
    Augmentation words = new Words("empty").declaration();
    Augmentation empty =
        new Augmentation(
            words.namespace(),
            words.on(),
            words.key(),
            words.columns(),
            join,
            "empty.csv",
            "empty",
            Archives.NOW,
            0);
    Manifest day = newest();
    PartnerMerge merge = new PartnerMerge(day, empty, List.<Partner>of().iterator());
    new Compactor(archive, CompactionSettings.STANDARD)
        .edit(day, Archives.CONSIDERED, Stripping.STANDARD, merge);
  }

  @Test
  void a_member_that_is_the_sources_own_is_never_replaced() throws IOException {
    String own =
        Records.record("own", Records.DAY.atStartOfDay().toInstant(ZoneOffset.UTC), "word1");
    Archives.load(
        archive, "b1", List.of(own.substring(0, own.length() - 1) + ",\"Words\":{\"name\":1}}"));
    Manifest before = newest();

    refusesToReplace(before);
    compact();
    Manifest sealed = newest();
    refusesToReplace(sealed);
    assertThat(newest()).isEqualTo(sealed);
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  private void refusesToReplace(Manifest before) {
    assertThatThrownBy(() -> new Words("table").augment(archive, before))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "twitter 2017-08-05: interaction 'own' has a member 'words' of its own;"
                + " choose another namespace");
  }

  private Manifest newest() throws IOException {
    return archive.newest(DAY).orElseThrow();
  }
}
