package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * A sealed file, open for reading with the checksum of every page verified; its length, its number
 * of rows and its schema are what the manifest says. Owned by one thread.
 */
public final class SealedFile implements Closeable {
  private final String path;
  private final DataFile entry;
  private final ParquetFileReader reader;
  private final SealedLayout layout;
  private final List<RowGroup> rowGroups;

  private SealedFile(
      String path,
      DataFile entry,
      ParquetFileReader reader,
      SealedLayout layout,
      List<RowGroup> rowGroups) {
    this.path = path;
    this.entry = entry;
    this.reader = reader;
    this.layout = layout;
    this.rowGroups = List.copyOf(rowGroups);
  }

  /**
   * Opens a file that a manifest of {@code day} names.
   *
   * @throws IOException if it is missing, damaged, or not what the manifest says
   */
  public static SealedFile open(ArchiveFiles files, SourceDay day, DataFile entry)
      throws IOException {
    String path = day.directory() + "/" + entry.path();
    ArchiveInput input = files.open(path);
    try {
      if (input.length() != entry.bytes()) {
        throw new IOException(
            "%s: expected %d bytes, found %d".formatted(path, entry.bytes(), input.length()));
      }
      SealedTail.require(path, input, entry.tail());
      return open(path, entry, reader(path, input));
    } catch (IOException e) {
      input.close();
      throw e;
    } catch (RuntimeException e) {
      input.close();
      throw Unreadable.file(path, e);
    }
  }

  /** A reader that verifies checksums and needs nothing of Hadoop. */
  private static ParquetFileReader reader(String path, ArchiveInput input) throws IOException {
    ParquetReadOptions options =
        new ParquetReadOptions.Builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .withCodecFactory(new ZstdPages())
            .withUseHadoopVectoredIo(false)
            .build();
    try {
      return ParquetFileReader.open(new ParquetInput(input), options);
    } catch (IOException | RuntimeException e) {
      throw Unreadable.file(path, e);
    }
  }

  private static SealedFile open(String path, DataFile entry, ParquetFileReader reader)
      throws IOException {
    SealedLayout layout = new SealedLayout(entry.columns());
    MessageType found = reader.getFileMetaData().getSchema();
    if (!found.equals(layout.schema())) {
      throw new IOException(
          "%s: the columns are not those in the manifest: expected %s, found %s"
              .formatted(path, layout.schema(), found));
    }
    if (reader.getRecordCount() != entry.rows()) {
      throw new IOException(
          "%s: expected %d rows, found %d".formatted(path, entry.rows(), reader.getRecordCount()));
    }
    List<RowGroup> rowGroups = new ArrayList<>();
    for (BlockMetaData block : reader.getRowGroups()) {
      rowGroups.add(rowGroup(rowGroups.size(), block));
    }
    return new SealedFile(path, entry, reader, layout, rowGroups);
  }

  private static RowGroup rowGroup(int index, BlockMetaData block) {
    IntStatistics bucket = (IntStatistics) statistics(block, SealedLayout.BUCKET);
    LongStatistics createdAt = (LongStatistics) statistics(block, SealedLayout.CREATED_AT);
    return new RowGroup(
        index,
        block.getRowCount(),
        block.getStartingPos(),
        block.getCompressedSize(),
        bucket.getMin(),
        bucket.getMax(),
        Instant.ofEpochMilli(createdAt.getMin()),
        Instant.ofEpochMilli(createdAt.getMax()));
  }

  private static Statistics<?> statistics(BlockMetaData block, String column) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (chunk.getPath().toDotString().equals(column)) {
        return chunk.getStatistics();
      }
    }
    throw new IllegalArgumentException("a row group has no column '%s'".formatted(column));
  }

  /** Where it lies below the archive's root. */
  public String path() {
    return path;
  }

  /** What the manifest says of it. */
  public DataFile entry() {
    return entry;
  }

  /** Parquet's reader, for pages; its position is shared by all who use it. */
  public ParquetFileReader reader() {
    return reader;
  }

  public MessageType schema() {
    return layout.schema();
  }

  /** The column of a target; empty if no row has a value, or if the target was not considered. */
  public Optional<SealedColumn> column(String target) {
    return layout.column(target);
  }

  /** The column {@code id}: strings, required. */
  public ColumnDescriptor id() {
    return own(SealedLayout.ID);
  }

  /** The column {@code created_at}: milliseconds since 1970, required. */
  public ColumnDescriptor createdAt() {
    return own(SealedLayout.CREATED_AT);
  }

  /** The column {@code bucket}: 0 to 99, required, ascending. */
  public ColumnDescriptor bucket() {
    return own(SealedLayout.BUCKET);
  }

  /** The column {@code raw}: the interaction's JSON, required. */
  public ColumnDescriptor raw() {
    return own(SealedLayout.RAW);
  }

  private ColumnDescriptor own(String name) {
    return layout.schema().getColumnDescription(new String[] {name});
  }

  /** In the order of the file, which is by bucket. */
  public List<RowGroup> rowGroups() {
    return rowGroups;
  }

  /**
   * Reads every page of every column, and throws away what is in them.
   *
   * @throws IOException if a checksum is wrong
   */
  public void readAllPages() throws IOException {
    reader.setRequestedSchema(schema());
    try {
      for (RowGroup group : rowGroups) {
        PageReadStore pages = reader.readRowGroup(group.index());
        for (ColumnDescriptor column : schema().getColumns()) {
          PageReader pageReader = pages.getPageReader(column);
          pageReader.readDictionaryPage();
          long left = pageReader.getTotalValueCount();
          while (left > 0) {
            left -= pageReader.readPage().getValueCount();
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      throw Unreadable.file(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
