package dev.historics.archive.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultyFiles;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemovalsTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final Instant NOON = Instant.parse("2017-08-05T12:00:00Z");

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);
  private final Tombstones tombstones = new Tombstones(archive);

  private static Tombstone tombstone(Tombstone.Kind kind, String value) {
    return new Tombstone(kind, value, Archives.NOW, "r1");
  }

  private static Tombstone id(String value) {
    return tombstone(Tombstone.Kind.ID, value);
  }

  /** The ids of the rows that count, in the order of the files. */
  private List<String> live(TombstoneList list) throws IOException {
    List<String> ids = new ArrayList<>();
    for (DataFile file : archive.newest(DAY).orElseThrow().files()) {
      try (LiveRows rows = LiveRows.open(files, DAY, file, list)) {
        while (rows.hasNext()) {
          ids.add(rows.next().id());
        }
      }
    }
    return ids;
  }

  /** Marks rows of the day's first file as superseded. */
  private void supersede(String... ids) throws IOException {
    IdSet gone = new IdSet();
    for (String id : ids) {
      gone.add(IdHash.of(id));
    }
    Manifest.Content content = archive.newest(DAY).orElseThrow().content();
    List<DataFile> after = new ArrayList<>(content.files());
    after.set(0, Removals.supersede(files, DAY, after.get(0), gone));
    archive.publish(DAY, newest -> Optional.of(content.with(after, content.ledger())));
  }

  private Optional<CompactionReport> seal() throws IOException {
    return new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
  }

  @Test
  void each_list_holds_all_tombstones_and_stays_as_it_is() throws IOException {
    TombstoneList first = tombstones.add("twitter", List.of(id("a1")));
    TombstoneList second =
        tombstones.add("twitter", List.of(id("a1"), tombstone(Tombstone.Kind.AUTHOR, "bob")));

    assertThat(first.version()).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.entries()).containsExactly(id("a1"), tombstone(Tombstone.Kind.AUTHOR, "bob"));
    assertThat(tombstones.version("twitter", 1)).isEqualTo(first);
    assertThat(tombstones.newest("twitter")).isEqualTo(second);
    assertThat(tombstones.versions("twitter")).containsExactly(1L, 2L);
    assertThat(tombstones.newest("other")).isEqualTo(TombstoneList.none("other"));
    assertThat(archive.days()).isEmpty();
  }

  @Test
  void a_tombstone_that_is_there_is_not_added_again() throws IOException {
    tombstones.add("twitter", List.of(id("a1")));

    TombstoneList again =
        tombstones.add(
            "twitter",
            List.of(new Tombstone(Tombstone.Kind.ID, "a1", Archives.NOW.plusSeconds(9), "r2")));

    assertThat(again.version()).isEqualTo(1);
    assertThat(again.entries()).containsExactly(id("a1"));
  }

  @ParameterizedTest
  @EnumSource(FaultyFiles.Fault.class)
  void whatever_fails_a_list_is_whole_or_not_there(FaultyFiles.Fault fault) throws IOException {
    for (int at = 1; ; at++) {
      ArchiveFiles fresh = new MemoryFiles(Archives.CLOCK);
      Tombstones sound = new Tombstones(Archives.over(fresh));
      sound.add("twitter", List.of(id("a1")));
      FaultyFiles faulty = new FaultyFiles(fresh, fault, at);
      boolean isDone = false;
      try {
        new Tombstones(Archives.over(faulty)).add("twitter", List.of(id("a2")));
        isDone = true;
      } catch (IOException e) {
        assertThat(faulty.count()).isGreaterThanOrEqualTo(at);
      }

      TombstoneList after = sound.newest("twitter");
      assertThat(after.entries()).startsWith(id("a1"));
      assertThat(after.entries().size()).isBetween(isDone ? 2 : 1, 2);
      if (faulty.count() < at) {
        return;
      }
    }
  }

  @Test
  void a_damaged_list_stops_whoever_needs_it() throws IOException {
    tombstones.add("twitter", List.of(id("a1")));
    String path = "source=twitter/_tombstones/00000001.json";
    byte[] text;
    try (ArchiveInput in = files.open(path)) {
      text = in.stream().readAllBytes();
    }
    for (int at = 0; at < text.length; at++) {
      byte[] damaged = text.clone();
      damaged[at] ^= 4;
      files.delete(path);
      try (ArchiveOutput out = files.create(path)) {
        out.write(damaged);
      }

      assertThatThrownBy(() -> tombstones.newest("twitter"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(path + ": the list of tombstones is torn or damaged");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"interaction":{"author":{"username":"bob"}}}              | true
          {"interaction":{"author":{"id":"bob"}}}                    | true
          {"interaction":{"author":{"username":"\\u0062ob"}}}        | true
          {"interaction":{"author":[{"id":1},{"id":"bob"}]}}         | true
          {"Interaction":{"AUTHOR":{"Username":"bob"}}}              | true
          {"interaction":{"author":{"username":"Bob"}}}              | false
          {"interaction":{"author":{"username":"bobby","name":"bob"}}} | false
          {"interaction":{"content":"bob"}}                          | false
          {"author":{"username":"bob"}}                              | false
          {"interaction":{"author":{"username":"bob"                 | true
          not JSON                                                   | false
          """)
  void an_author_is_recognized_by_name_or_id_and_by_nothing_else(String raw, boolean isGone) {
    TombstoneCheck check =
        new TombstoneCheck(
            new TombstoneList("twitter", 1, List.of(tombstone(Tombstone.Kind.AUTHOR, "bob"))));
    Interaction interaction = new Interaction("x", NOON, raw.getBytes(StandardCharsets.UTF_8));

    assertThat(check.find(interaction).isPresent()).isEqualTo(isGone);
  }

  @Test
  void an_author_id_that_is_a_number_is_recognized() {
    TombstoneCheck check =
        new TombstoneCheck(
            new TombstoneList("twitter", 1, List.of(tombstone(Tombstone.Kind.AUTHOR, "42"))));
    byte[] raw = "{\"interaction\":{\"author\":{\"id\":42}}}".getBytes(StandardCharsets.UTF_8);

    assertThat(check.find(new Interaction("x", NOON, raw)))
        .contains(tombstone(Tombstone.Kind.AUTHOR, "42"));
  }

  @Test
  void rows_that_are_gone_do_not_count_and_sealing_leaves_them_out() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 20, 1, 1));
    TombstoneList list = tombstones.add("twitter", List.of(id("a3"), id("a4")));
    supersede("a3", "a5");
    supersede("a6");
    Archives.load(archive, "b2", List.of(Records.record("b1", NOON, "new")));
    Manifest before = archive.newest(DAY).orElseThrow();

    assertThat(live(list)).hasSize(17).doesNotContain("a3", "a4", "a5", "a6");
    assertThat(before.rows()).isEqualTo(18);
    assertThat(before.storedRows()).isEqualTo(21);
    assertThat(new Verifier(archive).verify(DAY))
        .singleElement()
        .asString()
        .contains("the ledger does not add up: 21 stored");

    CompactionReport report = seal().orElseThrow();

    assertThat(report.rows()).isEqualTo(17);
    assertThat(report.takenDown()).isEqualTo(1);
    assertThat(report.manifest().takenDown()).isEqualTo(1);
    assertThat(report.manifest().rows()).isEqualTo(17);
    assertThat(Archives.ids(archive)).hasSize(17).doesNotContain("a3", "a4", "a5", "a6");
  }

  @Test
  void a_day_of_which_nothing_is_left_has_no_files_and_its_books_balance() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 2, 1, 1));
    tombstones.add("twitter", List.of(id("a0"), id("a1")));

    CompactionReport report = seal().orElseThrow();

    assertThat(report.manifest().files()).isEmpty();
    assertThat(report.manifest().takenDown()).isEqualTo(2);
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
    assertThat(seal()).isEmpty();
    Archives.load(archive, "b2", List.of(Records.record("b1", NOON, "new")));
    assertThat(archive.newest(DAY).orElseThrow().rows()).isEqualTo(1);
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  @Test
  void a_sidecar_that_is_not_what_the_manifest_says_is_found() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));
    supersede("a1", "stranger");

    assertThat(new Verifier(archive).verify(DAY))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .endsWith("expected 2 ids of the data file, found 1 of them and 1 others"));
    assertThatThrownBy(this::seal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not add up");
  }
}
