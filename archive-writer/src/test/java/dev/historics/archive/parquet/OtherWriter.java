package dev.historics.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Type;

/** Writes tables by parquet-java. */
final class OtherWriter {
  private OtherWriter() {}

  static byte[] write(Table table, UnaryOperator<ExampleParquetWriter.Builder> settings)
      throws IOException {
    Memory memory = new Memory();
    int[] next = new int[table.columns().size()];
    try (ParquetWriter<Group> writer =
        settings
            .apply(ExampleParquetWriter.builder(memory))
            .withConf(new PlainParquetConfiguration())
            .withType(table.schema())
            .build()) {
      for (int row = 0; row < table.rows(); row++) {
        Group group = new SimpleGroup(table.schema());
        for (int leaf = 0; leaf < next.length; leaf++) {
          next[leaf] =
              add(
                  group,
                  table.schema().getColumns().get(leaf),
                  table.columns().get(leaf),
                  next[leaf]);
        }
        writer.write(group);
      }
    }
    return memory.bytes.toByteArray();
  }

  /** Adds a row's cells; returns which is next. */
  private static int add(Group row, ColumnDescriptor leaf, List<Cell> cells, int from) {
    int at = from;
    do {
      add(row, leaf.getPath(), cells.get(at));
      at++;
    } while (at < cells.size() && cells.get(at).repetition() > 0);
    return at;
  }

  private static void add(Group row, String[] path, Cell cell) {
    Group group = row;
    int level = 0;
    boolean isNew = cell.repetition() == 0;
    for (String name : path) {
      Type type = group.getType().getType(name);
      if (!type.isRepetition(Type.Repetition.REQUIRED)) {
        if (level == cell.definition()) {
          return;
        }
        level++;
      }
      if (type.isPrimitive()) {
        add(group, name, cell.value());
        return;
      }
      isNew |= type.isRepetition(Type.Repetition.REPEATED);
      group = isNew ? group.addGroup(name) : group.getGroup(name, 0);
    }
  }

  private static void add(Group group, String name, Object value) {
    if (value instanceof Binary text) {
      group.add(name, text);
    } else if (value instanceof Integer number) {
      group.add(name, number);
    } else if (value instanceof Long number) {
      group.add(name, number);
    } else {
      group.add(name, (Double) value);
    }
  }

  private static final class Memory implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new DelegatingPositionOutputStream(bytes) {
        @Override
        public long getPos() {
          return bytes.size();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
