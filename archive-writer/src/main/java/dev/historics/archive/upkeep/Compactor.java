package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.Shredder;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.UnconfirmedPublishException;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.ColumnShapes;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.SealedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seals days: replaces all files of a day by one sealed file, in one step. Readers of the version
 * before go on with the files before, which stay until they are swept. Files that come in meanwhile
 * stay as they are.
 */
public final class Compactor {
  private final Archive archive;
  private final CompactionSettings settings;

  public Compactor(Archive archive, CompactionSettings settings) {
    this.archive = archive;
    this.settings = settings;
  }

  /**
   * Seals one day.
   *
   * @param considered the targets that get a column, if they have a value
   * @param stripping how the source's content is made
   * @return empty if there is nothing to do: no data, sealed already with the same targets and the
   *     same way to make content, or another compaction was faster
   * @throws IllegalArgumentException if a target cannot have a column
   * @throws IOException if a file cannot be read or written; the day is as it was
   */
  public Optional<CompactionReport> compact(
      SourceDay day, List<TargetColumn> considered, Stripping stripping) throws IOException {
    Optional<Manifest> newest = archive.newest(day);
    if (newest.isEmpty() || isSealed(newest.get(), considered, stripping)) {
      return Optional.empty();
    }
    return new Run(newest.get(), considered, stripping).run();
  }

  private static boolean isSealed(
      Manifest manifest, List<TargetColumn> considered, Stripping stripping) {
    return !manifest.hasLanding()
        && manifest.files().size() <= 1
        && manifest.considered().equals(considered)
        && manifest.stripping().equals(stripping.fingerprint());
  }

  /** One compaction. */
  private final class Run {
    private final Manifest before;
    private final List<TargetColumn> considered;
    private final Stripping stripping;
    private final ArchiveFiles files = archive.files();
    private final BucketRuns runs;
    private long read;
    private long dropped;

    Run(Manifest before, List<TargetColumn> considered, Stripping stripping) {
      this.before = before;
      this.considered = List.copyOf(considered);
      this.stripping = stripping;
      long rawBytes = before.files().stream().mapToLong(DataFile::rawBytes).sum();
      this.runs = new BucketRuns(files, before.day(), rawBytes, settings.sortBytesMax());
    }

    Optional<CompactionReport> run() throws IOException {
      DataFile sealed;
      try {
        sealed = seal(distribute());
      } catch (IOException | RuntimeException e) {
        discardRuns(e);
        throw e;
      }
      runs.discard();
      return publish(sealed);
    }

    private void discardRuns(Exception cause) {
      try {
        runs.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    /** Reads everything once, and finds out which columns there will be. */
    private List<StoredColumn> distribute() throws IOException {
      ColumnShapes shapes = new ColumnShapes(new Shredder(considered, stripping));
      IdSet ids = new IdSet();
      for (DataFile file : before.files()) {
        try (InteractionReader rows = InteractionReader.open(files, before.day(), file)) {
          while (rows.hasNext()) {
            Interaction interaction = rows.next();
            IdHash hash = IdHash.of(interaction.id());
            read++;
            if (ids.add(hash)) {
              look(shapes, interaction, file);
              runs.add(interaction, hash);
            } else {
              dropped++;
            }
          }
        }
      }
      return shapes.columns();
    }

    private void look(ColumnShapes shapes, Interaction interaction, DataFile file)
        throws IOException {
      try {
        shapes.add(interaction);
      } catch (IOException e) {
        throw new IOException(
            "%s: interaction '%s': %s"
                .formatted(before.pathOf(file), interaction.id(), e.getMessage()),
            e);
      }
    }

    private DataFile seal(List<StoredColumn> columns) throws IOException {
      SealedWriter out =
          SealedWriter.create(
              files,
              before.day(),
              "%s/%s/sealed-%08d"
                  .formatted(before.day().directory(), Archive.DATA, before.version() + 1),
              columns,
              stripping,
              settings.rowGroupBytes());
      try {
        runs.writeTo(out);
      } catch (IOException | RuntimeException e) {
        discard(out, e);
        throw e;
      }
      return out.finish();
    }

    private static void discard(SealedWriter out, Exception cause) {
      try {
        out.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    private Optional<CompactionReport> publish(DataFile sealed) throws IOException {
      try {
        requireAll(sealed);
        Optional<Manifest> after = archive.publish(before.day(), newest -> content(newest, sealed));
        if (after.isEmpty()) {
          delete(sealed);
        }
        return after.map(
            manifest ->
                new CompactionReport(
                    manifest,
                    sealed.rows(),
                    dropped,
                    before.files().size(),
                    before.bytes(),
                    sealed.bytes()));
      } catch (UnconfirmedPublishException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        try {
          delete(sealed);
        } catch (IOException left) {
          e.addSuppressed(left);
        }
        throw e;
      }
    }

    private void requireAll(DataFile sealed) {
      if (read != before.rows() || sealed.rows() + dropped != read) {
        throw new IllegalStateException(
            "%s: compaction does not add up: the manifest has %d rows, read %d, wrote %d, dropped %d"
                .formatted(before.day(), before.rows(), read, sealed.rows(), dropped));
      }
    }

    private Optional<Manifest.Content> content(Optional<Manifest> newest, DataFile sealed) {
      Manifest.Content now = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
      if (!now.files().containsAll(before.files())) {
        return Optional.empty();
      }
      List<DataFile> after = new ArrayList<>();
      after.add(sealed);
      for (DataFile file : now.files()) {
        if (!before.files().contains(file)) {
          after.add(file);
        }
      }
      return Optional.of(
          new Manifest.Content(
              considered, stripping.fingerprint(), after, now.ledger(), now.dropped() + dropped));
    }

    private void delete(DataFile file) throws IOException {
      for (Sidecar sidecar : file.sidecars()) {
        files.delete(before.pathOf(sidecar));
      }
      files.delete(before.pathOf(file));
    }
  }
}
