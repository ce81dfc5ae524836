package dev.historics.jobs;

import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.TextColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** Decodes the column of one target, batch by batch. Owned by one thread. */
abstract class ColumnDecoder {
  /** The next rows from {@code firstRow} on; rows before that are passed over. */
  abstract Column decode(int firstRow, int rows);

  /** A decoder for text. */
  static ColumnDecoder text(LeafReader leaf) {
    return leaf.dictionary() == null ? new PlainText(leaf) : new DictionaryText(leaf);
  }

  /** A decoder for whole numbers. */
  static ColumnDecoder integers(LeafReader leaf) {
    return new Integers(leaf);
  }

  /** A decoder for numbers with a fraction. */
  static ColumnDecoder decimals(LeafReader leaf) {
    return new Decimals(leaf);
  }

  /**
   * A decoder for places.
   *
   * @param leaves the latitudes and the longitudes
   */
  static ColumnDecoder places(List<LeafReader> leaves) {
    return new Places(leaves.get(0), leaves.get(1));
  }

  /** Takes the values of a leaf. */
  private interface ValueSink {
    /** Value number {@code v} of the batch. */
    void take(int v, ColumnReader value);
  }

  /**
   * Walks over some rows.
   *
   * @return where the values of each row start, and at the end their number
   */
  private static int[] walk(LeafReader leaf, int firstRow, int rows, ValueSink sink) {
    leaf.skipTo(firstRow);
    int[] rowStarts = new int[rows + 1];
    int values = 0;
    for (int row = 0; row < rows; row++) {
      rowStarts[row] = values;
      do {
        if (leaf.isPresent()) {
          sink.take(values++, leaf.value());
        }
      } while (leaf.next());
    }
    rowStarts[rows] = values;
    return rowStarts;
  }

  private static final class DictionaryText extends ColumnDecoder {
    private final LeafReader leaf;
    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;

    DictionaryText(LeafReader leaf) {
      this.leaf = leaf;
      Dictionary dictionary = leaf.dictionary();
      int entries = dictionary.getMaxId() + 1;
      this.starts = new int[entries];
      this.lengths = new int[entries];
      byte[] all = new byte[entries * 16];
      int end = 0;
      for (int entry = 0; entry < entries; entry++) {
        ByteBuffer text = dictionary.decodeToBinary(entry).toByteBuffer();
        starts[entry] = end;
        lengths[entry] = text.remaining();
        all = withRoom(all, end, lengths[entry]);
        text.get(all, end, lengths[entry]);
        end += lengths[entry];
      }
      this.bytes = all;
    }

    @Override
    Column decode(int firstRow, int rows) {
      IntValues ids = new IntValues(rows);
      int[] rowStarts =
          walk(leaf, firstRow, rows, (v, value) -> ids.set(v, value.getCurrentValueDictionaryID()));
      return TextColumn.dictionary(rowStarts, ids.values, bytes, starts, lengths, starts.length);
    }
  }

  private static final class PlainText extends ColumnDecoder {
    private final LeafReader leaf;
    private byte[] bytes = new byte[1 << 16];
    private int end;

    PlainText(LeafReader leaf) {
      this.leaf = leaf;
    }

    @Override
    Column decode(int firstRow, int rows) {
      IntValues starts = new IntValues(rows);
      IntValues lengths = new IntValues(rows);
      end = 0;
      int[] rowStarts =
          walk(
              leaf,
              firstRow,
              rows,
              (v, value) -> {
                starts.set(v, end);
                lengths.set(v, append(value.getBinary()));
              });
      return TextColumn.plain(rowStarts, bytes, starts.values, lengths.values);
    }

    private int append(Binary text) {
      ByteBuffer source = text.toByteBuffer();
      int length = source.remaining();
      bytes = withRoom(bytes, end, length);
      source.get(bytes, end, length);
      end += length;
      return length;
    }
  }

  private static final class Integers extends ColumnDecoder {
    private final LeafReader leaf;

    Integers(LeafReader leaf) {
      this.leaf = leaf;
    }

    @Override
    Column decode(int firstRow, int rows) {
      LongValues values = new LongValues(rows);
      int[] rowStarts = walk(leaf, firstRow, rows, (v, value) -> values.set(v, value.getLong()));
      return new IntColumn(rowStarts, values.values);
    }
  }

  private static final class Decimals extends ColumnDecoder {
    private final LeafReader leaf;

    Decimals(LeafReader leaf) {
      this.leaf = leaf;
    }

    @Override
    Column decode(int firstRow, int rows) {
      DoubleValues values = new DoubleValues(rows);
      int[] rowStarts = walk(leaf, firstRow, rows, (v, value) -> values.set(v, value.getDouble()));
      return new FloatColumn(rowStarts, values.values);
    }
  }

  private static final class Places extends ColumnDecoder {
    private final LeafReader latitudes;
    private final LeafReader longitudes;

    Places(LeafReader latitudes, LeafReader longitudes) {
      this.latitudes = latitudes;
      this.longitudes = longitudes;
    }

    @Override
    Column decode(int firstRow, int rows) {
      DoubleValues north = new DoubleValues(rows);
      DoubleValues east = new DoubleValues(rows);
      int[] rowStarts =
          walk(latitudes, firstRow, rows, (v, value) -> north.set(v, value.getDouble()));
      walk(longitudes, firstRow, rows, (v, value) -> east.set(v, value.getDouble()));
      return new GeoColumn(rowStarts, north.values, east.values);
    }
  }

  private static byte[] withRoom(byte[] bytes, int used, int more) {
    return bytes.length - used >= more
        ? bytes
        : Arrays.copyOf(bytes, Math.max(Math.addExact(used, more), bytes.length * 2));
  }

  /** An array that grows. */
  private static final class IntValues {
    private int[] values;

    IntValues(int expected) {
      values = new int[expected];
    }

    void set(int index, int value) {
      if (index == values.length) {
        values = Arrays.copyOf(values, Math.max(16, index * 2));
      }
      values[index] = value;
    }
  }

  /** An array that grows. */
  private static final class LongValues {
    private long[] values;

    LongValues(int expected) {
      values = new long[expected];
    }

    void set(int index, long value) {
      if (index == values.length) {
        values = Arrays.copyOf(values, Math.max(16, index * 2));
      }
      values[index] = value;
    }
  }

  /** An array that grows. */
  private static final class DoubleValues {
    private double[] values;

    DoubleValues(int expected) {
      values = new double[expected];
    }

    void set(int index, double value) {
      if (index == values.length) {
        values = Arrays.copyOf(values, Math.max(16, index * 2));
      }
      values[index] = value;
    }
  }
}
