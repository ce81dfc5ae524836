package dev.historics.archive.testing;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.intake.CommitPolicy;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.intake.QuarantineRetry;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.takedown.Receipt;
import dev.historics.archive.takedown.Receipts;
import dev.historics.archive.takedown.Takedown;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Sweeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Something that is done to an archive, and may die on the way. */
public enum Scenario {
  /** A second import: some records are there, some are new, one is none. */
  IMPORT {
    @Override
    public void prepare(Archive archive) throws IOException {
      Archives.load(archive, "b1", FIRST);
    }

    @Override
    public void run(Archive archive) throws IOException {
      ImportSettings fewDays =
          ImportSettings.STANDARD
              .withOpenDaysMax(2)
              .withMemoryBytesMax(ImportSettings.MEMORY_BYTES_MIN);
      Archives.load(archive, "b2", fewDays, Records.input(SECOND));
    }

    @Override
    public Model before() {
      return Model.EMPTY.with(FIRST);
    }

    @Override
    public Model after() {
      return before().with(SECOND);
    }
  },

  /** Records that were put aside are tried again with a mapper that takes most of them. */
  RETRY {
    @Override
    public void prepare(Archive archive) throws IOException {
      Archives.load(archive, "b1", FIRST);
      Archives.load(archive, "b2", MISSPELT);
    }

    @Override
    public void run(Archive archive) throws IOException {
      QuarantineRetry retry = new QuarantineRetry(archive, ImportSettings.STANDARD);
      for (QuarantineShelf.Lot lot : new QuarantineShelf(archive).lots()) {
        BatchId batch = new BatchId("%s-again-%d".formatted(lot.batch(), lot.version()));
        retry.run(lot, batch, MendingMapper::new, ImportWatch.NOBODY);
      }
    }

    @Override
    public Model before() {
      return Model.EMPTY.with(FIRST).with(MISSPELT);
    }

    @Override
    public Model after() {
      return before().retried(new MendingMapper());
    }
  },

  /** The same import, which commits on the way. */
  STREAM {
    @Override
    public void prepare(Archive archive) throws IOException {
      IMPORT.prepare(archive);
    }

    @Override
    public void run(Archive archive) throws IOException {
      CommitPolicy often = new CommitPolicy(17, CommitPolicy.Bell.SILENT);
      Archives.load(
          archive, "b2", ImportSettings.STANDARD, often, Records.input("in", bytes(SECOND)));
    }

    /** Each commit makes a day whole anew. */
    @Override
    public boolean isWhole(Model left) {
      return left.isWithin(before(), after());
    }

    @Override
    public Model before() {
      return IMPORT.before();
    }

    @Override
    public Model after() {
      return IMPORT.after();
    }
  },

