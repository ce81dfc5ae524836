package dev.historics.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * What a file should hold: for each leaf, its cells.
 *
 * @param columns in the schema's order
 */
record Table(MessageType schema, int rows, List<List<Cell>> columns) {
  /** When a cluster or a row group is said to end. */
  interface Ends {
    void after(int row, ParquetWriter writer) throws IOException;

    /** They end when the writer wants. */
    static Ends none() {
      return (row, writer) -> {};
    }

    /** Some end somewhere. */
    static Ends random(SplittableRandom random) {
      return (row, writer) -> {
        int lot = random.nextInt(1000);
        if (lot < 3) {
          writer.endRowGroup();
        } else if (lot < 30) {
          writer.endCluster();
        }
      };
    }
  }

  byte[] write(Function<ColumnDescriptor, ColumnSettings> settings, long rowGroupBytes, Ends ends)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(settings, rowGroupBytes, ends, bytes);
    return bytes.toByteArray();
  }

  Written write(
      Function<ColumnDescriptor, ColumnSettings> settings,
      long rowGroupBytes,
      Ends ends,
      OutputStream to)
      throws IOException {
    try (ParquetWriter writer = new ParquetWriter(to, schema, settings, rowGroupBytes)) {
      int[] next = new int[columns.size()];
      for (int row = 0; row < rows; row++) {
        for (int leaf = 0; leaf < next.length; leaf++) {
          next[leaf] = writeRow(writer.column(leaf), columns.get(leaf), next[leaf]);
        }
        writer.endRow();
        ends.after(row, writer);
      }
      return writer.finish(Map.of("made.by", "a test"));
    }
  }

  private static int writeRow(ColumnWriter column, List<Cell> cells, int from) {
    int at = from;
    do {
      write(column, cells.get(at));
      at++;
    } while (at < cells.size() && cells.get(at).repetition() > 0);
    return at;
  }

  private static void write(ColumnWriter column, Cell cell) {
    if (cell.value() == null) {
      column.addNull(cell.repetition(), cell.definition());
    } else if (cell.value() instanceof Binary text) {
      byte[] bytes = text.getBytes();
      byte[] within = new byte[bytes.length + 5];
      System.arraycopy(bytes, 0, within, 3, bytes.length);
      column.addText(within, 3, bytes.length, cell.repetition());
    } else if (cell.value() instanceof Double number) {
      column.addDouble(number, cell.repetition());
    } else {
      column.addLong(((Number) cell.value()).longValue(), cell.repetition());
    }
  }
}
