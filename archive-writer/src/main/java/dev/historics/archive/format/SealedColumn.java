package dev.historics.archive.format;

import dev.historics.archive.StoredColumn;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Where the values of a target lie in a sealed file.
 *
 * @param leaves one column, or latitude and longitude in this order for a place. A value is present
 *     where the definition level is the leaf's maximum; a leaf of a LIST has repetition level 1
 */
public record SealedColumn(StoredColumn stored, List<ColumnDescriptor> leaves) {
  public SealedColumn {
    leaves = List.copyOf(leaves);
  }
}
