package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file with a table in it, which can be read as often as is wanted. Columns count from 0. */
interface TableFile {
  /** The columns' names, in the file's order. */
  List<String> names();

  /**
   * The kind of a column's values.
   *
   * @throws InvalidTableException if they are none that can be joined
   */
  TargetColumn.Kind kind(int column) throws InvalidTableException;

  /** What errors call the place of a record: {@code line} or {@code row}. */
  String placeName();

  /**
   * Starts to read.
   *
   * @param columns whose values are wanted; each has a {@link #kind}
   */
  Records records(List<Integer> columns) throws IOException;

  /** The records, in the file's order. Owned by one thread. */
  interface Records extends Closeable {
    /**
     * The next one; empty at the end.
     *
     * @throws IOException if the file cannot be read on; names the file and the place
     */
    Optional<Cells> next() throws IOException;
  }

  /**
   * One record.
   *
   * @param place its line or row, from 1
   * @param texts what stands in each column that is wanted: a number as JSON spells it, empty for
   *     no value
   */
  record Cells(long place, List<String> texts) {
    public Cells {
      texts = List.copyOf(texts);
    }
  }
}
