package dev.historics.archive.testing;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.intake.CommitPolicy;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.takedown.Receipt;
import dev.historics.archive.takedown.Receipts;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Archives for tests, and what lies in them. */
public final class Archives {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final InstantSource CLOCK = InstantSource.fixed(NOW);

  public static final List<TargetColumn> CONSIDERED =
      List.of(
          new TargetColumn("interaction.content", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.id", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.nothing", TargetColumn.Kind.INT));

  private Archives() {}

  public static Archive over(ArchiveFiles files) {
    return new Archive(files, CLOCK);
  }

  /** Imports records as source {@code twitter}. */
  public static ImportReport load(Archive archive, String batch, List<String> records)
      throws IOException {
    return load(archive, batch, ImportSettings.STANDARD, Records.input(records));
  }

  public static ImportReport load(
      Archive archive, String batch, ImportSettings settings, ImportInput... inputs)
      throws IOException {
    return load(archive, batch, settings, CommitPolicy.AT_END, inputs);
  }

  public static ImportReport load(
      Archive archive,
      String batch,
      ImportSettings settings,
      CommitPolicy commits,
      ImportInput... inputs)
      throws IOException {
    return new Importer(archive, settings, commits)
        .run(
            new BatchId(batch),
            () -> new DataSiftMapper("twitter"),
            List.of(inputs),
            ImportWatch.NOBODY);
  }

  /** The ids that a reader of the newest versions sees, sorted; twice if they are there twice. */
  public static List<String> ids(Archive archive) throws IOException {
    List<String> ids = new ArrayList<>();
    for (SourceDay day : archive.days()) {
      Optional<Manifest> manifest = archive.newest(day);
      if (manifest.isPresent()) {
        for (DataFile file : manifest.get().files()) {
          try (InteractionReader rows = InteractionReader.open(archive.files(), day, file)) {
            while (rows.hasNext()) {
              ids.add(rows.next().id());
            }
          }
        }
      }
    }
    ids.sort(null);
    return ids;
  }

  /** All files below a directory. */
  public static List<String> paths(ArchiveFiles files, String directory) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String name : files.list(directory)) {
      String path = directory.isEmpty() ? name : directory + "/" + name;
      List<String> below = paths(files, path);
      if (below.isEmpty()) {
        paths.add(path);
      } else {
        paths.addAll(below);
      }
    }
    return paths;
  }

  /**
   * Every file that the archive is to have: manifests, what the newest name, and the quarantine.
   */
  public static SortedSet<String> named(Archive archive) throws IOException {
    SortedSet<String> named = new TreeSet<>();
    for (SourceDay day : archive.days()) {
      archive
          .newest(day)
          .ifPresent(
              manifest ->
                  manifest.paths().forEach(path -> named.add(day.directory() + "/" + path)));
      String manifests = day.directory() + "/_manifests";
      archive.files().list(manifests).forEach(name -> named.add(manifests + "/" + name));
    }
    for (String source : archive.sources()) {
      for (String lists : List.of("_tombstones", "_augmentations")) {
        String folder = "source=%s/%s".formatted(source, lists);
        archive.files().list(folder).forEach(name -> named.add(folder + "/" + name));
      }
    }
    for (QuarantineShelf.Lot lot : new QuarantineShelf(archive).lots()) {
      named.add(lot.path());
    }
    for (Receipt receipt : new Receipts(archive).open()) {
      String versions = Receipts.path(receipt.id()).replace(".json", "");
      archive.files().list(versions).forEach(name -> named.add(versions + "/" + name));
    }
    return named;
  }
}