  /** The same import of a file, which another one like it goes on with. */
  RESUME {
    @Override
    public void prepare(Archive archive) throws IOException {
      IMPORT.prepare(archive);
    }

    @Override
    public void run(Archive archive) throws IOException {
      new Importer(archive, ImportSettings.STANDARD, new CommitPolicy(17, CommitPolicy.Bell.SILENT))
          .resuming("mapping 1")
          .run(
              new BatchId("b2"),
              () -> new DataSiftMapper("twitter"),
              ImportInput.at(file(SECOND)),
              ImportWatch.NOBODY);
    }

    /** The same file for every process, whole whenever it is there. */
    private Path file(List<String> records) throws IOException {
      Path file = Path.of(System.getProperty("java.io.tmpdir"), "historics-resume-scenario.ndjson");
      Path whole = Files.createTempFile("historics-resume", ".part");
      Files.write(whole, bytes(records));
      return Files.move(
          whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean isWhole(Model left) {
      return STREAM.isWhole(left);
    }

    @Override
    public Model before() {
      return IMPORT.before();
    }

    @Override
    public Model after() {
      return IMPORT.after();
    }
  },

  /** Some interactions are taken down, landed and sealed ones. */
  TAKEDOWN {
    @Override
    public void prepare(Archive archive) throws IOException {
      COMPACT.prepare(archive);
      COMPACT.run(archive);
      Archives.load(archive, "b3", THIRD);
    }

    @Override
    public void run(Archive archive) throws IOException {
      Takedown takedown =
          new Takedown(
              archive,
              new Compactor(archive, CompactionSettings.STANDARD),
              new Sweeper(archive, Duration.ofDays(1)),
              source -> new Takedown.Layout(Archives.CONSIDERED, Stripping.STANDARD));
      Optional<Receipt> open = new Receipts(archive).find("t1");
      List<Tombstone> wishes = new ArrayList<>();
      for (String id : TAKEN_DOWN) {
        wishes.add(new Tombstone(Tombstone.Kind.ID, id, Archives.NOW, "t1"));
      }
      takedown.run(
          open.orElse(takedown.plan("t1", wishes, List.of("twitter"), "asked for")),
          (done, total) -> {});
    }

    @Override
    public Model before() {
      return COMPACT.after().with(THIRD);
    }

    @Override
    public Model after() {
      return before().without(TAKEN_DOWN);
    }
  },

  /** All days are sealed, by way of runs in temporary files. */
  COMPACT {
    @Override
    public void prepare(Archive archive) throws IOException {
      IMPORT.prepare(archive);
      IMPORT.run(archive);
    }

    @Override
    public void run(Archive archive) throws IOException {
      Compactor compactor = new Compactor(archive, new CompactionSettings(1000, 1 << 20));
      for (SourceDay day : archive.days()) {
        compactor.compact(day, Archives.CONSIDERED, Stripping.STANDARD);
      }
    }

    @Override
    public Model before() {
      return IMPORT.after();
    }

    @Override
    public Model after() {
      return before();
    }
  },

  /** Some interactions come in again, edited; those before are in landing and in sealed files. */
  EDIT {
    @Override
    public void prepare(Archive archive) throws IOException {
      COMPACT.prepare(archive);
      COMPACT.run(archive);
      Archives.load(archive, "b3", THIRD);
    }

    @Override
    public void run(Archive archive) throws IOException {
      Archives.load(archive, "b4", EDITED);
    }

    @Override
    public Model before() {
      return COMPACT.after().with(THIRD);
    }

    @Override
    public Model after() {
      return before().with(EDITED);
    }
  },

  /** All days get values from a table; a part of one of them has those of an earlier table. */
  AUGMENT {
    @Override
    public void prepare(Archive archive) throws IOException {
      IMPORT.prepare(archive);
      new Words("earlier").augment(archive);
      IMPORT.run(archive);
    }

    @Override
    public void run(Archive archive) throws IOException {
      new Words("later").augment(archive);
    }

    @Override
    public Model before() {
      Model first = IMPORT.before().changed(new Words("earlier")::augmented);
      return first.with(SECOND);
    }

    @Override
    public Model after() {
      return IMPORT.after().changed(new Words("later")::augmented);
    }
  },

  /** The files of versions that nobody reads any more are removed. */
  SWEEP {
    @Override
    public void prepare(Archive archive) throws IOException {
      COMPACT.prepare(archive);
      COMPACT.run(archive);
    }

    @Override
    public void run(Archive archive) throws IOException {
      Archive later =
          new Archive(
              archive.files(), InstantSource.offset(Archives.CLOCK, Duration.ofDays(40_000)));
      Sweeper sweeper = new Sweeper(later, Duration.ofDays(1));
      for (SourceDay day : later.days()) {
        sweeper.sweep(day);
      }
      sweeper.sweepQuarantine("twitter");
    }

    @Override
    public Model before() {
      return COMPACT.after();
    }

    @Override
    public Model after() {
      return before();
    }
  };

  private static final SortedSet<String> TAKEN_DOWN = new TreeSet<>(Set.of("a3", "a45", "c1"));
  private static final List<String> THIRD = Records.some("c", 10, 2, 3);
  private static final List<String> FIRST = Records.some("a", 40, 3, 1);
  private static final List<String> SECOND = second();
  private static final List<String> EDITED = edited();

  private static final List<String> MISSPELT = misspelt();

  /** Some are there already, and one is beyond help. */
  private static List<String> misspelt() {
    List<String> records = new ArrayList<>();
    for (String record : Records.some("a", 80, 2, 1).subList(30, 80)) {
      records.add(MendingMapper.misspelt(record));
    }
    records.add(7, "no JSON");
    return records;
  }

  /** Some twice, the later version first. */
  private static List<String> edited() {
    List<String> records = new ArrayList<>();
    for (String record : List.of(FIRST.get(3), FIRST.get(17), THIRD.get(2), THIRD.get(5))) {
      records.add(
          record.replace("\"content\":", "\"updated_at\":\"2017-09-02T00:00:00Z\",\"content\":"));
      records.add(
          record.replace("\"content\":", "\"updated_at\":\"2017-09-01T00:00:00Z\",\"content\":"));
    }
    return records;
  }

  private static List<String> second() {
    List<String> records = new ArrayList<>(Records.some("a", 60, 3, 1));
    records.add(30, "no JSON");
    records.add(31, "{\"delete\":\"never-there\"}");
    return records;
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** Makes the archive that is there when the scenario begins. */
  public abstract void prepare(Archive archive) throws IOException;

  /** Does it; to be done again if it died. */
  public abstract void run(Archive archive) throws IOException;

  /** Whether what a scenario that died or failed leaves behind is whole. */
  public boolean isWhole(Model left) {
    return left.isBetween(before(), after());
  }

  /** What the archive holds when the scenario begins. */
  public abstract Model before();

  /** What the archive holds when it was done. */
  public abstract Model after();

  /** Runs the scenario named first over the archive named second. */
  public static void main(String[] arguments) throws IOException {
    try (Archive archive = Archives.over(new LocalFiles(Path.of(arguments[1])))) {
      valueOf(arguments[0]).run(archive);
    }
  }
}
