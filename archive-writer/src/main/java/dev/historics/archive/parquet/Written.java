package dev.historics.archive.parquet;

import java.util.List;

/**
 * What a file became.
 *
 * @param rows in all row groups
 * @param rowGroupOffsets where each row group starts, in bytes
 * @param pagesEnd where the last page ends; what lies behind has no checksum of its own
 * @param bytes of the whole file
 */
public record Written(long rows, List<Long> rowGroupOffsets, long pagesEnd, long bytes) {
  public Written {
    rowGroupOffsets = List.copyOf(rowGroupOffsets);
  }
}
