package dev.historics.archive.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/**
 * A column of byte arrays, read into slices of an array of bytes. If all values are entries of a
 * dictionary, the slices are those of its entries, and each value is an entry's number. Owned by
 * one thread.
 */
public final class TextReader extends ColumnReader {
  private static final byte[] NONE = new byte[0];

  private final boolean onlyDictionary;

  // The dictionary, once a page needs it.
  private boolean hasRead;
  private byte[] dictionary = new byte[0];
  private int[] entryStarts = new int[0];
  private int[] entryLengths = new int[0];

  // The page that is open: numbers of entries, or slices of its bytes.
  private boolean byEntry;
  private int[] pageIds = new int[0];
  private int[] pageStarts = new int[0];
  private int[] pageLengths = new int[0];
  private long[] deltas = new long[0];

  // The rows that were read last.
  private int[] ids = new int[0];
  private int[] starts = new int[0];
  private int[] lengths = new int[0];
  private byte[] bytes = new byte[0];
  private int used;
  private byte[] gathered = new byte[0];
  private int gatheredBytes;

  TextReader(ChunkPages pages) {
    super(pages);
    this.onlyDictionary = pages.chunk().onlyDictionary();
  }

  /** Whether values are numbers of entries. */
  public boolean hasDictionary() {
    return onlyDictionary;
  }

  /** The number of entries in the dictionary, once that was read. */
  public int entries() {
    return entryStarts.length;
  }

  /**
   * The entry of each value in the rows that were read last; only with a dictionary. Valid until
   * the next {@link #read}; it may be longer than what is used, as other arrays may.
   */
  public int[] ids() {
    return ids;
  }

  /** What all slices are of; not to be changed, and valid until the next {@link #read}. */
  public byte[] bytes() {
    return onlyDictionary ? dictionary : bytes;
  }

  /**
   * Where each entry starts in {@link #bytes}; without a dictionary, each value of the rows that
   * were read last. The same array as long as the dictionary is the same.
   */
  public int[] starts() {
    return onlyDictionary ? entryStarts : starts;
  }

  /** The length of each entry, or each value, in bytes. */
  public int[] lengths() {
    return onlyDictionary ? entryLengths : lengths;
  }

  /** What a value of the row that was sought is a slice of; not to be changed. */
  public byte[] array() {
    return isAmongRead() ? bytes() : pageBytes();
  }

  /** Where a value of the row that was sought starts in {@link #array}. */
  public int start(int value) {
    if (isAmongRead()) {
      return onlyDictionary ? entryStarts[ids[value]] : starts[value];
    }
    return pageStart(value);
  }

  /** The length of a value of the row that was sought. */
  public int length(int value) {
    if (isAmongRead()) {
      return onlyDictionary ? entryLengths[ids[value]] : lengths[value];
    }
    return pageLength(value);
  }

  private byte[] pageBytes() {
    return byEntry ? dictionary : pages().plain();
  }

  private int pageStart(int value) {
    return byEntry ? entryStarts[pageIds[value]] : pageStarts[value];
  }

  private int pageLength(int value) {
    return byEntry ? entryLengths[pageIds[value]] : pageLengths[value];
  }

  @Override
  void startRows(int count) {
    used = 0;
    gatheredBytes = 0;
    bytes = NONE;
    if (onlyDictionary) {
      ids = ids.length < count ? new int[count] : ids;
    } else if (starts.length < count) {
      starts = new int[count];
      lengths = new int[count];
    }
  }

  @Override
  void decode(int from, int values) throws MalformedPageException {
    Encoding encoding = pages().header().encoding();
    byEntry = false;
    switch (encoding) {
      case RLE_DICTIONARY, PLAIN_DICTIONARY -> decodeIds(from, values);
      case DELTA_LENGTH_BYTE_ARRAY -> decodeLengths(from, values);
      case PLAIN -> decodePlain(from, values);
      default ->
          throw new MalformedPageException("text as %s is not read here".formatted(encoding));
    }
  }

  private void decodeIds(int from, int values) throws MalformedPageException {
    if (!hasRead) {
      throw new MalformedPageException("its dictionary was not read");
    }
    byEntry = true;
    if (pageIds.length < values) {
      pageIds = new int[PageBuffer.larger(pageIds.length, values)];
    }
    DictionaryIds.decode(pages(), from, pageIds, values, entryStarts.length);
  }

