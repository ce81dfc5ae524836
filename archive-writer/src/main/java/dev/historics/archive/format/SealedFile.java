package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.parquet.NumberBounds;
import dev.historics.archive.parquet.ParquetFile;
import dev.historics.archive.parquet.RowRanges;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * A sealed file, open for reading with the checksum of every page verified; its length, its number
 * of rows and its schema are what the manifest says. Owned by one thread.
 */
public final class SealedFile implements Closeable {
  private final String path;
  private final DataFile entry;
  private final ParquetFile parquet;
  private final SealedLayout layout;
  private final List<RowGroup> rowGroups;
  private final SealedOrder order;

  private SealedFile(
      String path,
      DataFile entry,
      ParquetFile parquet,
      SealedLayout layout,
      List<RowGroup> rowGroups,
      SealedOrder order) {
    this.path = path;
    this.entry = entry;
    this.parquet = parquet;
    this.layout = layout;
    this.rowGroups = List.copyOf(rowGroups);
    this.order = order;
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
      ArchiveInput known = SealedTail.require(path, input, entry.tail());
      return open(path, entry, ParquetFile.open(path, known));
    } catch (IOException e) {
      input.close();
      throw e;
    } catch (RuntimeException e) {
      input.close();
      throw Unreadable.file(path, e);
    }
  }

  private static SealedFile open(String path, DataFile entry, ParquetFile parquet)
      throws IOException {
    SealedLayout layout = new SealedLayout(entry.columns());
    MessageType found = parquet.schema();
    if (!found.equals(layout.schema())) {
      throw new IOException(
          "%s: the columns are not those in the manifest: expected %s, found %s"
              .formatted(path, layout.schema(), found));
    }
    if (parquet.rows() != entry.rows()) {
      throw new IOException(
          "%s: expected %d rows, found %d".formatted(path, entry.rows(), parquet.rows()));
    }
    List<RowGroup> rowGroups = new ArrayList<>();
    for (int index = 0; index < parquet.rowGroups(); index++) {
      rowGroups.add(rowGroup(parquet, layout, index));
    }
    return new SealedFile(path, entry, parquet, layout, rowGroups, order(path, parquet));
  }

  private static SealedOrder order(String path, ParquetFile parquet) throws IOException {
    String clusters = parquet.metadata().get(SealedOrder.CLUSTERS);
    try {
      return new SealedOrder(Integer.parseInt(String.valueOf(clusters)));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: expected a number of clusters as '%s' in the footer, found '%s'"
              .formatted(path, SealedOrder.CLUSTERS, clusters),
          e);
    }
  }

  private static RowGroup rowGroup(ParquetFile parquet, SealedLayout layout, int index)
      throws IOException {
    NumberBounds buckets = bounds(parquet, layout, index, SealedLayout.BUCKET);
    NumberBounds times = bounds(parquet, layout, index, SealedLayout.CREATED_AT);
    return new RowGroup(
        index,
        parquet.rows(index),
        parquet.offset(index),
        parquet.bytes(index),
        Math.toIntExact(buckets.least()),
        Math.toIntExact(buckets.greatest()),
        Instant.ofEpochMilli(times.least()),
        Instant.ofEpochMilli(times.greatest()));
  }

  private static NumberBounds bounds(
      ParquetFile parquet, SealedLayout layout, int rowGroup, String column) throws IOException {
    return parquet
        .bounds(rowGroup, layout.own(column))
        .orElseThrow(
            () ->
                new IOException(
                    "%s: expected bounds of column '%s' in row group %d, found none"
                        .formatted(parquet.path(), column, rowGroup)));
  }

  /** Where it lies below the archive's root. */
  public String path() {
    return path;
  }

  /** What the manifest says of it. */
  public DataFile entry() {
    return entry;
  }

  /** Its columns and pages. */
  public ParquetFile parquet() {
    return parquet;
  }

  /** The bytes that were read of it so far. */
  public long bytesRead() {
    return entry.tail().bytes() + parquet.pageBytesRead();
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
    return layout.own(SealedLayout.ID);
  }

  /** The column {@code created_at}: milliseconds since 1970, required. */
  public ColumnDescriptor createdAt() {
    return layout.own(SealedLayout.CREATED_AT);
  }

  /** The column {@code bucket}: 0 to 99, required, ascending. */
  public ColumnDescriptor bucket() {
    return layout.own(SealedLayout.BUCKET);
  }

  /** The column {@code raw.form}: strings, required. */
  public ColumnDescriptor form() {
    return layout.own(SealedLayout.RAW, SealedLayout.FORM);
  }

  /** The column {@code raw.rest}: strings, required. */
  public ColumnDescriptor rest() {
    return layout.own(SealedLayout.RAW, SealedLayout.REST);
  }

  /**
   * The interactions of one row group.
   *
   * @param wanted the rows that will be asked for
   */
  public RowGroupRows rows(RowGroup rowGroup, RowRanges wanted) throws IOException {
    return new RowGroupRows(this, rowGroup, columns(rowGroup), wanted);
  }

  /** The columns of one row group, for who reads some of them, and interactions, too. */
  public RowGroupColumns columns(RowGroup rowGroup) {
    return new RowGroupColumns(this, rowGroup);
  }

  /** How the rows follow each other. */
  public SealedOrder order() {
    return order;
  }

  SealedLayout layout() {
    return layout;
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
    for (RowGroup group : rowGroups) {
      parquet.check(group.index());
    }
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }
}
