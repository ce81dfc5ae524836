package dev.historics.archive.upkeep;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import java.io.IOException;
import java.util.List;

/**
 * Changes interactions while their day is made anew. It sees each row that counts once, in the
 * order of the version's files and of the rows in each.
 */
public interface RowEdit {
  /** Leaves everything as it is. */
  RowEdit NONE = (file, row, interaction) -> interaction;

  /**
   * The interaction that takes the place of another.
   *
   * @param row its place in {@code file}, counted from 0, rows that do not count among them
   * @return with the same id and time
   * @throws IOException if it cannot be changed as it is meant to; the day stays as it was
   */
  Interaction edit(DataFile file, long row, Interaction interaction) throws IOException;

  /**
   * What the new file is marked with.
   *
   * @param kept the marks that stay true, whatever is sealed together
   */
  default List<String> marks(List<String> kept) {
    return kept;
  }
}
