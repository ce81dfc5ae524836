package dev.historics.archive.format;

import dev.historics.archive.Tail;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Reads what lies behind the last page of a sealed file. */
final class SealedTail {
  private SealedTail() {}

  /** The tail of a file that was written. */
  static Tail of(ArchiveInput file, List<BlockMetaData> rowGroups) throws IOException {
    long pagesEnd = 0;
    for (BlockMetaData rowGroup : rowGroups) {
      for (ColumnChunkMetaData column : rowGroup.getColumns()) {
        pagesEnd = Math.max(pagesEnd, column.getStartingPos() + column.getTotalSize());
      }
    }
    return read(file, file.length() - pagesEnd);
  }

  /**
   * Compares the tail with what the manifest says.
   *
   * @throws IOException if it is another
   */
  static void require(String path, ArchiveInput file, Tail expected) throws IOException {
    Tail found = read(file, expected.bytes());
    if (!found.equals(expected)) {
      throw new IOException(
          "%s: the file is damaged in its last %d bytes: expected SHA-256 %s, found %s; restore it from a copy"
              .formatted(path, expected.bytes(), expected.sha256(), found.sha256()));
    }
  }

  private static Tail read(ArchiveInput file, long bytes) throws IOException {
    byte[] tail = new byte[Math.toIntExact(bytes)];
    file.readFully(file.length() - bytes, tail, 0, tail.length);
    return new Tail(bytes, HexFormat.of().formatHex(NewFile.sha256().digest(tail)));
  }
}
