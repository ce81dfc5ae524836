package dev.historics.archive.parquet;

import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;

/**
 * The pages of a chunk, one at a time, read from the file when they are first needed, verified and
 * decompressed. Owned by one thread.
 */
final class ChunkPages {
  /** Wanted pages that lie side by side are read in one go up to this size. */
  private static final int READ_BYTES_MAX = 1 << 18;

  /** Fewer bytes are not worth a read of their own. */
  private static final int READ_BYTES_MIN = 1 << 12;

  /** Enough for a header, if it has no statistics. */
  private static final int HEADER_BYTES = 128;

  private static final int HEADER_BYTES_MAX = 1 << 16;

  /** Zstandard cannot make a byte of more. */
  private static final long RATIO_MAX = 1 << 15;

  private final StoredChunk chunk;
  private final RowRanges wanted;
  private final CRC32 crc = new CRC32();

  // What was read last, and where it lies in the file.
  private byte[] window = new byte[0];
  private long windowStart;
  private int windowLength;

  // The page that is open.
  private byte[] plain = new byte[RunLengths.SLACK];
  private FoundHeader header;
  private int number = -1;
  private int firstRow;
  private int endRow;
  private long nextOffset;

  ChunkPages(StoredChunk chunk, RowRanges wanted) {
    this.chunk = chunk;
    this.wanted = wanted;
    this.nextOffset = chunk.meta().getData_page_offset();
  }

  StoredChunk chunk() {
    return chunk;
  }

  int firstRow() {
    return firstRow;
  }

  /** The row behind the page; behind the row group until {@link #endsBefore} is called. */
  int endRow() {
    return endRow;
  }

  FoundHeader header() {
    return header;
  }

  /** Its bytes, with {@link RunLengths#SLACK} more behind {@link FoundHeader#plainBytes}. */
  byte[] plain() {
    return plain;
  }

  /** Whether where its pages are was not written, so that they are read one after the other. */
  boolean isSequential() {
    return chunk.offsets() == null;
  }

  /** Says where the page ends which is open; only if {@link #isSequential}. */
  void endsBefore(int row) {
    endRow = row;
  }

  /** Opens the page that a row is on. */
  void open(int row) throws IOException {
    List<PageLocation> pages = chunk.offsets().getPage_locations();
    int page = Math.max(number, 0);
    if (row < firstRow) {
      page = 0;
    }
    while (page + 1 < pages.size() && pages.get(page + 1).getFirst_row_index() <= row) {
      page++;
    }
    boolean isInTurn = page == number + 1 && number >= 0;
    number = page;
    firstRow = (int) pages.get(page).getFirst_row_index();
    endRow = firstRow(page + 1);
    PageLocation place = pages.get(page);
    try {
      ensure(place.getOffset(), place.getCompressed_page_size(), readAhead(page, isInTurn));
      load(place.getOffset(), place.getCompressed_page_size());
    } catch (MalformedPageException e) {
      throw chunk.damaged(firstRow, e);
    }
  }

  private int firstRow(int page) {
    List<PageLocation> pages = chunk.offsets().getPage_locations();
    return page < pages.size() ? (int) pages.get(page).getFirst_row_index() : chunk.rows();
  }

  /**
   * The bytes from a page on that are worth reading at once.
   *
   * @param isInTurn whether the page before was the last one, so that it may go on like this
   */
  private long readAhead(int page, boolean isInTurn) {
    List<PageLocation> pages = chunk.offsets().getPage_locations();
    long start = pages.get(page).getOffset();
    long bytes = pages.get(page).getCompressed_page_size();
    for (int next = page + 1; next < pages.size(); next++) {
      PageLocation place = pages.get(next);
      long end = place.getOffset() + place.getCompressed_page_size() - start;
      boolean isWanted =
          wanted.count() == 0 ? isInTurn : wanted.overlap(firstRow(next), firstRow(next + 1));
      if (end > READ_BYTES_MAX || !isWanted) {
        break;
      }
      bytes = end;
    }
    return bytes;
  }

  /** Opens the page behind the one that is open; only if {@link #isSequential}. */
  void openNext() throws IOException {
    number++;
    firstRow = endRow;
    endRow = chunk.rows();
    try {
      long left = chunk.end() - nextOffset;
      if (left <= 0) {
        throw new MalformedPageException("the column ends before the row group");
      }
      nextOffset += loadUnknown(nextOffset, left);
    } catch (MalformedPageException e) {
      throw chunk.damaged(firstRow, e);
    }
  }

  /** Goes back to before the first page; only if {@link #isSequential}. */
  void rewind() {
    number = -1;
    firstRow = 0;
    endRow = 0;
    nextOffset = chunk.meta().getData_page_offset();
  }

  /**
   * Opens the page of the dictionary.
   *
   * @throws IOException if there is none
   */
  void openDictionary() throws IOException {
    try {
      long start = chunk.start();
      long left = chunk.meta().getData_page_offset() - start;
      if (left <= 0) {
        throw new MalformedPageException("there is no dictionary");
      }
      long length = loadUnknown(start, left);
      if (header.type() != PageType.DICTIONARY_PAGE) {
        throw new MalformedPageException("expected a dictionary, found a page of data");
      }
      if (length != left && chunk.offsets() != null) {
        throw new MalformedPageException(
            "expected a dictionary of %d bytes, found %d".formatted(left, length));
      }
    } catch (MalformedPageException e) {
      throw chunk.damaged(0, e);
    }
  }

