package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.parquet.RowRanges;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The interactions of a sealed file, in its order. Owned by one thread. */
public final class SealedRows implements InteractionReader {
  private final SealedFile file;
  private final Iterator<RowGroup> rowGroups;
  private RowGroupRows rows;

  /** The rows of a file, which is closed with them. */
  public SealedRows(SealedFile file) {
    this.file = file;
    this.rowGroups = file.rowGroups().iterator();
  }

  @Override
  public boolean hasNext() throws IOException {
    while ((rows == null || !rows.hasNext()) && rowGroups.hasNext()) {
      RowGroup next = rowGroups.next();
      rows = file.rows(next, RowRanges.all((int) next.rows()));
    }
    return rows != null && rows.hasNext();
  }

  @Override
  public Interaction next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    rows.next();
    return rows.interaction();
  }

  /** The hash of the next interaction's id; nothing else of it is read. */
  IdHash nextId() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    rows.next();
    return IdHash.of(rows.id());
  }

  /** The stored sample bucket of the interaction that {@link #next} returned last. */
  public int bucket() throws IOException {
    return rows.bucket();
  }

  /** How the rows follow each other. */
  public SealedOrder order() {
    return file.order();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
