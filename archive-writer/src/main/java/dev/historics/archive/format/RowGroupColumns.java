package dev.historics.archive.format;

import dev.historics.archive.parquet.NumberReader;
import dev.historics.archive.parquet.RowRanges;
import dev.historics.archive.parquet.TextReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * The columns of one row group, each with one reader: who scans columns and who puts interactions
 * together share the pages that are open. Owned by one thread.
 */
public final class RowGroupColumns {
  private final SealedFile file;
  private final RowGroup rowGroup;
  private final Map<ColumnDescriptor, TextReader> texts = new HashMap<>();
  private final Map<ColumnDescriptor, NumberReader> numbers = new HashMap<>();
  private RowGroupRows rows;

  RowGroupColumns(SealedFile file, RowGroup rowGroup) {
    this.file = file;
    this.rowGroup = rowGroup;
  }

  /**
   * The reader of a column of texts.
   *
   * @param wanted the rows that will be asked for; none if it is not known which. Who asks first
   *     decides
   */
  public TextReader texts(ColumnDescriptor leaf, RowRanges wanted) throws IOException {
    TextReader reader = texts.get(leaf);
    if (reader == null) {
      reader = file.parquet().texts(rowGroup.index(), leaf, wanted);
      texts.put(leaf, reader);
    }
    return reader;
  }

  /**
   * The reader of a column of numbers.
   *
   * @param wanted the rows that will be asked for; none if it is not known which. Who asks first
   *     decides
   */
  public NumberReader numbers(ColumnDescriptor leaf, RowRanges wanted) throws IOException {
    NumberReader reader = numbers.get(leaf);
    if (reader == null) {
      reader = file.parquet().numbers(rowGroup.index(), leaf, wanted);
      numbers.put(leaf, reader);
    }
    return reader;
  }

  /** The interactions; it is not known which will be asked for. */
  public RowGroupRows rows() throws IOException {
    if (rows == null) {
      rows = new RowGroupRows(file, rowGroup, this, RowRanges.none());
    }
    return rows;
  }
}
