package dev.historics.archive.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of a row group in a file: what the footer and the page indexes say of it. */
final class StoredChunk {
  private final ParquetFile file;
  private final int rowGroup;
  private final int rows;
  private final ColumnDescriptor leaf;
  private final ColumnChunk entry;
  private final ColumnMetaData meta;
  private final OffsetIndex offsets;

  /** The bounds of each page; null before they are first asked for. */
  private ColumnIndex pageBounds;

  StoredChunk(ParquetFile file, int rowGroup, int rows, ColumnDescriptor leaf, ColumnChunk entry)
      throws IOException {
    this.file = file;
    this.rowGroup = rowGroup;
    this.rows = rows;
    this.leaf = leaf;
    this.entry = entry;
    this.meta = entry.getMeta_data();
    if (meta.getCodec() != CompressionCodec.ZSTD
        && meta.getCodec() != CompressionCodec.UNCOMPRESSED) {
      throw new IOException(
          "%s: column '%s' is compressed by %s; expected ZSTD or nothing"
              .formatted(file.path(), name(), meta.getCodec()));
    }
    this.offsets = readOffsets();
  }

  /** Where the pages of a chunk start in its file. */
  static long start(ColumnMetaData meta) {
    return meta.isSetDictionary_page_offset() && meta.getDictionary_page_offset() > 0
        ? Math.min(meta.getDictionary_page_offset(), meta.getData_page_offset())
        : meta.getData_page_offset();
  }

  ParquetFile file() {
    return file;
  }

  int rows() {
    return rows;
  }

  ColumnDescriptor leaf() {
    return leaf;
  }

  ColumnMetaData meta() {
    return meta;
  }

  long start() {
    return start(meta);
  }

  long end() {
    return start() + meta.getTotal_compressed_size();
  }

  /** Where each page lies; null if the file does not say, or there is only one. */
  OffsetIndex offsets() {
    return offsets;
  }

  private String name() {
    return String.join(".", leaf.getPath());
  }

  /**
   * What is to be said of a page that cannot be right.
   *
   * @param row its first one
   */
  IOException damaged(int row, Exception cause) {
    return new IOException(
        "%s: column '%s' is damaged in row group %d, on the page from row %d on: %s; restore the file from a copy"
            .formatted(file.path(), name(), rowGroup, row, cause.getMessage()),
        cause);
  }

  private IOException badIndex(String reason) {
    return new IOException(
        "%s: the page index of column '%s' in row group %d is damaged: %s; restore the file from a copy"
            .formatted(file.path(), name(), rowGroup, reason));
  }

  private byte[] index(long offset, int length) throws IOException {
    if (offset < end() || length < 0 || length > file.length() - offset) {
      throw badIndex("%d bytes at %d".formatted(length, offset));
    }
    byte[] bytes = new byte[length];
    file.readIndex(offset, bytes);
    return bytes;
  }

