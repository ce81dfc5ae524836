package dev.historics.archive.takedown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Bits flipped anywhere in an archive: found by whoever verifies, and nobody reads anything else
 * than before. {@code -Dflips=10000} for the full number.
 */
class BitFlipsTest {
  private static final int FLIPS = Integer.getInteger("flips", 600);
  private static final SourceDay SEALED = new SourceDay("twitter", Records.DAY);

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  /** A sealed day and a landing file, one with rows that are gone; tombstones and a receipt. */
  private void fill() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 120, 2, 1));
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(SEALED, Archives.CONSIDERED, Stripping.STANDARD);
    Takedown takedown =
        new Takedown(
            archive,
            new Compactor(archive, CompactionSettings.STANDARD),
            new Sweeper(archive, Duration.ofHours(1)),
            source -> new Takedown.Layout(Archives.CONSIDERED, Stripping.STANDARD));
    Tombstone wish = new Tombstone(Tombstone.Kind.ID, "a7", Archives.NOW, "t1");
    Receipt receipt = takedown.plan("t1", List.of(wish), List.of("twitter"), "asked for");
    takedown.finishNow(takedown.run(receipt, (done, total) -> {}));
    Manifest.Content content = archive.newest(SEALED).orElseThrow().content();
    IdSet gone = new IdSet();
    gone.add(IdHash.of("a3"));
    List<DataFile> after = new ArrayList<>(content.files());
    if (holds(after.get(0), "a3")) {
      after.set(0, Removals.supersede(files, SEALED, after.get(0), gone));
    }
    archive.publish(SEALED, newest -> Optional.of(content.with(after, content.ledger())));
  }

  private boolean holds(DataFile file, String id) throws IOException {
    try (LiveRows rows =
        LiveRows.open(files, SEALED, file, new Tombstones(archive).newest("twitter"))) {
      while (rows.hasNext()) {
        if (rows.next().id().equals(id)) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] read(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return in.stream().readAllBytes();
    }
  }

  private void replace(String path, byte[] bytes) throws IOException {
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  /** What a query reads. */
  private String rows() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (LocalDate day : List.of(Records.DAY, Records.DAY.plusDays(1))) {
      Manifest newest = archive.newest(new SourceDay("twitter", day)).orElseThrow();
      for (DataFile file : newest.files()) {
        try (LiveRows live =
            LiveRows.open(files, newest.day(), file, new Tombstones(archive).newest("twitter"))) {
          while (live.hasNext()) {
            rows.append(new String(live.next().raw(), StandardCharsets.UTF_8)).append('\n');
          }
        }
      }
    }
    return rows.toString();
  }

  private List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    for (SourceDay day : archive.days()) {
      problems.addAll(new Verifier(archive).verify(day));
    }
    SourceAudit audit = new SourceAudit(archive);
    problems.addAll(audit.verify("twitter"));
    problems.addAll(audit.receipts());
    problems.removeIf(problem -> problem.contains("the ledger does not add up"));
    return problems;
  }

  /** Manifests and tombstones of before are history: nobody reads them but sweeps. */
  private List<String> paths() throws IOException {
    List<String> paths = Archives.paths(files, "");
    for (SourceDay day : archive.days()) {
      for (long old = 1; old < archive.newest(day).orElseThrow().version(); old++) {
        paths.remove(Archive.manifestPath(day, old));
      }
    }
    return paths;
  }

  @Test
  void no_flipped_bit_goes_unnoticed() throws IOException {
    fill();
    String whole = rows();
    assertThat(problems()).isEmpty();
    List<String> paths = paths();
    assertThat(paths).anyMatch(path -> path.endsWith(".gone"));
    assertThat(paths).contains("_receipts/t1.json", "source=twitter/_tombstones/00000001.json");
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < FLIPS; i++) {
      String path = paths.get(i % paths.size());
      byte[] sound = read(path);
      byte[] damaged = sound.clone();
      int place = random.nextInt(sound.length);
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      replace(path, damaged);

      assertThat(problems()).as("%s, byte %d", path, place).isNotEmpty();
      assertThat(readOrFail()).as("%s, byte %d", path, place).isIn(whole, "failed");
      replace(path, sound);
    }
  }

  private String readOrFail() {
    try {
      return rows();
    } catch (IOException e) {
      return "failed";
    }
  }
}
