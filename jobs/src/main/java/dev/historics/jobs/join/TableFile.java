package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file with a table in it, which can be read as often as is wanted. */
interface TableFile {
  /** The columns as the file names them, in its order. */
  List<Column> columns();

  /** What errors call the place of a record: {@code line} or {@code row}. */
  String placeName();

  /** Starts to read. */
  Records records() throws IOException;

  /** A column of the file. */
  record Column(String name, TargetColumn.Kind kind) {}

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
   * @param texts what stands in each column: a number as JSON spells it, empty for no value
   */
  record Cells(long place, List<String> texts) {
    public Cells {
      texts = List.copyOf(texts);
    }
  }
}