  private OffsetIndex readOffsets() throws IOException {
    if (!entry.isSetOffset_index_offset()) {
      return null;
    }
    byte[] bytes = index(entry.getOffset_index_offset(), entry.getOffset_index_length());
    OffsetIndex index;
    try {
      index = Util.readOffsetIndex(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException e) {
      throw badIndex(e.getMessage());
    }
    long offset = start();
    long row = -1;
    for (PageLocation page : index.getPage_locations()) {
      if (page.getOffset() < offset
          || page.getCompressed_page_size() < 0
          || page.getCompressed_page_size() > end() - page.getOffset()
          || page.getFirst_row_index() <= row
          || page.getFirst_row_index() >= rows) {
        throw badIndex("a page at %d".formatted(page.getOffset()));
      }
      offset = page.getOffset() + page.getCompressed_page_size();
      row = page.getFirst_row_index();
    }
    if (row < 0 || index.getPage_locations().get(0).getFirst_row_index() > 0) {
      throw badIndex("no page with the first row");
    }
    return index;
  }

  /** The encodings of its data pages, if the footer says so; else every one of its pages. */
  Set<Encoding> dataEncodings() {
    Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    if (!meta.isSetEncoding_stats()) {
      meta.getEncodings().stream().filter(Objects::nonNull).forEach(encodings::add);
      return encodings;
    }
    for (PageEncodingStats stats : meta.getEncoding_stats()) {
      if (stats.getPage_type() != PageType.DICTIONARY_PAGE && stats.getEncoding() != null) {
        encodings.add(stats.getEncoding());
      }
    }
    return encodings;
  }

  /** Whether there is a dictionary, for some pages at least. */
  boolean hasDictionary() {
    return start() < meta.getData_page_offset();
  }

  /** Whether all values are entries of the dictionary. */
  boolean onlyDictionary() {
    return meta.isSetEncoding_stats()
        && dataEncodings().stream()
            .allMatch(e -> e == Encoding.RLE_DICTIONARY || e == Encoding.PLAIN_DICTIONARY);
  }

  Optional<NumberBounds> bounds() throws IOException {
    Statistics statistics = meta.getStatistics();
    return statistics == null || !statistics.isSetMin_value() || !statistics.isSetMax_value()
        ? Optional.empty()
        : Optional.of(bounds(statistics.bufferForMin_value(), statistics.bufferForMax_value()));
  }

  RowRanges rowsWithin(NumberBounds wanted) throws IOException {
    Optional<NumberBounds> all = bounds();
    if (all.isPresent() && !all.get().meets(wanted)) {
      return RowRanges.none();
    }
    if (offsets == null || !entry.isSetColumn_index_offset()) {
      return RowRanges.all(rows);
    }
    ColumnIndex index = pageBounds();
    RowRanges.Collector found = new RowRanges.Collector();
    List<PageLocation> pages = offsets.getPage_locations();
    for (int page = 0; page < pages.size(); page++) {
      if (!index.getNull_pages().get(page) && bounds(index, page).meets(wanted)) {
        found.add(firstRow(page), firstRow(page + 1));
      }
    }
    return found.ranges();
  }

  /** Between what all values of some rows lie, by their pages; empty if the file does not say. */
  Optional<NumberBounds> bounds(int firstRow, int end) throws IOException {
    Optional<NumberBounds> all = bounds();
    if (all.isEmpty() || offsets == null || !entry.isSetColumn_index_offset()) {
      return all;
    }
    ColumnIndex index = pageBounds();
    NumberBounds found = null;
    for (int page = 0; page < offsets.getPage_locationsSize() && firstRow(page) < end; page++) {
      if (firstRow(page + 1) > firstRow && !index.getNull_pages().get(page)) {
        NumberBounds more = bounds(index, page);
        found = found == null ? more : found.with(more);
      }
    }
    return found == null ? all : Optional.of(found);
  }

  private NumberBounds bounds(ColumnIndex index, int page) throws IOException {
    return bounds(index.getMin_values().get(page), index.getMax_values().get(page));
  }

  private int firstRow(int page) {
    List<PageLocation> pages = offsets.getPage_locations();
    return page < pages.size() ? (int) pages.get(page).getFirst_row_index() : rows;
  }

  private ColumnIndex pageBounds() throws IOException {
    if (pageBounds == null) {
      pageBounds = readBounds();
    }
    return pageBounds;
  }

  private ColumnIndex readBounds() throws IOException {
    byte[] bytes = index(entry.getColumn_index_offset(), entry.getColumn_index_length());
    int pages = offsets.getPage_locationsSize();
    try {
      ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bytes));
      if (index.getNull_pagesSize() != pages
          || index.getMin_valuesSize() != pages
          || index.getMax_valuesSize() != pages) {
        throw badIndex("expected bounds of %d pages".formatted(pages));
      }
      return index;
    } catch (RuntimeException e) {
      throw badIndex(e.getMessage());
    }
  }

  private NumberBounds bounds(ByteBuffer least, ByteBuffer greatest) throws IOException {
    long low = number(least);
    long high = number(greatest);
    if (low > high) {
      throw badIndex("bounds from %d to %d".formatted(low, high));
    }
    return new NumberBounds(low, high);
  }

  private long number(ByteBuffer bytes) throws IOException {
    PrimitiveTypeName type = leaf.getPrimitiveType().getPrimitiveTypeName();
    ByteBuffer number = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (type == PrimitiveTypeName.INT32 && number.remaining() == Integer.BYTES) {
      return number.getInt();
    }
    if (type == PrimitiveTypeName.INT64 && number.remaining() == Long.BYTES) {
      return number.getLong();
    }
    throw badIndex("a bound of %d bytes in a column of %s".formatted(bytes.remaining(), type));
  }
}
