package dev.historics.archive.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file being written, column by column. Each row is a value or null for every column,
 * then {@link #endRow}; the file is complete after {@link #finish}. Pages are held until their row
 * group is complete, so that memory is bounded by the size of a row group. Closing gives back
 * memory and leaves the stream alone. Owned by one thread.
 *
 * <p>Leaves are BYTE_ARRAY, INT32, INT64 or DOUBLE, required or optional at any depth, or in one
 * LIST.
 */
public final class ParquetWriter implements Closeable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 2;

  /** A row group's size is looked at after so many rows. */
  private static final int SIZED_ROWS = 64;

  private final FileSink out;
  private final MessageType schema;
  private final long rowGroupBytes;
  private final Workbench bench = new Workbench();
  private final List<ColumnWriter> columns = new ArrayList<>();
  private final ChunkOutput chunks;
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<List<ChunkIndex>> indexes = new ArrayList<>();
  private long rows;
  private long groupRows;

  /**
   * Starts a file.
   *
   * @param settings of each leaf
   * @param rowGroupBytes how large a row group becomes as stored, about
   * @throws IllegalArgumentException if a leaf is of a kind that cannot be written
   */
  public ParquetWriter(
      OutputStream out,
      MessageType schema,
      Function<ColumnDescriptor, ColumnSettings> settings,
      long rowGroupBytes)
      throws IOException {
    if (rowGroupBytes < 1) {
      throw new IllegalArgumentException(
          "a row group needs at least 1 byte, got %d".formatted(rowGroupBytes));
    }
    this.out = new FileSink(out);
    this.schema = schema;
    this.rowGroupBytes = rowGroupBytes;
    this.chunks = new ChunkOutput(this.out);
    for (ColumnDescriptor leaf : schema.getColumns()) {
      columns.add(column(leaf, settings.apply(leaf)));
    }
    this.out.write(MAGIC);
  }

  private ColumnWriter column(ColumnDescriptor leaf, ColumnSettings settings) {
    Leaves.require(leaf);
    return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> new TextColumnWriter(leaf, settings, bench);
      default -> new NumberColumnWriter(leaf, settings, bench);
    };
  }

  /** The column of a leaf, counted from 0 in the schema's order. */
  public ColumnWriter column(int leaf) {
    return columns.get(leaf);
  }

  /** Rows so far. */
  public long rows() {
    return rows;
  }

  /** Says that every column has its part of a row; ends the row group if it is large enough. */
  public void endRow() throws IOException {
    rows++;
    groupRows++;
    if (groupRows % SIZED_ROWS == 0 && storedBytes() >= rowGroupBytes) {
      endRowGroup();
    }
  }

  private long storedBytes() {
    long bytes = 0;
    for (ColumnWriter column : columns) {
      bytes += column.storedBytes();
    }
    return bytes;
  }

  /**
   * Says that rows which belong together are complete: pages that are not too small end here, so
   * that who looks for other rows need not read them.
   */
  public void endCluster() {
    columns.forEach(ColumnWriter::endCluster);
  }

  /** Writes the rows so far as a row group; nothing if there are none since the last one. */
  public void endRowGroup() throws IOException {
    if (groupRows == 0) {
      return;
    }
    for (int leaf = 0; leaf < columns.size(); leaf++) {
      if (columns.get(leaf).rows() != groupRows) {
        throw new IllegalStateException(
            "column %s has %d rows of %d"
                .formatted(schema.getColumns().get(leaf), columns.get(leaf).rows(), groupRows));
      }
    }
    long start = out.position();
    List<ChunkIndex> written = new ArrayList<>();
    long plainBytes = 0;
    for (ColumnWriter column : columns) {
      ChunkIndex index = chunks.write(column.endRowGroup());
      plainBytes += index.entry().getMeta_data().getTotal_uncompressed_size();
      written.add(index);
    }
    indexes.add(written);
    rowGroups.add(
        new RowGroup(
                written.stream().map(ChunkIndex::entry).collect(Collectors.toList()),
                plainBytes,
                groupRows)
            .setFile_offset(start)
            .setTotal_compressed_size(out.position() - start));
    groupRows = 0;
  }

  /**
   * Writes what is left, the indexes of the pages, and the footer.
   *
   * @param metadata what programs find in the footer by name
   */
  public Written finish(Map<String, String> metadata) throws IOException {
    endRowGroup();
    long pagesEnd = out.position();
    for (List<ChunkIndex> rowGroup : indexes) {
      writeIndexes(rowGroup);
    }
    long footerStart = out.position();
    Util.writeFileMetaData(footer(metadata), out);
    PageBuffer end = new PageBuffer();
    end.putInt(Math.toIntExact(out.position() - footerStart));
    end.put(MAGIC, 0, MAGIC.length);
    out.write(end.array(), 0, end.length());
    out.flush();
    List<Long> offsets = rowGroups.stream().map(RowGroup::getFile_offset).toList();
    return new Written(rows, offsets, pagesEnd, out.position());
  }

  /**
   * A row group in which every column has a single page has no index: its statistics say the same.
   * In any other, every column has at least its pages' places, since some programs skip no page of
   * any column if one lacks them.
   */
  private void writeIndexes(List<ChunkIndex> rowGroup) throws IOException {
    if (rowGroup.stream().allMatch(chunk -> chunk.offsets().getPage_locationsSize() == 1)) {
      return;
    }
    for (ChunkIndex chunk : rowGroup) {
      if (chunk.bounds().isPresent()) {
        long start = out.position();
        Util.writeColumnIndex(chunk.bounds().get(), out);
        chunk
            .entry()
            .setColumn_index_offset(start)
            .setColumn_index_length(Math.toIntExact(out.position() - start));
      }
    }
    for (ChunkIndex chunk : rowGroup) {
      long start = out.position();
      Util.writeOffsetIndex(chunk.offsets(), out);
      chunk
          .entry()
          .setOffset_index_offset(start)
          .setOffset_index_length(Math.toIntExact(out.position() - start));
    }
  }

  private FileMetaData footer(Map<String, String> metadata) {
    ParquetMetadata empty =
        new ParquetMetadata(
            new org.apache.parquet.hadoop.metadata.FileMetaData(
                schema, metadata, Leaves.CREATED_BY),
            List.of());
    return new ParquetMetadataConverter()
        .toParquetMetadata(FORMAT_VERSION, empty)
        .setNum_rows(rows)
        .setRow_groups(rowGroups);
  }

  @Override
  public void close() {
    bench.close();
  }
}
