package dev.historics.archive.testing;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return new Importer(archive, settings)
        .run(
            new BatchId(batch), new DataSiftMapper("twitter"), List.of(inputs), ImportWatch.NOBODY);
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
}
