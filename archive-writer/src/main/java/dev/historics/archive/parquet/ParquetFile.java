package dev.historics.archive.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.historics.archive.files.ArchiveInput;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file, open for reading pages of single columns. Only what is asked for is read, and the
 * checksum of every page that is read is verified. The footer and the page indexes have none in
 * Parquet: who opens a file that may be damaged compares a hash of them first. Closing closes the
 * file. Owned by one thread.
 */
public final class ParquetFile implements Closeable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END_BYTES = Integer.BYTES + MAGIC.length;

  private final String path;
  private final ArchiveInput input;
  private final MessageType schema;
  private final FileMetaData footer;
  private final Map<List<String>, Integer> leaves = new HashMap<>();
  private final StoredChunk[][] chunks;
  private ZstdDecompressCtx decompressor;
  private long pageBytesRead;

  private ParquetFile(String path, ArchiveInput input, MessageType schema, FileMetaData footer) {
    this.path = path;
    this.input = input;
    this.schema = schema;
    this.footer = footer;
    this.chunks = new StoredChunk[footer.getRow_groupsSize()][schema.getColumns().size()];
    for (ColumnDescriptor leaf : schema.getColumns()) {
      leaves.put(List.of(leaf.getPath()), leaves.size());
    }
  }

  /**
   * Opens a file by its footer.
   *
   * @param path what errors call it
   * @throws IOException if it is not a Parquet file, or its footer is damaged; then {@code input}
   *     is still open
   */
  public static ParquetFile open(String path, ArchiveInput input) throws IOException {
    long footerEnd = input.length() - END_BYTES;
    if (footerEnd < MAGIC.length) {
      throw new IOException(
          "%s: expected a Parquet file, found only %d bytes".formatted(path, input.length()));
    }
    byte[] end = new byte[END_BYTES];
    input.readFully(footerEnd, end, 0, end.length);
    long footerStart = footerEnd - Integer.toUnsignedLong(PageBuffer.intAt(end, 0));
    if (!Arrays.equals(end, Integer.BYTES, end.length, MAGIC, 0, MAGIC.length)
        || footerStart < MAGIC.length) {
      throw new IOException("%s: expected the end of a Parquet file, found none".formatted(path));
    }
    byte[] bytes = new byte[Math.toIntExact(footerEnd - footerStart)];
    input.readFully(footerStart, bytes, 0, bytes.length);
    ParquetFile file = parsed(path, input, bytes);
    for (RowGroup group : file.footer.getRow_groups()) {
      file.check(group, footerStart);
    }
    return file;
  }

  private static ParquetFile parsed(String path, ArchiveInput input, byte[] footer)
      throws IOException {
    try {
      FileMetaData parsed = Util.readFileMetaData(new ByteArrayInputStream(footer));
      FileMetaData empty = new FileMetaData(parsed).setRow_groups(List.of());
      MessageType schema =
          new ParquetMetadataConverter().fromParquetMetadata(empty).getFileMetaData().getSchema();
      return new ParquetFile(path, input, schema, parsed);
    } catch (IOException | RuntimeException e) {
      throw new IOException("%s: its footer cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void check(RowGroup group, long pagesEnd) throws IOException {
    if (group.getColumnsSize() != leaves.size()
        || group.getNum_rows() != (int) group.getNum_rows()) {
      throw new IOException(
          "%s: expected %d columns and at most 2^31 rows in a row group, found %d and %d"
              .formatted(path, leaves.size(), group.getColumnsSize(), group.getNum_rows()));
    }
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      ColumnChunk chunk = group.getColumns().get(leaf);
      ColumnDescriptor column = schema.getColumns().get(leaf);
      if (!chunk.isSetMeta_data()
          || !chunk.getMeta_data().getPath_in_schema().equals(List.of(column.getPath()))) {
        throw new IOException("%s: a row group lacks column %s".formatted(path, column));
      }
      long start = StoredChunk.start(chunk.getMeta_data());
      long bytes = chunk.getMeta_data().getTotal_compressed_size();
      if (start < MAGIC.length || bytes < 0 || bytes > pagesEnd - start) {
        throw new IOException(
            "%s: %d bytes of a column at %d are not before the footer at %d"
                .formatted(path, bytes, start, pagesEnd));
      }
    }
  }

  /** What errors call the file. */
  public String path() {
    return path;
  }

  public MessageType schema() {
    return schema;
  }

  /** What was written into the footer by name. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    if (footer.isSetKey_value_metadata()) {
      footer.getKey_value_metadata().forEach(entry -> metadata.put(entry.key, entry.value));
    }
    return metadata;
  }

  /** Rows in all row groups. */
  public long rows() {
    return footer.getNum_rows();
  }

  /** The number of row groups. */
  public int rowGroups() {
    return footer.getRow_groupsSize();
  }

  /** The rows of a row group. */
  public int rows(int rowGroup) {
    return Math.toIntExact(group(rowGroup).getNum_rows());
  }

  /** Where a row group starts, in bytes. */
  public long offset(int rowGroup) {
    return StoredChunk.start(group(rowGroup).getColumns().get(0).getMeta_data());
  }

  /** The bytes of a row group as stored. */
  public long bytes(int rowGroup) {
    long bytes = 0;
    for (ColumnChunk chunk : group(rowGroup).getColumns()) {
      bytes += chunk.getMeta_data().getTotal_compressed_size();
    }
    return bytes;
  }

  private RowGroup group(int rowGroup) {
    return footer.getRow_groups().get(rowGroup);
  }

  /** The bytes of a column in a row group as stored. */
  public long bytes(int rowGroup, ColumnDescriptor leaf) {
    return group(rowGroup).getColumns().get(number(leaf)).getMeta_data().getTotal_compressed_size();
  }

  /** The bytes of pages that were read so far. */
  public long pageBytesRead() {
    return pageBytesRead;
  }

  /**
   * The least and the greatest value of a column of whole numbers in a row group; empty if the file
   * does not say, or if there is none.
   */
  public Optional<NumberBounds> bounds(int rowGroup, ColumnDescriptor leaf) throws IOException {
    return chunk(rowGroup, leaf).bounds();
  }

  /**
   * The rows of a row group among which every row lies whose value in a column of whole numbers is
   * within bounds, by what the file says of its pages.
   */
  public RowRanges rowsWithin(int rowGroup, ColumnDescriptor leaf, NumberBounds wanted)
      throws IOException {
    return chunk(rowGroup, leaf).rowsWithin(wanted);
  }

  /**
   * Starts to read a column of byte arrays.
   *
   * @param wanted the rows that will be asked for; others may be asked for, too, at the price of
   *     more reads; none if it is not known which
   */
  public TextReader texts(int rowGroup, ColumnDescriptor leaf, RowRanges wanted)
      throws IOException {
    return new TextReader(new ChunkPages(chunk(rowGroup, leaf), wanted));
  }

  /**
   * Starts to read a column of numbers.
   *
   * @param wanted the rows that will be asked for; others may be asked for, too, at the price of
   *     more reads; none if it is not known which
   */
  public NumberReader numbers(int rowGroup, ColumnDescriptor leaf, RowRanges wanted)
      throws IOException {
    return new NumberReader(new ChunkPages(chunk(rowGroup, leaf), wanted));
  }

  private int number(ColumnDescriptor leaf) {
    Integer number = leaves.get(List.of(leaf.getPath()));
    if (number == null) {
      throw new IllegalArgumentException("%s has no column %s".formatted(path, leaf));
    }
    return number;
  }

  private StoredChunk chunk(int rowGroup, ColumnDescriptor leaf) throws IOException {
    int number = number(leaf);
    if (chunks[rowGroup][number] == null) {
      chunks[rowGroup][number] =
          new StoredChunk(
              this,
              rowGroup,
              rows(rowGroup),
              schema.getColumns().get(number),
              group(rowGroup).getColumns().get(number));
    }
    return chunks[rowGroup][number];
  }

  /** Made for the first page: it holds memory outside the heap. */
  ZstdDecompressCtx decompressor() {
    if (decompressor == null) {
      decompressor = new ZstdDecompressCtx();
    }
    return decompressor;
  }

  /**
   * Reads every page of a row group and decodes it, and throws away what is in it.
   *
   * @throws IOException if a page is damaged
   */
  public void check(int rowGroup) throws IOException {
    int rows = rows(rowGroup);
    RowRanges all = RowRanges.all(rows);
    for (ColumnDescriptor leaf : schema.getColumns()) {
      ChunkPages pages = new ChunkPages(chunk(rowGroup, leaf), all);
      ColumnReader reader =
          leaf.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
              ? new TextReader(pages)
              : new NumberReader(pages);
      reader.check();
    }
  }

  long length() {
    return input.length();
  }

  void readIndex(long position, byte[] target) throws IOException {
    input.readFully(position, target, 0, target.length);
  }

  void readPages(long position, byte[] target, int length) throws IOException {
    input.readFully(position, target, 0, length);
    pageBytesRead += length;
  }

  @Override
  public void close() throws IOException {
    if (decompressor != null) {
      decompressor.close();
      decompressor = null;
    }
    input.close();
  }
}
