package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import dev.historics.archive.Shredder;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which targets have a value in some interactions, and which have several in one: what must be
 * known before the first row of a sealed file is written. Owned by one thread.
 */
public final class ColumnShapes {
  private final Shredder shredder;
  private final Shredder.Reading reading;
  private final SealedRow row;
  private final int[] most;

  public ColumnShapes(Shredder shredder) {
    this.shredder = shredder;
    this.reading = shredder.reading();
    this.row = new SealedRow(shredder.columns().size());
    this.most = new int[shredder.columns().size()];
  }

  /**
   * Takes note of one interaction.
   *
   * @throws IOException if it is not JSON
   */
  public void add(Interaction interaction) throws IOException {
    row.clear();
    reading.shred(interaction.raw(), 0, interaction.raw().length, row);
    for (int column : row.touched()) {
      most[column] = Math.max(most[column], row.values(column).size());
    }
  }

  /** The columns that all interactions so far need. */
  public List<StoredColumn> columns() {
    List<StoredColumn> stored = new ArrayList<>();
    for (int i = 0; i < most.length; i++) {
      TargetColumn column = shredder.columns().get(i);
      if (most[i] == 1) {
        stored.add(new StoredColumn(column, StoredColumn.Shape.SCALAR));
      } else if (most[i] > 1) {
        stored.add(new StoredColumn(column, StoredColumn.Shape.LIST));
      }
    }
    return stored;
  }
}
