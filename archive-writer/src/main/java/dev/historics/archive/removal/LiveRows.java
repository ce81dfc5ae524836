package dev.historics.archive.removal;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.InteractionReader;
import java.io.IOException;
import java.util.NoSuchElementException;

/** The interactions of one data file that count, from front to back. Owned by one thread. */
public final class LiveRows implements InteractionReader {
  private final InteractionReader rows;
  private final Removals removals;
  private Interaction next;
  private long taken;
  private long superseded;
  private long takenDown;

  private LiveRows(InteractionReader rows, Removals removals) {
    this.rows = rows;
    this.removals = removals;
  }

  /**
   * Opens a file that a manifest of {@code day} names.
   *
   * @param tombstones of the day's source
   */
  public static LiveRows open(
      ArchiveFiles files, SourceDay day, DataFile file, TombstoneList tombstones)
      throws IOException {
    Removals removals = Removals.of(files, day, file, tombstones);
    return new LiveRows(InteractionReader.open(files, day, file), removals);
  }

  /**
   * Where the interaction that {@link #next} gave last stands in the file, counted from 0, rows
   * that do not count among them; to be asked before {@link #hasNext}.
   */
  public long row() {
    return taken - 1;
  }

  /** How many superseded rows were passed over so far. */
  public long superseded() {
    return superseded;
  }

  /** How many rows were passed over so far because somebody had them taken down. */
  public long takenDown() {
    return takenDown;
  }

  @Override
  public boolean hasNext() throws IOException {
    while (next == null && rows.hasNext()) {
      Interaction row = rows.next();
      taken++;
      if (removals.isNone()) {
        next = row;
      } else {
        take(row);
      }
    }
    return next != null;
  }

  private void take(Interaction row) {
    switch (removals.of(row)) {
      case LIVE -> next = row;
      case SUPERSEDED -> superseded++;
      case TAKEN_DOWN -> takenDown++;
    }
  }

  @Override
  public Interaction next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException("the file has no more rows");
    }
    Interaction row = next;
    next = null;
    return row;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