  private void decodeLengths(int from, int values) throws MalformedPageException {
    makeRoom(values);
    if (deltas.length < values) {
      deltas = new long[PageBuffer.larger(deltas.length, values)];
    }
    Cursor cursor = new Cursor(pages().plain(), from, pages().header().plainBytes());
    Deltas.decode(cursor, pages().plain(), Integer.SIZE, deltas, values);
    long at = cursor.position();
    for (int v = 0; v < values; v++) {
      int length = (int) deltas[v];
      if (length < 0) {
        throw new MalformedPageException("a text of %d bytes".formatted(length));
      }
      pageStarts[v] = (int) at;
      pageLengths[v] = length;
      at += length;
      if (at > pages().header().plainBytes()) {
        throw new MalformedPageException("a text goes on behind the page");
      }
    }
    requireEnd(at);
  }

  private void decodePlain(int from, int values) throws MalformedPageException {
    makeRoom(values);
    Cursor cursor = new Cursor(pages().plain(), from, pages().header().plainBytes());
    for (int v = 0; v < values; v++) {
      int length = cursor.low(Integer.BYTES);
      pageStarts[v] = cursor.skip(length);
      pageLengths[v] = length;
    }
    requireEnd(cursor.position());
  }

  private void requireEnd(long end) throws MalformedPageException {
    if (end != pages().header().plainBytes()) {
      throw new MalformedPageException(
          "its values take %d bytes of %d".formatted(end, pages().header().plainBytes()));
    }
  }

  private void makeRoom(int values) {
    if (pageStarts.length < values) {
      pageStarts = new int[PageBuffer.larger(pageStarts.length, values)];
      pageLengths = new int[pageStarts.length];
    }
  }

  @Override
  void take(int from, int end) {
    int more = end - from;
    if (onlyDictionary) {
      if (ids.length - used < more) {
        ids = Arrays.copyOf(ids, PageBuffer.larger(ids.length, used + more));
      }
      System.arraycopy(pageIds, from, ids, used, more);
      used += more;
      return;
    }
    if (starts.length - used < more) {
      starts = Arrays.copyOf(starts, PageBuffer.larger(starts.length, used + more));
      lengths = Arrays.copyOf(lengths, starts.length);
    }
    if (used == 0 && !byEntry) {
      // All may be on this page: then they stay where they are.
      bytes = pages().plain();
      System.arraycopy(pageStarts, from, starts, 0, more);
      System.arraycopy(pageLengths, from, lengths, 0, more);
      used = more;
      return;
    }
    for (int v = from; v < end; v++) {
      gather(v);
    }
  }

  /** Adds a value of the page that is open behind those that are gathered. */
  private void gather(int v) {
    gather(pageBytes(), pageStart(v), pageLength(v), used++);
  }

  private void gather(byte[] source, int start, int length, int at) {
    if (gathered.length - gatheredBytes < length) {
      int wanted = Math.addExact(gatheredBytes, length);
      gathered = Arrays.copyOf(gathered, PageBuffer.larger(gathered.length, wanted));
    }
    System.arraycopy(source, start, gathered, gatheredBytes, length);
    starts[at] = gatheredBytes;
    lengths[at] = length;
    gatheredBytes += length;
    bytes = gathered;
  }

  /** The bytes of the page are about to go: what was taken of them is gathered. */
  @Override
  void leavePage() {
    if (used > 0 && gatheredBytes == 0 && bytes == pages().plain()) {
      for (int v = 0; v < used; v++) {
        gather(pages().plain(), starts[v], lengths[v], v);
      }
      bytes = gathered;
    }
  }

  @Override
  void readDictionary() throws IOException {
    pages().openDictionary();
    int entries = pages().header().entries();
    int end = pages().header().plainBytes();
    try {
      if (entries > end / Integer.BYTES) {
        throw new MalformedPageException(
            "%d entries in a dictionary of %d bytes".formatted(entries, end));
      }
      entryStarts = new int[entries];
      entryLengths = new int[entries];
      Cursor cursor = new Cursor(pages().plain(), 0, end);
      for (int entry = 0; entry < entries; entry++) {
        int length = cursor.low(Integer.BYTES);
        entryStarts[entry] = cursor.skip(length);
        entryLengths[entry] = length;
      }
      requireEnd(cursor.position());
    } catch (MalformedPageException e) {
      throw pages().chunk().damaged(0, e);
    }
    dictionary = Arrays.copyOf(pages().plain(), end);
    hasRead = true;
  }
}
