package dev.historics.archive.parquet;

import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Reads the values of rows by what is tested, and from a table for comparison. */
final class OwnReader {
  private OwnReader() {}

  static ParquetFile open(byte[] file) throws IOException {
    return ParquetFile.open("rows.parquet", new Memory(file));
  }

  /** Starts to read a column. */
  static Rows rows(ParquetFile file, int rowGroup, ColumnDescriptor leaf, RowRanges wanted)
      throws IOException {
    return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> new Rows(leaf, file.texts(rowGroup, leaf, wanted));
      default -> new Rows(leaf, file.numbers(rowGroup, leaf, wanted));
    };
  }

  /** All rows of a column: the values of each. */
  static List<List<Object>> all(ParquetFile file, ColumnDescriptor leaf) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (int group = 0; group < file.rowGroups(); group++) {
      RowRanges all = RowRanges.all(file.rows(group));
      rows.addAll(rows(file, group, leaf, all).read(0, file.rows(group)));
    }
    return rows;
  }

  /** The values of each row of a table's column, which leaves out nulls. */
  static List<List<Object>> all(Table table, int leaf) {
    List<List<Object>> rows = new ArrayList<>();
    for (Cell cell : table.columns().get(leaf)) {
      if (cell.repetition() == 0) {
        rows.add(new ArrayList<>());
      }
      if (cell.value() != null) {
        rows.get(rows.size() - 1).add(cell.value());
      }
    }
    return rows;
  }

  /** A column that is being read. */
  static final class Rows {
    private final ColumnDescriptor leaf;
    private final ColumnReader reader;

    Rows(ColumnDescriptor leaf, ColumnReader reader) {
      this.leaf = leaf;
      this.reader = reader;
    }

    List<List<Object>> read(int firstRow, int count) throws IOException {
      reader.read(firstRow, count);
      int[] starts = reader.rowStarts();
      List<List<Object>> rows = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        List<Object> values = new ArrayList<>();
        for (int v = starts[row]; v < starts[row + 1]; v++) {
          values.add(value(v));
        }
        rows.add(values);
      }
      return rows;
    }

    /** The values of one row, gone to. */
    List<Object> seek(int row) throws IOException {
      reader.seek(row);
      List<Object> values = new ArrayList<>();
      for (int v = reader.first(); v < reader.end(); v++) {
        values.add(sought(v));
      }
      return values;
    }

    private Object sought(int v) {
      if (reader instanceof TextReader texts) {
        byte[] copy = new byte[texts.length(v)];
        System.arraycopy(texts.array(), texts.start(v), copy, 0, copy.length);
        return Binary.fromConstantByteArray(copy);
      }
      NumberReader numbers = (NumberReader) reader;
      return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
        case DOUBLE -> numbers.decimal(v);
        case INT64 -> numbers.number(v);
        default -> Math.toIntExact(numbers.number(v));
      };
    }

    private Object value(int v) {
      if (reader instanceof TextReader texts) {
        int slice = texts.hasDictionary() ? texts.ids()[v] : v;
        byte[] copy = new byte[texts.lengths()[slice]];
        System.arraycopy(texts.bytes(), texts.starts()[slice], copy, 0, copy.length);
        return Binary.fromConstantByteArray(copy);
      }
      NumberReader numbers = (NumberReader) reader;
      PrimitiveTypeName type = leaf.getPrimitiveType().getPrimitiveTypeName();
      if (type == PrimitiveTypeName.DOUBLE) {
        return numbers.doubles()[v];
      }
      return type == PrimitiveTypeName.INT64
          ? (Object) numbers.longs()[v]
          : (Object) Math.toIntExact(numbers.longs()[v]);
    }
  }

  /** A file in memory. */
  static final class Memory implements ArchiveInput {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.min(length, bytes.length - position);
      if (count <= 0) {
        return -1;
      }
      System.arraycopy(bytes, (int) position, target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
