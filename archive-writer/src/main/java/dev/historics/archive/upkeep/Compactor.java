package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.UnconfirmedPublishException;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.ColumnsOutgrownException;
import dev.historics.archive.format.SealedColumns;
import dev.historics.archive.format.SealedOrder;
import dev.historics.archive.format.SealedWriter;
import dev.historics.archive.kill.KillPoint;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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
    Optional<Sealing> sealing = seal(day, considered, stripping);
    return sealing.isPresent() ? sealing.get().publish() : Optional.empty();
  }

  /** A day's new file, which nobody reads yet. */
  @FunctionalInterface
  public interface Sealing {
    /**
     * Puts it in the place of the files before, once the storage has made it durable.
     *
     * @return empty if another compaction was faster
     * @throws IOException if the storage fails; the day is as it was
     */
    Optional<CompactionReport> publish() throws IOException;
  }

  /** The first part of {@link #compact}: all but what is mostly waiting for the storage. */
  public Optional<Sealing> seal(SourceDay day, List<TargetColumn> considered, Stripping stripping)
      throws IOException {
    Optional<Manifest> newest = archive.newest(day);
    if (newest.isEmpty() || isSealed(newest.get(), considered, stripping)) {
      return Optional.empty();
    }
    return Optional.of(new Run(newest.get(), considered, stripping, RowEdit.NONE).seal());
  }

  /** Whether there is nothing more to seal, with whatever columns. */
  public static boolean isSealed(Manifest manifest) {
    return manifest.files().isEmpty()
        || (!manifest.hasLanding()
            && manifest.files().size() == 1
            && manifest.rows() == manifest.storedRows());
  }

  /** Whether a day is sealed, and with these targets and this way to make content. */
  public static boolean isSealed(
      Manifest manifest, List<TargetColumn> considered, Stripping stripping) {
    boolean isAsWanted =
        manifest.considered().equals(considered)
            && manifest.stripping().equals(stripping.fingerprint());
    return isSealed(manifest) && (manifest.files().isEmpty() || isAsWanted);
  }

  /**
   * Makes a day's files anew even if it is sealed: what was taken down is left out for good. Else
   * as {@link #compact}.
   */
  public Optional<CompactionReport> rewrite(
      SourceDay day, List<TargetColumn> considered, Stripping stripping) throws IOException {
    Optional<Manifest> newest = archive.newest(day);
    if (newest.isEmpty() || newest.get().files().isEmpty()) {
      return Optional.empty();
    }
    return new Run(newest.get(), considered, stripping, RowEdit.NONE).seal().publish();
  }

  /**
   * Makes a day's files anew, its interactions changed on the way. Files that came in since are
   * left as they are.
   *
   * @param before the version whose files are read
   * @return empty if some of these files were replaced meanwhile, or if there are none
   * @throws IOException if a file cannot be read or written, or {@code edit} throws it; the day is
   *     as it was
   */
  public Optional<CompactionReport> edit(
      Manifest before, List<TargetColumn> considered, Stripping stripping, RowEdit edit)
      throws IOException {
    if (before.files().isEmpty()) {
      return Optional.empty();
    }
    return new Run(before, considered, stripping, edit).seal().publish();
  }

  /** One compaction. */
  private final class Run {
    /**
     * Of so many interactions at the start, and then of one in so many, all values are looked at.
     */
    private static final int LEARNT_FIRST = 256;

    private static final int LEARNT_EVERY = 16;

    private final Manifest before;
    private final List<TargetColumn> considered;
    private final Stripping stripping;
    private final RowEdit edit;
    private final ArchiveFiles files = archive.files();
    private final SealedOrder order;
    private final SortedRows rows;
    private long read;
    private long dropped;
    private long takenDown;
    private long superseded;

    Run(Manifest before, List<TargetColumn> considered, Stripping stripping, RowEdit edit) {
      this.before = before;
      this.considered = List.copyOf(considered);
      this.stripping = stripping;
      this.edit = edit;
      long rawBytes = before.files().stream().mapToLong(DataFile::rawBytes).sum();
      this.order = SealedOrder.suiting(rawBytes);
      this.rows = new SortedRows(files, before.day(), order, settings.sortBytesMax());
    }

    Sealing seal() throws IOException {
      List<DataFile> sealed;
      try {
        sealed = seal(gather());
        KillPoint.COMPACT_AFTER_SEALED_FILE.reached();
      } catch (IOException | RuntimeException e) {
        discardRows(e);
        throw e;
      }
      rows.discard();
      return () -> {
        KillPoint.COMPACT_BEFORE_PUBLISH.reached();
        return publish(sealed);
      };
    }

    private void discardRows(Exception cause) {
      try {
        rows.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    /** Reads everything once, and learns from a part of it which columns there will be. */
    private SealedColumns gather() throws IOException {
      TombstoneList tombstones = new Tombstones(archive).newest(before.day().source());
      SealedColumns columns = new SealedColumns(considered, stripping);
      for (DataFile file : before.files()) {
        try (LiveRows live = LiveRows.open(files, before.day(), file, tombstones)) {
          while (live.hasNext()) {
            Interaction stored = live.next();
            Interaction interaction = edit.edit(file, live.row(), stored);
            if (read < LEARNT_FIRST || read % LEARNT_EVERY == 0) {
              learn(columns, interaction);
            }
            read++;
            rows.add(interaction, IdHash.of(interaction.id()));
          }
          takenDown += live.takenDown();
          superseded += live.superseded();
        }
      }
      KillPoint.COMPACT_AFTER_READ.reached();
      return columns;
    }

    private void learn(SealedColumns columns, Interaction interaction) throws IOException {
      try {
        columns.learn(interaction);
      } catch (IOException e) {
        throw unreadable(interaction, e);
      }
    }

    private IOException unreadable(Interaction interaction, IOException e) {
      return new IOException(
          "%s: interaction '%s': %s".formatted(before.day(), interaction.id(), e.getMessage()), e);
    }

    /** The sealed file; none if no row is left. */
    private List<DataFile> seal(SealedColumns columns) throws IOException {
      if (read == 0) {
        return List.of();
      }
      try {
        return List.of(write(columns));
      } catch (ColumnsOutgrownException e) {
        rows.writeTo((interaction, hash) -> learn(columns, interaction));
        return List.of(write(columns));
      }
    }

    private DataFile write(SealedColumns columns) throws IOException {
      SealedWriter out =
          SealedWriter.create(
              files,
              before.day(),
              "%s/%s/sealed-%08d"
                  .formatted(before.day().directory(), Archive.DATA, before.version() + 1),
              columns,
              order,
              settings.rowGroupBytes());
      try {
        dropped = rows.writeTo((interaction, hash) -> append(out, interaction, hash));
      } catch (IOException | RuntimeException e) {
        discard(out, e);
        throw e;
      }
      return out.finish().withAugmented(edit.marks(marks()));
    }

    /** The marks of what all files went through, and those of what some have. */
    private List<String> marks() {
      SortedSet<String> marks = new TreeSet<>();
      before.files().forEach(file -> marks.addAll(file.augmented()));
      marks.removeIf(
          mark ->
              DataFile.isOfAllRows(mark)
                  && !before.files().stream().allMatch(file -> file.augmented().contains(mark)));
      return List.copyOf(marks);
    }

    private void append(SealedWriter out, Interaction interaction, IdHash hash) throws IOException {
      try {
        out.append(interaction, hash);
      } catch (ColumnsOutgrownException e) {
        throw e;
      } catch (IOException e) {
        throw unreadable(interaction, e);
      }
    }

    private static void discard(SealedWriter out, Exception cause) {
      try {
        out.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    private Optional<CompactionReport> publish(List<DataFile> sealed) throws IOException {
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
                    read - dropped,
                    dropped,
                    takenDown,
                    before.files().size(),
                    before.bytes(),
                    sealed.stream().mapToLong(DataFile::bytes).sum()));
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

    private void requireAll(List<DataFile> sealed) {
      long written = sealed.stream().mapToLong(DataFile::rows).sum();
      if (read + takenDown != before.rows()
          || read + takenDown + superseded != before.storedRows()
          || written + dropped != read) {
        throw new IllegalStateException(
            "%s: compaction does not add up: the manifest has %d rows in %d, read %d, superseded %d, taken down %d, wrote %d, dropped %d"
                .formatted(
                    before.day(),
                    before.rows(),
                    before.storedRows(),
                    read,
                    superseded,
                    takenDown,
                    written,
                    dropped));
      }
    }

    private Optional<Manifest.Content> content(Optional<Manifest> newest, List<DataFile> sealed) {
      Manifest.Content now = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
      if (!now.files().containsAll(before.files())) {
        return Optional.empty();
      }
      List<DataFile> after = new ArrayList<>(sealed);
      for (DataFile file : now.files()) {
        if (!before.files().contains(file)) {
          after.add(file);
        }
      }
      return Optional.of(
          new Manifest.Content(
              considered,
              stripping.fingerprint(),
              after,
              now.ledger(),
              now.dropped() + dropped,
              now.takenDown() + takenDown,
              now.expired()));
    }

    private void delete(List<DataFile> sealed) throws IOException {
      for (DataFile file : sealed) {
        for (Sidecar sidecar : file.sidecars()) {
          files.delete(before.pathOf(sidecar));
        }
        files.delete(before.pathOf(file));
      }
    }
  }
}
