package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import dev.historics.archive.Shredder;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.form.ShreddedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which targets get a column in a sealed file, and whether for one value a row or several: learned
 * from interactions before the first row is written. Owned by one thread.
 */
public final class SealedColumns {
  private final Shredder shredder;
  private final Shredder.Reading reading;
  private final ShreddedRow row;
  private final int[] most;
  private final int[] perValue;

  /**
   * Nothing is known yet.
   *
   * @param considered the targets that get a column if there is a value
   * @param stripping how the source's content is made
   * @throws IllegalArgumentException if a target cannot have a column
   */
  public SealedColumns(List<TargetColumn> considered, Stripping stripping) {
    this.shredder = new Shredder(considered, stripping);
    this.reading = shredder.reading();
    this.row = new ShreddedRow(considered.size());
    this.most = new int[considered.size()];
    this.perValue =
        considered.stream()
            .mapToInt(column -> column.kind() == TargetColumn.Kind.GEO ? 2 : 1)
            .toArray();
  }

  /**
   * Makes room for the values of an interaction.
   *
   * @throws IOException if it is not JSON
   */
  public void learn(Interaction interaction) throws IOException {
    row.clear();
    reading.shredArchived(interaction.raw(), row);
    for (int i = 0; i < row.touchedCount(); i++) {
      int column = row.touched(i);
      most[column] = Math.max(most[column], row.count(column) / perValue[column]);
    }
  }

  /**
   * Whether there is room.
   *
   * @param values of {@code interaction}
   * @throws ColumnsOutgrownException if there is none
   */
  void requireRoom(ShreddedRow values, Interaction interaction) throws ColumnsOutgrownException {
    for (int i = 0; i < values.touchedCount(); i++) {
      int column = values.touched(i);
      int room = most[column] > 1 ? Integer.MAX_VALUE : most[column];
      if (values.count(column) / perValue[column] > room) {
        throw new ColumnsOutgrownException(interaction.id(), considered().get(column).target());
      }
    }
  }

  Shredder shredder() {
    return shredder;
  }

  List<TargetColumn> considered() {
    return shredder.columns();
  }

  /** The number of each considered target. */
  Map<TargetColumn, Integer> numbers() {
    Map<TargetColumn, Integer> numbers = new HashMap<>();
    considered().forEach(column -> numbers.put(column, numbers.size()));
    return numbers;
  }

  /** The columns that there is room in. */
  List<StoredColumn> stored() {
    List<StoredColumn> stored = new ArrayList<>();
    for (int i = 0; i < most.length; i++) {
      TargetColumn column = considered().get(i);
      if (most[i] == 1) {
        stored.add(new StoredColumn(column, StoredColumn.Shape.SCALAR));
      } else if (most[i] > 1) {
        stored.add(new StoredColumn(column, StoredColumn.Shape.LIST));
      }
    }
    return stored;
  }
}
