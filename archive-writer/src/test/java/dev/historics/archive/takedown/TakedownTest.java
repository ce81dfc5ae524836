package dev.historics.archive.takedown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneCheck;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultyFiles;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Pins;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TakedownTest {
  private static final String SECRET = "meet me at the old mill";

  /** Every so many operations one is made to fail; {@code -Dtakedown.step=1} for each. */
  private static final int STEP = Integer.getInteger("takedown.step", 7);

  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Takedown.Watch NOBODY = (done, total) -> {};

  private Instant now = Archives.NOW;
  private final InstantSource clock = () -> now;
  private final ArchiveFiles files = new MemoryFiles(clock);
  private final Archive archive = new Archive(files, clock);
  private final Receipts receipts = new Receipts(archive);

  private static Takedown takedown(Archive archive) {
    return new Takedown(
        archive,
        new Compactor(archive, CompactionSettings.STANDARD),
        new Sweeper(archive, GRACE),
        source -> new Takedown.Layout(Archives.CONSIDERED, Stripping.STANDARD));
  }

  private static String tweet(String id, int day, String author, String content) {
    return """
        {"interaction":{"id":"%s","created_at":"%sT10:00:00Z","content":"%s","author":{"username":"%s"}}}"""
        .formatted(id, Records.DAY.plusDays(day), content, author);
  }

  /** Three days: bob in the first, landing and sealed, and in the third; the second is others'. */
  private static void fill(Archive archive) throws IOException {
    Archives.load(
        archive,
        "b1",
        List.of(
            tweet("a1", 0, "ann", "hello"),
            tweet("a2", 0, "bob", SECRET),
            tweet("b1", 1, "ann", "hello"),
            tweet("c1", 2, "bob", SECRET),
            tweet("", 2, "bob", SECRET),
            tweet("", 2, "ann", "no id")));
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    Archives.load(
        archive,
        "b2",
        List.of(
            tweet("a3", 0, "bob", SECRET),
            tweet("a4", 0, "eve", "@bob said something"),
            tweet("a5", 0, "bobby", "hello")));
  }

  private static List<Tombstone> bob() {
    return List.of(new Tombstone(Tombstone.Kind.AUTHOR, "bob", Archives.NOW, "t1"));
  }

  private Receipt plan() {
    return takedown(archive).plan("t1", bob(), List.of("twitter"), "asked for");
  }

  private byte[] read(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return in.stream().readAllBytes();
    }
  }

  /** What is in the archive's files, as far as anybody can read it; every file is looked at. */
  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    List<String> unnamed = Archives.paths(files, "");
    for (SourceDay day : archive.days()) {
      Manifest newest = archive.newest(day).orElseThrow();
      for (DataFile file : newest.files()) {
        try (InteractionReader rows = InteractionReader.open(files, day, file)) {
          while (rows.hasNext()) {
            all.append(new String(rows.next().raw(), StandardCharsets.UTF_8)).append('\n');
          }
        }
      }
      unnamed.removeAll(newest.paths().stream().map(path -> day.directory() + "/" + path).toList());
    }
    // Without data files, nothing is compressed any more.
    assertThat(unnamed).noneMatch(path -> path.contains("/data/"));
    for (String path : unnamed) {
      all.append(new String(read(path), StandardCharsets.ISO_8859_1)).append('\n');
    }
    return all.toString();
  }

  @Test
  void in_the_end_no_file_holds_what_was_taken_down() throws IOException {
    fill(archive);

    Receipt waiting = takedown(archive).run(plan(), NOBODY);

    assertThat(waiting.state()).isEqualTo(Receipt.State.WAITING);
    assertThat(Archives.ids(archive)).containsExactly("a1", "a4", "a5", "b1");
    assertThat(waiting.removed()).isEqualTo(3);
    assertThat(waiting.days()).extracting(Receipt.Day::removed).containsExactly(2L, 1L);
    assertThat(waiting.days().get(0).before()).hasSize(3);
    assertThat(waiting.days().get(1).after()).isEmpty();
    assertThat(waiting.lots()).singleElement().extracting(Receipt.Lot::removed).isEqualTo(1L);
    assertThat(waiting.mentions()).isEqualTo(1);
    assertThat(waiting.mentionedIn()).containsExactly("twitter 2017-08-05 a4");
    assertThat(takedown(archive).left(waiting)).hasSize(7);
    assertThat(receipts.open()).containsExactly(waiting);

    now = now.plus(GRACE).plusSeconds(1);
    Receipt complete = takedown(archive).run(waiting, NOBODY);

    assertThat(complete.state()).isEqualTo(Receipt.State.COMPLETE);
    assertThat(takedown(archive).left(complete)).isEmpty();
    assertThat(everything()).contains("no id", "@bob said").doesNotContain(SECRET);
    assertThat(receipts.open()).isEmpty();
    assertThat(receipts.find("t1")).contains(complete);
    assertThat(files.list("_receipts")).containsExactly("t1.json");
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  /** The archive as somebody knows it who began before the tombstones were there. */
  private Archive unaware() {
    ArchiveFiles blind =
        (ArchiveFiles)
            Proxy.newProxyInstance(
                ArchiveFiles.class.getClassLoader(),
                new Class<?>[] {ArchiveFiles.class},
                (proxy, method, arguments) ->
                    method.getName().equals("list") && arguments[0].toString().contains("_tombst")
                        ? List.of()
                        : method.invoke(files, arguments));
    return new Archive(blind, clock);
  }

  /** One that does not know of the tombstones yet, or one that does; each before ours. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_another_compaction_moves_or_leaves_out_counts_once(boolean isAware) throws IOException {
    fill(archive);
    Compactor other = new Compactor(isAware ? archive : unaware(), CompactionSettings.STANDARD);
    Takedown takedown =
        new Takedown(
            archive,
            new Compactor(archive, CompactionSettings.STANDARD),
            new Sweeper(archive, GRACE),
            source -> {
              try {
                other.rewrite(DAY, Archives.CONSIDERED, Stripping.STANDARD);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return new Takedown.Layout(Archives.CONSIDERED, Stripping.STANDARD);
            });

    Receipt receipt = takedown.run(plan(), NOBODY);

    assertThat(receipt.removed()).isEqualTo(3);
    assertThat(receipt.days()).extracting(Receipt.Day::removed).containsExactly(2L, 1L);
    assertThat(Archives.ids(archive)).containsExactly("a1", "a4", "a5", "b1");
  }

  @Test
  void importers_can_ask_whether_a_record_may_come_in() throws IOException {
    fill(archive);
    Manifest before = archive.newest(DAY).orElseThrow();
    takedown(archive).run(plan(), NOBODY);
    TombstoneCheck check = new TombstoneCheck(new Tombstones(archive).newest("twitter"));

    int refused = 0;
    for (DataFile file : before.files()) {
      try (InteractionReader rows = InteractionReader.open(files, DAY, file)) {
        while (rows.hasNext()) {
          refused += check.find(rows.next()).isPresent() ? 1 : 0;
        }
      }
    }

    assertThat(refused).isEqualTo(2);
  }

  @Test
  void a_preview_says_what_would_go_and_changes_nothing() throws IOException {
    fill(archive);
    List<String> before = Archives.paths(files, "");

    Receipt preview = takedown(archive).preview(plan(), NOBODY);

    assertThat(preview.removed()).isEqualTo(3);
    assertThat(preview.lots()).hasSize(1);
    assertThat(preview.mentions()).isEqualTo(1);
    assertThat(Archives.paths(files, "")).isEqualTo(before);
  }

  @Test
  void without_grace_only_a_reader_keeps_old_files() throws IOException {
    fill(archive);
    Pins pins = new Pins(archive);
    pins.pin(DAY, "job");
    Receipt waiting = takedown(archive).run(plan(), NOBODY);

    Receipt read = takedown(archive).finishNow(waiting);
    assertThat(read.state()).isEqualTo(Receipt.State.WAITING);
    assertThat(takedown(archive).left(read))
        .hasSize(3)
        .allMatch(path -> path.startsWith(DAY.directory() + "/data/"));
    pins.release(DAY, "job");

    assertThat(takedown(archive).finishNow(read).state()).isEqualTo(Receipt.State.COMPLETE);
    assertThat(everything()).doesNotContain(SECRET);
  }

  /** As an importer does that has not seen the tombstones yet. */
  private void storeUnasked(String batch, List<String> records) throws IOException {
    Archive elsewhere = new Archive(new MemoryFiles(clock), clock);
    Archives.load(elsewhere, batch, records);
    SourceDay day = elsewhere.days().get(0);
    Manifest manifest = elsewhere.newest(day).orElseThrow();
    for (String path : manifest.paths()) {
      try (ArchiveInput in = elsewhere.files().open(day.directory() + "/" + path);
          ArchiveOutput out = files.create(day.directory() + "/" + path)) {
        byte[] bytes = in.stream().readAllBytes();
        out.write(bytes, 0, bytes.length);
      }
    }
    archive.publish(
        day,
        newest -> {
          Manifest.Content before = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
          List<DataFile> all = new ArrayList<>(before.files());
          all.addAll(manifest.files());
          List<LedgerEntry> ledger = new ArrayList<>(before.ledger());
          ledger.addAll(manifest.ledger());
          return Optional.of(before.with(all, ledger));
        });
  }

  @Test
  void what_came_in_meanwhile_goes_too() throws IOException {
    fill(archive);
    Receipt waiting = takedown(archive).run(plan(), NOBODY);
    storeUnasked("b3", List.of(tweet("b2", 1, "bob", SECRET)));
    now = now.plus(GRACE).plusSeconds(1);

    Receipt again = takedown(archive).run(waiting, NOBODY);

    assertThat(again.removed()).isEqualTo(4);
    assertThat(again.mentions()).isEqualTo(1);
    assertThat(again.state()).isEqualTo(Receipt.State.WAITING);
    now = now.plus(GRACE).plusSeconds(1);
    assertThat(takedown(archive).run(again, NOBODY).state()).isEqualTo(Receipt.State.COMPLETE);
    assertThat(everything()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyFiles.Fault.class,
      names = {"DEAD", "DEAD_AFTER", "FAILS", "ANSWER_LOST"})
  void killed_anywhere_it_is_finished_by_whoever_goes_on(FaultyFiles.Fault fault)
      throws IOException {
    int step = fault == FaultyFiles.Fault.DEAD ? STEP : 3 * STEP;
    for (int at = 1; ; at += step) {
      Instant[] time = {Archives.NOW};
      ArchiveFiles fresh = new MemoryFiles(() -> time[0]);
      Archive sound = new Archive(fresh, () -> time[0]);
      fill(sound);
      FaultyFiles faulty = new FaultyFiles(fresh, fault, at);
      Takedown first = takedown(new Archive(faulty, () -> time[0]));
      Receipt planned = first.plan("t1", bob(), List.of("twitter"), "");
      try {
        first.finishNow(first.run(planned, NOBODY));
      } catch (IOException e) {
        assertThat(faulty.count()).isGreaterThanOrEqualTo(at);
      }
      time[0] = time[0].plus(GRACE).plusSeconds(1);

      Receipt found = new Receipts(sound).find("t1").orElse(planned);
      Receipt last = takedown(sound).run(found, NOBODY);
      time[0] = time[0].plus(GRACE).plusSeconds(1);
      last = takedown(sound).run(last, NOBODY);

      assertThat(last.state()).as("operation %d", at).isEqualTo(Receipt.State.COMPLETE);
      assertThat(last.removed()).as("operation %d", at).isEqualTo(3);
      assertThat(last.days()).allMatch(day -> day.before().size() >= 2 && day.version() > 0);
      assertThat(new Receipts(sound).find("t1")).contains(last);
      assertThat(Archives.ids(sound)).containsExactly("a1", "a4", "a5", "b1");
      List<String> named = new ArrayList<>();
      for (SourceDay day : sound.days()) {
        sound
            .newest(day)
            .orElseThrow()
            .paths()
            .forEach(path -> named.add(day.directory() + "/" + path));
      }
      assertThat(Archives.paths(fresh, ""))
          .filteredOn(path -> path.contains("/data/") || path.contains("_staging"))
          .hasSameElementsAs(named);
      if (faulty.count() < at) {
        return;
      }
    }
  }
}
