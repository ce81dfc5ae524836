package dev.historics.archive.parquet;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/** A column of byte arrays: by a dictionary, or their lengths apart from their bytes. */
final class TextColumnWriter extends ColumnWriter {
  private static final int BOUND_BYTES_MAX = 64;

  private final ColumnDescriptor leaf;
  private final TextDictionary dictionary = new TextDictionary();
  private final BinaryTruncator truncator;

  // The page that is open: entries of the dictionary, or lengths and texts.
  private int[] ids = new int[0];
  private long[] lengths = new long[0];
  private final PageBuffer texts = new PageBuffer();

  // For each entry of the dictionary, the last page it was met on.
  private int[] metOn = new int[0];
  private int pageNumber;

  TextColumnWriter(ColumnDescriptor leaf, ColumnSettings settings, Workbench bench) {
    super(leaf, settings, bench);
    this.leaf = leaf;
    this.truncator = BinaryTruncator.getTruncator(leaf.getPrimitiveType());
  }

  @Override
  public void addText(byte[] utf8, int from, int length, int repetition) {
    startEntry(repetition);
    if (byDictionary()) {
      int id = dictionary.put(utf8, from, length, seen());
      if (id != TextDictionary.REFUSED) {
        int at = values();
        if (at == ids.length) {
          ids = Arrays.copyOf(ids, PageBuffer.larger(at, 64));
        }
        ids[at] = id;
        valueTaken(repetition, Integer.BYTES);
        return;
      }
      abandonDictionary();
    }
    int at = values();
    if (at == lengths.length) {
      lengths = Arrays.copyOf(lengths, PageBuffer.larger(at, 64));
    }
    lengths[at] = length;
    texts.put(utf8, from, length);
    valueTaken(repetition, length + Integer.BYTES);
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.plain().length();
  }

  @Override
  void putDictionary(PageBuffer page) {
    page.put(dictionary.plain().array(), 0, dictionary.plain().length());
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
    Arrays.fill(metOn, 0);
    pageNumber = 0;
  }

  @Override
  int[] ids() {
    return ids;
  }

  @Override
  Encoding putValues(PageBuffer page) {
    bench.deltas.encodeInts(lengths, values(), page);
    page.put(texts.array(), 0, texts.length());
    return Encoding.DELTA_LENGTH_BYTE_ARRAY;
  }

  @Override
  Optional<PageBounds> bounds() {
    return byDictionary() ? boundsOfEntries() : boundsOfTexts();
  }

  private Optional<PageBounds> boundsOfEntries() {
    if (metOn.length < dictionary.size()) {
      metOn = Arrays.copyOf(metOn, PageBuffer.larger(metOn.length, dictionary.size()));
    }
    pageNumber++;
    byte[] plain = dictionary.plain().array();
    int least = ids[0];
    int greatest = ids[0];
    for (int v = 0; v < values(); v++) {
      int id = ids[v];
      if (metOn[id] != pageNumber) {
        metOn[id] = pageNumber;
        int start = dictionary.start(id);
        int length = dictionary.length(id);
        if (isBelow(plain, start, length, dictionary.start(least), dictionary.length(least))) {
          least = id;
        } else if (isBelow(
            plain, dictionary.start(greatest), dictionary.length(greatest), start, length)) {
          greatest = id;
        }
      }
    }
    return bounds(
        plain,
        dictionary.start(least),
        dictionary.length(least),
        dictionary.start(greatest),
        dictionary.length(greatest));
  }

  private Optional<PageBounds> boundsOfTexts() {
    byte[] bytes = texts.array();
    int start = (int) lengths[0];
    int least = 0;
    int leastLength = start;
    int greatest = 0;
    int greatestLength = start;
    for (int v = 1; v < values(); v++) {
      int length = (int) lengths[v];
      if (isBelow(bytes, start, length, least, leastLength)) {
        least = start;
        leastLength = length;
      } else if (isBelow(bytes, greatest, greatestLength, start, length)) {
        greatest = start;
        greatestLength = length;
      }
      start += length;
    }
    return bounds(bytes, least, leastLength, greatest, greatestLength);
  }

  private static boolean isBelow(byte[] bytes, int a, int aLength, int b, int bLength) {
    return Arrays.compareUnsigned(bytes, a, a + aLength, bytes, b, b + bLength) < 0;
  }

  private Optional<PageBounds> bounds(
      byte[] bytes, int least, int leastLength, int greatest, int greatestLength) {
    Binary low = Binary.fromConstantByteArray(bytes, least, leastLength);
    Binary high = Binary.fromConstantByteArray(bytes, greatest, greatestLength);
    Binary shortLow = truncator.truncateMin(low, BOUND_BYTES_MAX);
    Binary shortHigh = truncator.truncateMax(high, BOUND_BYTES_MAX);
    if (shortHigh.length() > BOUND_BYTES_MAX) {
      // No short text is above it: all its characters are the last one of their kind.
      return Optional.empty();
    }
    return Optional.of(
        new PageBounds(
            Binary.fromConstantByteArray(shortLow.getBytes()),
            leastLength == shortLow.length(),
            Binary.fromConstantByteArray(shortHigh.getBytes()),
            shortHigh.equals(high)));
  }

  @Override
  Comparator<Binary> order() {
    PrimitiveType type = leaf.getPrimitiveType();
    return type.comparator();
  }

  @Override
  void clearValues() {
    texts.clear();
  }

  @Override
  void clearChoice() {
    // There is one encoding without a dictionary.
  }

  @Override
  void addEntry(ColumnWriter to, int id, int repetition) {
    to.addText(dictionary.plain().array(), dictionary.start(id), dictionary.length(id), repetition);
  }

  @Override
  ColumnWriter trial() {
    return new TextColumnWriter(leaf, settings.withoutDictionary().withoutBounds(), bench);
  }
}