  /** Loads a page of which only the place is known; returns its bytes with the header. */
  private long loadUnknown(long offset, long left) throws IOException {
    int headerBytes = (int) Math.min(left, HEADER_BYTES);
    ensure(offset, headerBytes, Math.min(left, READ_BYTES_MAX));
    long length;
    try {
      length = lengthAt(offset);
    } catch (MalformedPageException e) {
      if (left <= HEADER_BYTES) {
        throw e;
      }
      int more = (int) Math.min(left, HEADER_BYTES_MAX);
      ensure(offset, more, more);
      length = lengthAt(offset);
    }
    if (length > left) {
      throw new MalformedPageException(
          "a page of %d bytes where %d are left".formatted(length, left));
    }
    ensure(offset, (int) length, Math.max(length, Math.min(left, READ_BYTES_MAX)));
    load(offset, (int) length);
    return length;
  }

  private long lengthAt(long offset) throws MalformedPageException {
    int from = (int) (offset - windowStart);
    Cursor cursor = new Cursor(window, from, windowLength);
    FoundHeader found = FoundHeader.read(cursor);
    return (long) cursor.position() - from + found.storedBytes();
  }

  /** Has at least {@code length} bytes of the file in the window, or reads {@code ahead}. */
  private void ensure(long offset, int length, long ahead) throws IOException {
    if (offset >= windowStart && offset + length <= windowStart + windowLength) {
      return;
    }
    long left = chunk.end() - offset;
    int bytes = (int) Math.max(length, Math.min(left, Math.max(ahead, READ_BYTES_MIN)));
    if (window.length < bytes) {
      window = new byte[PageBuffer.larger(window.length, bytes)];
    }
    windowLength = 0;
    chunk.file().readPages(offset, window, bytes);
    windowStart = offset;
    windowLength = bytes;
  }

  private void load(long offset, int length) throws MalformedPageException {
    int from = (int) (offset - windowStart);
    Cursor cursor = new Cursor(window, from, from + length);
    header = FoundHeader.read(cursor);
    if (header.storedBytes() != cursor.left()) {
      throw new MalformedPageException(
          "expected a page of %d bytes, found %d".formatted(cursor.left(), header.storedBytes()));
    }
    int body = cursor.position();
    if (header.crc().isPresent()) {
      crc.reset();
      crc.update(window, body, header.storedBytes());
      if ((int) crc.getValue() != header.crc().getAsInt()) {
        throw new MalformedPageException("its checksum is wrong");
      }
    }
    requireEncoding();
    requireSize();
    int room = header.plainBytes() + RunLengths.SLACK;
    if (plain.length < room) {
      plain = new byte[PageBuffer.larger(plain.length, room)];
    }
    expand(body);
  }

  private void requireEncoding() throws MalformedPageException {
    boolean fits =
        header.type() == PageType.DICTIONARY_PAGE
            ? header.encoding() == Encoding.PLAIN || header.encoding() == Encoding.PLAIN_DICTIONARY
            : chunk.dataEncodings().contains(header.encoding());
    if (!fits) {
      throw new MalformedPageException("its encoding is %s".formatted(header.encoding()));
    }
  }

  private void requireSize() throws MalformedPageException {
    long max =
        Math.min(
            chunk.meta().getTotal_uncompressed_size(), Integer.MAX_VALUE - RunLengths.SLACK - 8L);
    if (header.plainBytes() > max
        || header.plainBytes() > RATIO_MAX * (header.storedBytes() + 1L)) {
      throw new MalformedPageException(
          "%d bytes become %d".formatted(header.storedBytes(), header.plainBytes()));
    }
  }

  private void expand(int body) throws MalformedPageException {
    int levels = header.levelBytes();
    int stored = header.storedBytes() - levels;
    int size = header.plainBytes() - levels;
    if (levels < 0 || stored < 0 || size < 0) {
      throw new MalformedPageException("its levels take %d bytes".formatted(levels));
    }
    System.arraycopy(window, body, plain, 0, levels);
    if (chunk.meta().getCodec() == CompressionCodec.UNCOMPRESSED || !header.isCompressed()) {
      if (stored != size) {
        throw new MalformedPageException("expected %d bytes, found %d".formatted(size, stored));
      }
      System.arraycopy(window, body + levels, plain, levels, size);
    } else if (stored > 0 || size > 0) {
      decompress(body + levels, stored, levels, size);
    }
  }

  private void decompress(int from, int stored, int to, int size) throws MalformedPageException {
    int found;
    try {
      found =
          chunk.file().decompressor().decompressByteArray(plain, to, size, window, from, stored);
    } catch (ZstdException e) {
      throw new MalformedPageException(e.getMessage());
    }
    if (found != size) {
      throw new MalformedPageException("expected %d bytes, found %d".formatted(size, found));
    }
  }
}
