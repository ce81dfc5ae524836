package dev.historics.archive.removal;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.IdSet;
import java.io.IOException;
import java.util.Optional;

/** Which rows of one data file do not count, and why. Owned by one thread. */
public final class Removals {
  /** What a row is to a reader. */
  public enum Row {
    /** It counts. */
    LIVE,
    /** An edited version of it is stored elsewhere in the day. */
    SUPERSEDED,
    /** Somebody had it taken down. */
    TAKEN_DOWN
  }

  private final IdIndex superseded;
  private final TombstoneList tombstones;
  private final TombstoneCheck check;

  private Removals(IdIndex superseded, TombstoneList tombstones) {
    this.superseded = superseded;
    this.tombstones = tombstones;
    this.check = new TombstoneCheck(tombstones);
  }

  /**
   * Those of a file that a manifest of {@code day} names.
   *
   * @param tombstones of the day's source
   * @throws IOException if the file's sidecar is not what the manifest says
   */
  public static Removals of(
      ArchiveFiles files, SourceDay day, DataFile file, TombstoneList tombstones)
      throws IOException {
    Optional<Sidecar> gone = file.sidecar(Sidecar.GONE);
    if (gone.isEmpty()) {
      return new Removals(IdIndex.EMPTY, tombstones);
    }
    String path = day.directory() + "/" + gone.get().path();
    IdIndex ids = IdIndex.read(files, path, gone.get());
    if (ids.size() != file.gone()) {
      throw new IOException(
          "%s: expected the %d ids that the manifest counts, found %d"
              .formatted(path, file.gone(), ids.size()));
    }
    return new Removals(ids, tombstones);
  }

  /**
   * The file with some more rows that do not count, because their ids are stored anew elsewhere in
   * the day. Writes their sidecar; the manifest that names the result makes it so.
   *
   * @param ids of rows in the file; some may be gone already
   */
  public static DataFile supersede(ArchiveFiles files, SourceDay day, DataFile file, IdSet ids)
      throws IOException {
    IdSet all = new IdSet();
    ids.addTo(all);
    of(files, day, file, TombstoneList.none(day.source())).superseded.addTo(all);
    return file.withGone(IdIndex.writeGone(files, day, file, all), all.size());
  }

  /** Whether every row counts, which costs nothing to know. */
  public boolean isNone() {
    return !hasSuperseded() && tombstones.isEmpty();
  }

  /** Whether some row is superseded. */
  public boolean hasSuperseded() {
    return superseded.size() > 0;
  }

  /** Whether the row with this id is superseded. */
  public boolean isSuperseded(IdHash id) {
    return superseded.contains(id);
  }

  /** The tombstones that count. */
  public TombstoneList tombstones() {
    return tombstones;
  }

  /** What a row of the file is. */
  public Row of(Interaction interaction) {
    if (hasSuperseded() && isSuperseded(IdHash.of(interaction.id()))) {
      return Row.SUPERSEDED;
    }
    return check.find(interaction).isPresent() ? Row.TAKEN_DOWN : Row.LIVE;
  }
}
