package dev.historics.archive.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of numbers, read into arrays. Owned by one thread. */
public final class NumberReader extends ColumnReader {
  private final PrimitiveTypeName type;
  private final int width;
  private long[] dictionary = new long[0];
  private boolean hasDictionary;
  private int[] pageIds = new int[0];

  /** The page that is open; numbers with a fraction as their bits. */
  private long[] page = new long[0];

  // The rows that were read last.
  private long[] numbers = new long[0];
  private int used;

  NumberReader(ChunkPages pages) {
    super(pages);
    this.type = pages.chunk().leaf().getPrimitiveType().getPrimitiveTypeName();
    this.width = type == PrimitiveTypeName.INT32 ? Integer.BYTES : Long.BYTES;
  }

  /**
   * Between what the values of some rows lie in a column of whole numbers, as the file says of
   * their pages, which are not read; empty if it does not say.
   *
   * @param end exclusive
   */
  public Optional<NumberBounds> bounds(int firstRow, int end) throws IOException {
    return pages().chunk().bounds(firstRow, end);
  }

  /**
   * The whole numbers in the rows that were read last; valid until the next {@link #read}, and may
   * be longer than what is used.
   */
  public long[] longs() {
    return numbers;
  }

  /** The numbers with a fraction in the rows that were read last, in a new array. */
  public double[] doubles() {
    double[] doubles = new double[used];
    for (int v = 0; v < used; v++) {
      doubles[v] = Double.longBitsToDouble(numbers[v]);
    }
    return doubles;
  }

  /** A value of the row that was sought, in a column of whole numbers. */
  public long number(int value) {
    return isAmongRead() ? numbers[value] : page[value];
  }

  /** A value of the row that was sought, in a column of numbers with a fraction. */
  public double decimal(int value) {
    return Double.longBitsToDouble(number(value));
  }

  @Override
  void startRows(int count) {
    used = 0;
    numbers = numbers.length < count ? new long[count] : numbers;
  }

  @Override
  void leavePage() {
    // What was taken was copied.
  }

  @Override
  void decode(int from, int values) throws MalformedPageException {
    if (page.length < values) {
      page = new long[PageBuffer.larger(page.length, values)];
    }
    Encoding encoding = pages().header().encoding();
    switch (encoding) {
      case RLE_DICTIONARY, PLAIN_DICTIONARY -> decodeIds(from, values);
      case DELTA_BINARY_PACKED -> decodeDeltas(from, values);
      case PLAIN -> decodePlain(from, values, page);
      default ->
          throw new MalformedPageException("numbers as %s are not read here".formatted(encoding));
    }
  }

  private void decodeIds(int from, int values) throws MalformedPageException {
    if (!hasDictionary) {
      throw new MalformedPageException("its dictionary was not read");
    }
    if (pageIds.length < values) {
      pageIds = new int[PageBuffer.larger(pageIds.length, values)];
    }
    DictionaryIds.decode(pages(), from, pageIds, values, dictionary.length);
    for (int v = 0; v < values; v++) {
      page[v] = dictionary[pageIds[v]];
    }
  }

  private void decodeDeltas(int from, int values) throws MalformedPageException {
    Cursor cursor = new Cursor(pages().plain(), from, pages().header().plainBytes());
    Deltas.decode(cursor, pages().plain(), width * Byte.SIZE, page, values);
    if (cursor.left() != 0) {
      throw new MalformedPageException("there are %d bytes too many".formatted(cursor.left()));
    }
  }

  private void decodePlain(int from, int values, long[] into) throws MalformedPageException {
    byte[] plain = pages().plain();
    if ((long) values * width != pages().header().plainBytes() - from) {
      throw new MalformedPageException(
          "expected %d numbers in %d bytes"
              .formatted(values, pages().header().plainBytes() - from));
    }
    if (width == Integer.BYTES) {
      for (int v = 0; v < values; v++) {
        into[v] = PageBuffer.intAt(plain, from + v * Integer.BYTES);
      }
    } else {
      for (int v = 0; v < values; v++) {
        into[v] = PageBuffer.longAt(plain, from + v * Long.BYTES);
      }
    }
  }

  @Override
  void take(int from, int end) {
    int more = end - from;
    if (numbers.length - used < more) {
      numbers = Arrays.copyOf(numbers, PageBuffer.larger(numbers.length, used + more));
    }
    System.arraycopy(page, from, numbers, used, more);
    used += more;
  }

  @Override
  void readDictionary() throws IOException {
    pages().openDictionary();
    int entries = pages().header().entries();
    try {
      if ((long) entries * width > pages().header().plainBytes()) {
        throw new MalformedPageException("a dictionary of %d entries".formatted(entries));
      }
      dictionary = new long[entries];
      decodePlain(0, entries, dictionary);
    } catch (MalformedPageException e) {
      throw pages().chunk().damaged(0, e);
    }
    hasDictionary = true;
  }
}
