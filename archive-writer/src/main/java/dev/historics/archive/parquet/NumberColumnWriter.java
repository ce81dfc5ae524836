package dev.historics.archive.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of numbers: by a dictionary, as they are, or whole numbers as differences, whatever
 * takes the fewest bytes. Numbers with a fraction are held as their bits.
 */
final class NumberColumnWriter extends ColumnWriter {
  private final ColumnDescriptor leaf;
  private final PrimitiveTypeName type;
  private final int width;
  private final NumberDictionary dictionary = new NumberDictionary();

  // The page that is open: entries of the dictionary, or numbers.
  private int[] ids = new int[0];
  private long[] numbers = new long[0];

  private Encoding chosen;

  NumberColumnWriter(ColumnDescriptor leaf, ColumnSettings settings, Workbench bench) {
    super(leaf, settings, bench);
    this.leaf = leaf;
    this.type = leaf.getPrimitiveType().getPrimitiveTypeName();
    this.width = type == PrimitiveTypeName.INT32 ? Integer.BYTES : Long.BYTES;
    clearChoice();
  }

  @Override
  public void addLong(long value, int repetition) {
    if (type == PrimitiveTypeName.DOUBLE) {
      super.addLong(value, repetition);
    }
    if (type == PrimitiveTypeName.INT32 && (int) value != value) {
      throw new IllegalArgumentException("column %s has 32 bits, got %d".formatted(leaf, value));
    }
    add(value, repetition);
  }

  @Override
  public void addDouble(double value, int repetition) {
    if (type != PrimitiveTypeName.DOUBLE) {
      super.addDouble(value, repetition);
    }
    add(Double.doubleToRawLongBits(value), repetition);
  }

  private void add(long bits, int repetition) {
    startEntry(repetition);
    if (byDictionary()) {
      int id = dictionary.put(bits, seen());
      if (id != NumberDictionary.REFUSED) {
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
    if (at == numbers.length) {
      numbers = Arrays.copyOf(numbers, PageBuffer.larger(at, 64));
    }
    numbers[at] = bits;
    valueTaken(repetition, width);
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.size() * width;
  }

  @Override
  void putDictionary(PageBuffer page) {
    for (int id = 0; id < dictionary.size(); id++) {
      putPlain(dictionary.number(id), page);
    }
  }

  private void putPlain(long bits, PageBuffer page) {
    if (width == Integer.BYTES) {
      page.putInt((int) bits);
    } else {
      page.putLong(bits);
    }
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
  }

  @Override
  int[] ids() {
    return ids;
  }

  /** The first page of a row group is made both ways; the others follow the smaller one. */
  @Override
  Encoding putValues(PageBuffer page) {
    int levels = page.length();
    if (chosen == null) {
      putDeltas(page);
      int deltas = bench.compressPage(settings.zstdLevel()).length;
      page.cutTo(levels);
      putPlain(page);
      int plain = bench.compressPage(settings.zstdLevel()).length;
      chosen = deltas < plain ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
      page.cutTo(levels);
    }
    if (chosen == Encoding.DELTA_BINARY_PACKED) {
      putDeltas(page);
    } else {
      putPlain(page);
    }
    return chosen;
  }

  private void putPlain(PageBuffer page) {
    page.reserve(values() * width);
    for (int v = 0; v < values(); v++) {
      putPlain(numbers[v], page);
    }
  }

  private void putDeltas(PageBuffer page) {
    if (width == Integer.BYTES) {
      bench.deltas.encodeInts(numbers, values(), page);
    } else {
      bench.deltas.encodeLongs(numbers, values(), page);
    }
  }

  @Override
  Optional<PageBounds> bounds() {
    return type == PrimitiveTypeName.DOUBLE ? doubleBounds() : Optional.of(longBounds());
  }

  private long bits(int v) {
    return byDictionary() ? dictionary.number(ids[v]) : numbers[v];
  }

  private PageBounds longBounds() {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int v = 0; v < values(); v++) {
      long value = bits(v);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return new PageBounds(binary(least), true, binary(greatest), true);
  }

  /** None where there is a NaN, since programs do not agree on its place in the order. */
  private Optional<PageBounds> doubleBounds() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < values(); v++) {
      double value = Double.longBitsToDouble(bits(v));
      if (Double.isNaN(value)) {
        return Optional.empty();
      }
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    // For others the two zeros are one: a bound must not stand between them.
    long low = Double.doubleToRawLongBits(least == 0 ? -0.0 : least);
    long high = Double.doubleToRawLongBits(greatest == 0 ? 0.0 : greatest);
    return Optional.of(new PageBounds(binary(low), true, binary(high), true));
  }

  private Binary binary(long bits) {
    ByteBuffer bytes = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
    if (width == Integer.BYTES) {
      bytes.putInt(0, (int) bits);
    } else {
      bytes.putLong(0, bits);
    }
    return Binary.fromConstantByteArray(bytes.array());
  }

  @Override
  Comparator<Binary> order() {
    return switch (type) {
      case INT32 -> Comparator.comparingInt(b -> buffer(b).getInt(0));
      case INT64 -> Comparator.comparingLong(b -> buffer(b).getLong(0));
      default -> Comparator.comparingDouble(b -> buffer(b).getDouble(0));
    };
  }

  private static ByteBuffer buffer(Binary number) {
    return number.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  void clearValues() {
    // Their number says what is used.
  }

  @Override
  void clearChoice() {
    chosen = type == PrimitiveTypeName.DOUBLE ? Encoding.PLAIN : null;
  }

  @Override
  void addEntry(ColumnWriter to, int id, int repetition) {
    ((NumberColumnWriter) to).add(dictionary.number(id), repetition);
  }

  @Override
  ColumnWriter trial() {
    return new NumberColumnWriter(leaf, settings.withoutDictionary().withoutBounds(), bench);
  }
}
