package dev.historics.archive.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Edits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationsTest {
  private static final String FIRST = "source=twitter/_augmentations/00000001.json";

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);
  private final Augmentations augmentations = new Augmentations(archive);

  private static Augmentation augmentation(String namespace, String sha256, Kind... kinds) {
    return new Augmentation(
        namespace,
        "interaction.author.username",
        "author_id",
        Arrays.stream(kinds)
            .map(kind -> new TargetColumn(namespace + ".c" + List.of(kinds).indexOf(kind), kind))
            .toList(),
        Augmentation.Join.LEFT,
        "authors.csv",
        sha256,
        Archives.NOW,
        7);
  }

  @Test
  void what_is_declared_is_there_and_survives_a_restart() throws Exception {
    assertThat(augmentations.newest("twitter")).isEqualTo(AugmentationList.none("twitter"));

    augmentations.declare("twitter", augmentation("author", "s1", Kind.TEXT));
    AugmentationList both =
        augmentations.declare("twitter", augmentation("klout2", "s1", Kind.INT, Kind.FLOAT));

    assertThat(new Augmentations(archive).newest("twitter")).isEqualTo(both);
    assertThat(both.version()).isEqualTo(2);
    assertThat(both.columns())
        .extracting(TargetColumn::target)
        .containsExactly("author.c0", "klout2.c0", "klout2.c1");
    assertThat(augmentations.newest("other")).isEqualTo(AugmentationList.none("other"));
    assertThat(augmentations.declare("twitter", augmentation("author", "s1", Kind.TEXT)))
        .as("nothing new")
        .isEqualTo(both);
  }

  @Test
  void the_same_namespace_is_replaced_and_keeps_the_columns_that_it_had() throws Exception {
    augmentations.declare("twitter", augmentation("author", "s1", Kind.TEXT, Kind.INT));

    AugmentationList now =
        augmentations.declare("twitter", augmentation("author", "s2", Kind.TEXT));

    assertThat(now.entries()).hasSize(1);
    assertThat(now.entries().get(0).sha256()).isEqualTo("s2");
    assertThat(now.columns())
        .containsExactly(
            new TargetColumn("author.c0", Kind.TEXT), new TargetColumn("author.c1", Kind.INT));
  }

  @Test
  void a_column_keeps_its_kind() throws Exception {
    augmentations.declare("twitter", augmentation("author", "s1", Kind.TEXT));

    assertThatThrownBy(
            () -> augmentations.declare("twitter", augmentation("author", "s2", Kind.INT)))
        .isInstanceOf(AugmentationConflictException.class)
        .hasMessage("'author.c0' is text already, and would be int with authors.csv");
    assertThat(augmentations.newest("twitter").version()).isEqualTo(1);
  }

  @Test
  void whole_numbers_fit_a_column_of_numbers_and_not_the_other_way_round() throws Exception {
    Augmentation whole = augmentation("author", "s2", Kind.INT);
    augmentations.declare("twitter", augmentation("author", "s1", Kind.FLOAT));

    AugmentationList now = augmentations.declare("twitter", whole);

    assertThat(now.columns()).containsExactly(new TargetColumn("author.c0", Kind.FLOAT));
    assertThat(now.entries().get(0).tells(whole)).isTrue();
    assertThat(augmentations.declare("twitter", whole)).as("nothing new").isEqualTo(now);
    augmentations.declare("twitter", augmentation("other", "s1", Kind.INT));
    assertThatThrownBy(
            () -> augmentations.declare("twitter", augmentation("other", "s2", Kind.FLOAT)))
        .isInstanceOf(AugmentationConflictException.class)
        .hasMessage("'other.c0' is int already, and would be float with authors.csv");
  }

  @Test
  void marks_tell_tables_and_ways_to_join_apart_and_nothing_else() {
    Augmentation one = augmentation("author", "s1", Kind.TEXT);

    assertThat(one.mark()).matches("author@[0-9a-f]{16}").isEqualTo(one.withMatched(9).mark());
    assertThat(augmentation("author", "s2", Kind.TEXT).mark()).isNotEqualTo(one.mark());
    assertThat(augmentation("author", "s1", Kind.INT).mark()).isNotEqualTo(one.mark());
  }

  @Test
  void a_flipped_bit_is_found() throws Exception {
    augmentations.declare("twitter", augmentation("author", "s1", Kind.TEXT));
    byte[] whole = Edits.read(files, FIRST);

    for (long bit = 0; bit < whole.length * 8L; bit += 13) {
      Edits.replace(files, FIRST, Edits.flipped(whole, bit));
      assertThatThrownBy(() -> augmentations.newest("twitter"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(FIRST)
          .hasMessageContaining("torn or damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Author", "a.b", "1a", "_a", "é", "a b"})
  void a_namespace_is_spelled_as_a_part_of_a_target(String namespace) {
    assertThat(Augmentation.isNamespace(namespace)).isFalse();
    assertThatThrownBy(() -> augmentation(namespace, "s1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
