package dev.historics.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds that are noted are compared with those of the values, as parquet-java reads both. */
class PageBoundsTest {
  private static final int BOUND_BYTES_MAX = 64;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void bounds_and_nulls_are_those_of_the_values(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(500 + random.nextInt(2000));
    byte[] file =
        table.write(
            leaf -> Tables.settings(random),
            1 + random.nextInt(100_000),
            Table.Ends.random(random));

    int indexes = 0;
    try (ParquetFileReader reader = OtherReader.open(file)) {
      int firstRow = 0;
      for (BlockMetaData block : reader.getRowGroups()) {
        int end = firstRow + (int) block.getRowCount();
        for (int leaf = 0; leaf < block.getColumns().size(); leaf++) {
          ColumnChunkMetaData chunk = block.getColumns().get(leaf);
          Column column = new Column(table, leaf);
          column.requireStatistics(chunk.getStatistics(), column.cells(firstRow, end));
          OffsetIndex offsets = reader.readOffsetIndex(chunk);
          ColumnIndex index = reader.readColumnIndex(chunk);
          if (index != null) {
            column.requireIndex(index, offsets, firstRow, end);
            indexes++;
          }
        }
        firstRow = end;
      }
    }
    assertThat(indexes).isPositive();
  }

  private static final class Column {
    private final ColumnDescriptor leaf;
    private final Comparator<Object> order;
    private final List<List<Cell>> rows = new ArrayList<>();

    Column(Table table, int number) {
      this.leaf = table.schema().getColumns().get(number);
      this.order = order(leaf);
      for (Cell cell : table.columns().get(number)) {
        if (cell.repetition() == 0) {
          rows.add(new ArrayList<>());
        }
        rows.get(rows.size() - 1).add(cell);
      }
    }

    private static Comparator<Object> order(ColumnDescriptor leaf) {
      return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
        case BINARY ->
            (a, b) ->
                java.util.Arrays.compareUnsigned(((Binary) a).getBytes(), ((Binary) b).getBytes());
        case DOUBLE -> Comparator.comparingDouble(value -> (Double) value);
        default -> Comparator.comparingLong(value -> ((Number) value).longValue());
      };
    }

    List<Cell> cells(int from, int end) {
      return rows.subList(from, end).stream().flatMap(List::stream).toList();
    }

    private static List<Object> values(List<Cell> cells) {
      return cells.stream().map(Cell::value).filter(Objects::nonNull).toList();
    }

    private static boolean hasNan(List<Object> values) {
      return values.contains(Double.NaN);
    }

    void requireStatistics(Statistics<?> statistics, List<Cell> cells) {
      List<Object> values = values(cells);
      assertThat(statistics.getNumNulls()).isEqualTo(cells.size() - values.size());
      assertThat(statistics.hasNonNullValue())
          .as(leaf.toString())
          .isEqualTo(!values.isEmpty() && !hasNan(values));
      if (statistics.hasNonNullValue()) {
        requireBounds(value(statistics.getMinBytes()), value(statistics.getMaxBytes()), values);
      }
    }

    void requireIndex(ColumnIndex index, OffsetIndex offsets, int firstRow, int end) {
      int pages = offsets.getPageCount();
      Object least = null;
      Object greatest = null;
      boolean ascending = true;
      for (int page = 0; page < pages; page++) {
        int from = firstRow + (int) offsets.getFirstRowIndex(page);
        int to = page + 1 < pages ? firstRow + (int) offsets.getFirstRowIndex(page + 1) : end;
        List<Cell> cells = cells(from, to);
        List<Object> values = values(cells);
        assertThat(index.getNullCounts().get(page)).isEqualTo(cells.size() - values.size());
        assertThat(index.getNullPages().get(page)).isEqualTo(values.isEmpty());
        if (!values.isEmpty()) {
          Object min = value(index.getMinValues().get(page));
          Object max = value(index.getMaxValues().get(page));
          requireBounds(min, max, values);
          ascending &= least == null || order.compare(least, min) <= 0;
          ascending &= greatest == null || order.compare(greatest, max) <= 0;
          least = min;
          greatest = max;
        }
      }
      assertThat(index.getBoundaryOrder() == BoundaryOrder.ASCENDING)
          .as(leaf.toString())
          .isEqualTo(ascending);
    }

    private void requireBounds(Object min, Object max, List<Object> values) {
      Object least = values.stream().min(order).orElseThrow();
      Object greatest = values.stream().max(order).orElseThrow();
      if (least instanceof Binary low && greatest instanceof Binary high) {
        requireTextBounds((Binary) min, low, (Binary) max, high);
      } else if (least instanceof Double low && greatest instanceof Double high) {
        assertThat((Double) min).isEqualTo(low == 0 ? -0.0 : low);
        assertThat((Double) max).isEqualTo(high == 0 ? 0.0 : high);
      } else {
        assertThat(min).isEqualTo(least);
        assertThat(max).isEqualTo(greatest);
      }
    }

    private void requireTextBounds(Binary min, Binary least, Binary max, Binary greatest) {
      if (least.length() <= BOUND_BYTES_MAX) {
        assertThat(min).isEqualTo(least);
      } else {
        assertThat(min.length()).isBetween(BOUND_BYTES_MAX - 3, BOUND_BYTES_MAX);
        assertThat(order.compare(min, least)).isNegative();
      }
      if (greatest.length() <= BOUND_BYTES_MAX) {
        assertThat(max).isEqualTo(greatest);
      } else {
        assertThat(max.length()).isLessThanOrEqualTo(BOUND_BYTES_MAX);
        assertThat(order.compare(max, greatest)).isPositive();
      }
    }

    private Object value(byte[] bytes) {
      return value(ByteBuffer.wrap(bytes));
    }

    private Object value(ByteBuffer bytes) {
      ByteBuffer number = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
        case BINARY -> Binary.fromConstantByteBuffer(bytes);
        case INT32 -> number.getInt();
        case INT64 -> number.getLong();
        default -> number.getDouble();
      };
    }
  }
}
