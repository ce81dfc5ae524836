package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.augment.AugmentationList;
import dev.historics.archive.augment.Augmentations;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of source {@code alpha} whose rows have some words each, joined with a table of words. */
class AugmentJobTest {
  private static final SourceDay ONE = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay TWO = new SourceDay("alpha", ReplayWorld.DAY.plusDays(1));
  private static final Tombstone GONE = new Tombstone(Tombstone.Kind.ID, "a7", Instant.EPOCH, "r1");

  @TempDir private Path home;
  private ReplayWorld world;
  private final Map<String, List<String>> words = new TreeMap<>();
  private final SplittableRandom random = new SplittableRandom(11);

  @BeforeEach
  void two_days() throws IOException {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha()));
    load("a", 700, ONE.day());
    world.seal(ONE, 4096);
    load("b", 90, ONE.day());
    load("c", 60, TWO.day());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void load(String prefix, int count, LocalDate day) throws IOException {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> own = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        own.add("w" + (random.nextBoolean() ? 1 : random.nextInt(40)));
      }
      words.put(prefix + i, own);
      long time = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1000 + i;
      records.add(
          "{\"key\":\"%s%d\",\"at\":%d,\"n\":%d,\"words\":[%s]}"
              .formatted(
                  prefix,
                  i,
                  time,
                  i % 5,
                  String.join(",", own.stream().map(word -> "\"" + word + "\"").toList())));
    }
    world.load("alpha", records);
  }

  /** What the table says about words with an even number. */
  private Map<String, String> rows(String label) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (int i = 0; i < 40; i += 2) {
      rows.put("w" + i, "{\"label\":\"%s %d\",\"score\":%d.5}".formatted(label, i, i));
    }
    return rows;
  }

  private AugmentJob.Request request(
      String label,
      Augmentation.Join join,
      Function<AugmentationList, List<TargetColumn>> considered,
      boolean isTrial)
      throws IOException {
    StringBuilder csv = new StringBuilder("label,word,score,other\n");
    for (int i = 0; i < 40; i += 2) {
      csv.append("%s %d,w%d,%d.5,x\n".formatted(label, i, i, i));
    }
    Path table = home.resolve(label + ".csv");
    Files.writeString(table, csv);
    return new AugmentJob.Request(
        "alpha",
        job().open(table.toUri(), "word", List.of("label", "score")),
        ValueType.TEXT,
        augmentation(label, "alpha.words", join),
        considered,
        isTrial);
  }

  private static Augmentation augmentation(String label, String on, Augmentation.Join join) {
    return new Augmentation(
        "word",
        on,
        "word",
        List.of(
            new TargetColumn("word.label", TargetColumn.Kind.TEXT),
            new TargetColumn("word.score", TargetColumn.Kind.FLOAT)),
        join,
        label + ".csv",
        label,
        ReplayWorld.CLOCK.instant(),
        0);
  }

  private AugmentJob.Request request(String label) throws IOException {
    return request(label, Augmentation.Join.LEFT, AugmentationList::columns, false);
  }

  private AugmentJob job() {
    return new AugmentJob(world.setting(), new CompactionSettings(20_000, 4096));
  }

  private AugmentJob.Report run(AugmentJob.Request request) throws Exception {
    return job().run(request, List.of(ONE, TWO), share -> assertThat(share).isBetween(0.0, 1.0));
  }

  @Test
  void every_row_gets_what_the_table_says_of_its_first_word_there_and_nothing_else_changes()
      throws Exception {
    assertThat(newest(ONE).files().get(0).rowGroupOffsets()).hasSizeGreaterThan(1);
    new Tombstones(world.archive()).add("alpha", List.of(GONE));
    Map<String, String> rows = rows("first");

    AugmentJob.Report report = run(request("first"));

    for (AugmentJob.Day day : report.days()) {
      assertThat(day.state()).isEqualTo(AugmentJob.State.AUGMENTED);
      assertThat(found(day.day())).isEqualTo(expected(day.day(), rows));
      assertThat(day.rows()).isEqualTo(expected(day.day(), rows).size());
      assertThat(day.matched()).isEqualTo(count(day.day(), rows));
      assertThat(day.withoutKey())
          .isEqualTo(ids(day.day()).stream().filter(id -> words.get(id).isEmpty()).count());
      assertThat(new Verifier(world.archive()).verify(day.day())).isEmpty();
      assertThat(newest(day.day()).considered()).hasSize(2);
      assertThat(newest(day.day()).hasLanding()).isFalse();
    }
    assertThat(newest(ONE).takenDown()).isEqualTo(1);
    assertThat(report.lonely()).hasSize(10).containsKey("w1");
    assertThat(new Augmentations(world.archive()).newest("alpha").entries())
        .containsExactly(request("first").augmentation().withMatched(report.matched()));
    assertThat(world.resultPaths()).isEmpty();
    assertThat(world.archive().files().list(ONE.directory() + "/_pins")).isEmpty();
  }

  @Test
  void again_only_days_are_done_to_which_something_came_in_and_another_table_replaces()
      throws Exception {
    run(request("first"));
    Manifest before = newest(ONE);
    load("d", 30, TWO.day());

    AugmentJob.Report again = run(request("first"));
    assertThat(again.days())
        .extracting(AugmentJob.Day::state)
        .containsExactly(AugmentJob.State.DONE, AugmentJob.State.AUGMENTED);
    assertThat(newest(ONE)).isEqualTo(before);
    assertThat(found(TWO)).isEqualTo(expected(TWO, rows("first")));

    run(request("second"));
    assertThat(found(ONE)).isEqualTo(expected(ONE, rows("second")));
  }

  @Test
  void a_trial_counts_the_same_and_changes_nothing() throws Exception {
    AugmentJob.Report tried =
        run(request("first", Augmentation.Join.LEFT, AugmentationList::columns, true));

    assertThat(newest(ONE).version()).isEqualTo(3);
    assertThat(new Augmentations(world.archive()).newest("alpha").entries()).isEmpty();
    assertThat(tried.days())
        .extracting(AugmentJob.Day::matched)
        .containsExactly(count(ONE, rows("first")), count(TWO, rows("first")));
  }

  @Test
  void a_day_that_others_make_anew_meanwhile_is_joined_again() throws Exception {
    AtomicInteger rounds = new AtomicInteger();

    AugmentJob.Report report =
        run(
            request(
                "first",
                Augmentation.Join.LEFT,
                declared -> {
                  rewriteOnce(rounds.getAndIncrement());
                  return declared.columns();
                },
                false));

    assertThat(rounds.get()).isEqualTo(2);
    assertThat(report.days())
        .extracting(AugmentJob.Day::state)
        .containsOnly(AugmentJob.State.AUGMENTED);
    assertThat(found(ONE)).isEqualTo(expected(ONE, rows("first")));
    assertThat(found(TWO)).isEqualTo(expected(TWO, rows("first")));
  }

  /** Somebody else makes a day anew, and something comes in to the other. */
  private void rewriteOnce(int round) {
    try {
      if (round == 0) {
        new Compactor(world.archive(), CompactionSettings.STANDARD)
            .rewrite(ONE, List.of(), world.dialect("alpha").stripping());
        load("e", 3, TWO.day());
      } else {
        words.keySet().removeIf(id -> id.startsWith("e"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_damaged_day_is_named_and_stays_and_the_other_is_done() throws Exception {
    String path = newest(TWO).pathOf(newest(TWO).files().get(0));
    damage(path);

    AugmentJob.Report report = run(request("first"));

    assertThat(report.days())
        .extracting(AugmentJob.Day::state)
        .containsExactly(AugmentJob.State.AUGMENTED, AugmentJob.State.FAILED);
    assertThat(report.days().get(1).problem()).contains(path).contains("cut or damaged");
    assertThat(newest(TWO).version()).isEqualTo(1);
  }

  private void damage(String path) throws IOException {
    ArchiveFiles files = world.archive().files();
    byte[] bytes;
    try (ArchiveInput in = files.open(path)) {
      bytes = in.stream().readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private Manifest newest(SourceDay day) throws IOException {
    return world.archive().newest(day).orElseThrow();
  }

  private long count(SourceDay day, Map<String, String> rows) {
    return ids(day).stream()
        .filter(id -> words.get(id).stream().anyMatch(rows::containsKey))
        .count();
  }

  /** The ids of a day that are not taken down, or came in after the day was read. */
  private List<String> ids(SourceDay day) {
    return world.stored(day).stream()
        .map(Interaction::id)
        .filter(id -> words.containsKey(id))
        .toList();
  }

  private Map<String, String> expected(SourceDay day, Map<String, String> rows) throws IOException {
    boolean isGone = new Tombstones(world.archive()).newest("alpha").entries().contains(GONE);
    Map<String, String> expected = new TreeMap<>();
    for (Interaction row : world.stored(day)) {
      if (isGone && row.id().equals(GONE.value())) {
        words.remove(row.id());
        continue;
      }
      String raw = new String(row.raw(), StandardCharsets.UTF_8);
      expected.put(
          row.id(),
          words.getOrDefault(row.id(), List.of()).stream()
              .filter(rows::containsKey)
              .findFirst()
              .map(word -> raw.substring(0, raw.length() - 1) + ",\"word\":" + rows.get(word) + "}")
              .orElse(raw));
    }
    return expected;
  }

  private Map<String, String> found(SourceDay day) throws IOException {
    Map<String, String> found = new TreeMap<>();
    Manifest newest = newest(day);
    for (DataFile file : newest.files()) {
      try (LiveRows rows =
          LiveRows.open(
              world.archive().files(),
              day,
              file,
              new Tombstones(world.archive()).newest(day.source()))) {
        while (rows.hasNext()) {
          Interaction row = rows.next();
          found.put(row.id(), new String(row.raw(), StandardCharsets.UTF_8));
        }
      }
    }
    return found;
  }
}
