package dev.historics.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFileTest {
  private static byte[] written(Table table, SplittableRandom random) throws IOException {
    return table.write(
        leaf -> Tables.settings(random), 1 + random.nextInt(200_000), Table.Ends.random(random));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void all_rows_are_those_that_were_written(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(random.nextInt(3000));

    try (ParquetFile file = OwnReader.open(written(table, random))) {
      requireEqual(file, table);
      for (int group = 0; group < file.rowGroups(); group++) {
        file.check(group);
      }
      assertThat(file.rows()).isEqualTo(table.rows());
      assertThat(file.schema()).isEqualTo(table.schema());
      assertThat(file.metadata()).containsEntry("made.by", "a test");
    }
  }

  private static void requireEqual(ParquetFile file, Table table) throws IOException {
    for (int leaf = 0; leaf < table.columns().size(); leaf++) {
      ColumnDescriptor column = table.schema().getColumns().get(leaf);
      List<List<Object>> found = OwnReader.all(file, column);
      assertThat(found.equals(OwnReader.all(table, leaf))).as(column.toString()).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void rows_can_be_passed_over_and_read_in_any_pieces(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(500 + random.nextInt(2000));

    try (ParquetFile file = OwnReader.open(written(table, random))) {
      for (int leaf = 0; leaf < table.columns().size(); leaf++) {
        ColumnDescriptor column = table.schema().getColumns().get(leaf);
        List<List<Object>> expected = OwnReader.all(table, leaf);
        int groupStart = 0;
        for (int group = 0; group < file.rowGroups(); group++) {
          int rows = file.rows(group);
          OwnReader.Rows reader =
              OwnReader.rows(file, group, column, RowRanges.between(0, rows / 2));
          int row = 0;
          while (row < rows) {
            int from = Math.min(rows, row + random.nextInt(200));
            int end = Math.min(rows, from + random.nextInt(300));
            assertThat(reader.read(from, end - from))
                .as("%s rows %d to %d of %d", column, from, end, rows)
                .isEqualTo(expected.subList(groupStart + from, groupStart + end));
            row = random.nextInt(10) == 0 ? from : Math.max(end, row + 1);
          }
          groupStart += rows;
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void whole_numbers_of_some_rows_are_within_the_bounds_of_their_pages(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(500 + random.nextInt(1000));

    try (ParquetFile file = OwnReader.open(written(table, random))) {
      for (int leaf = 0; leaf < table.columns().size(); leaf++) {
        ColumnDescriptor column = table.schema().getColumns().get(leaf);
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        if (type != PrimitiveTypeName.INT32 && type != PrimitiveTypeName.INT64) {
          continue;
        }
        List<List<Object>> expected = OwnReader.all(table, leaf);
        NumberReader reader = file.numbers(0, column, RowRanges.none());
        for (int i = 0; i < 50; i++) {
          int from = random.nextInt(file.rows(0));
          int end = from + 1 + random.nextInt(file.rows(0) - from);
          NumberBounds bounds = reader.bounds(from, end).orElse(NumberBounds.ALL);
          assertThat(expected.subList(from, end).stream().flatMap(List::stream))
              .as("%s rows %d to %d", column, from, end)
              .allSatisfy(
                  value ->
                      assertThat(((Number) value).longValue())
                          .isBetween(bounds.least(), bounds.greatest()));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void rows_can_be_gone_to_among_those_that_were_read_and_elsewhere(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(500 + random.nextInt(1000));

    try (ParquetFile file = OwnReader.open(written(table, random))) {
      for (int leaf = 0; leaf < table.columns().size(); leaf++) {
        ColumnDescriptor column = table.schema().getColumns().get(leaf);
        List<List<Object>> expected = OwnReader.all(table, leaf);
        int rows = file.rows(0);
        OwnReader.Rows reader = OwnReader.rows(file, 0, column, RowRanges.none());
        for (int from = 0; from < rows; from += random.nextInt(200)) {
          int end = Math.min(rows, from + random.nextInt(300));
          assertThat(reader.read(from, end - from)).isEqualTo(expected.subList(from, end));
          for (int i = 0; i < 20; i++) {
            boolean isAmongRead = end > from && random.nextInt(4) > 0;
            int row = isAmongRead ? from + random.nextInt(end - from) : random.nextInt(rows);
            assertThat(reader.seek(row)).as("%s row %d", column, row).isEqualTo(expected.get(row));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, ZSTD,         1, true,  200",
    "PARQUET_1_0, UNCOMPRESSED, 2, true,  100000",
    "PARQUET_1_0, ZSTD,         3, false, 1000",
    "PARQUET_2_0, UNCOMPRESSED, 4, false, 1000",
    "PARQUET_1_0, ZSTD,         5, true,  3000"
  })
  void files_of_parquet_java_are_read(
      WriterVersion version, CompressionCodecName codec, long seed, boolean dictionary, int page)
      throws IOException {
    Table table = new Tables(seed, true).next(2000);
    byte[] bytes =
        OtherWriter.write(
            table,
            settings ->
                settings
                    .withWriterVersion(version)
                    .withCompressionCodec(codec)
                    .withDictionaryEncoding(dictionary)
                    .withDictionaryPageSize(1000)
                    .withRowGroupSize(100_000L)
                    .withPageSize(page));

    try (ParquetFile file = OwnReader.open(bytes)) {
      for (int leaf = 0; leaf < table.columns().size(); leaf++) {
        ColumnDescriptor column = table.schema().getColumns().get(leaf);
        boolean isText = column.getPrimitiveType().getPrimitiveTypeName().name().equals("BINARY");
        if (version == WriterVersion.PARQUET_2_0 && isText) {
          assertThatThrownBy(() -> OwnReader.all(file, column))
              .hasMessageContaining("text as DELTA_BYTE_ARRAY is not read here");
          continue;
        }
        List<List<Object>> found = OwnReader.all(file, column);
        assertThat(found.equals(OwnReader.all(table, leaf))).as(column.toString()).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void no_row_within_bounds_is_passed_over(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, false).next(500 + random.nextInt(2000));

    try (ParquetFile file = OwnReader.open(written(table, random))) {
      for (int leaf : new int[] {1, 2, 7, 8, 11}) {
        ColumnDescriptor column = table.schema().getColumns().get(leaf);
        List<List<Object>> rows = OwnReader.all(table, leaf);
        for (int attempt = 0; attempt < 20; attempt++) {
          List<Object> some = rows.get(random.nextInt(rows.size()));
          long value = some.isEmpty() ? 0 : ((Number) some.get(0)).longValue();
          requireNoneOutside(file, column, rows, new NumberBounds(value, value));
        }
      }
    }
  }

  private static void requireNoneOutside(
      ParquetFile file, ColumnDescriptor column, List<List<Object>> rows, NumberBounds bounds)
      throws IOException {
    int groupStart = 0;
    for (int group = 0; group < file.rowGroups(); group++) {
      RowRanges within = file.rowsWithin(group, column, bounds);
      for (int row = 0; row < file.rows(group); row++) {
        boolean isWanted =
            rows.get(groupStart + row).stream()
                .anyMatch(value -> ((Number) value).longValue() == bounds.least());
        assertThat(!isWanted || within.overlap(row, row + 1)).as("row %d", row).isTrue();
      }
      groupStart += file.rows(group);
    }
  }

  @Test
  void only_wanted_pages_are_read() throws IOException {
    Table table = new Tables(7, false).next(3000);
    byte[] bytes =
        table.write(
            leaf -> ColumnSettings.STANDARD.withPages(1 << 20, 100).withoutDictionary(),
            1L << 30,
            Table.Ends.none());
    ColumnDescriptor at = table.schema().getColumns().get(1);
    long time = (Long) table.columns().get(1).get(1500).value();

    try (ParquetFile file = OwnReader.open(bytes)) {
      RowRanges wanted = file.rowsWithin(0, at, new NumberBounds(time, time));
      long before = file.pageBytesRead();
      OwnReader.rows(file, 0, table.schema().getColumns().get(9), wanted).read(1500, 1);

      assertThat(wanted).isEqualTo(RowRanges.between(1500, 1600));
      assertThat(file.pageBytesRead() - before).isLessThan(6000);
    }
  }

  /** Flips every bit of a small file's pages once, in a few random places of larger ones. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_flipped_bit_in_a_page_is_always_noticed(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(20 + random.nextInt(400));
    byte[] bytes = written(table, random);
    int pagesEnd = pagesEnd(bytes);
    int silent = 0;

    for (int attempt = 0; attempt < 150; attempt++) {
      byte[] damaged = bytes.clone();
      int bit = Byte.SIZE * 4 + random.nextInt((pagesEnd - 4) * Byte.SIZE);
      damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      try (ParquetFile file = OwnReader.open(damaged)) {
        for (int group = 0; group < file.rowGroups(); group++) {
          file.check(group);
        }
        silent++;
        // Bits in a header that say nothing of the values may change.
        requireEqual(file, table);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("rows.parquet: column '").hasMessageContaining("copy");
      }
    }
    assertThat(silent).isLessThan(12);
  }

  private static int pagesEnd(byte[] bytes) throws IOException {
    try (ParquetFile file = OwnReader.open(bytes)) {
      int last = file.rowGroups() - 1;
      return Math.toIntExact(file.offset(last) + file.bytes(last));
    }
  }

  @Test
  void damaged_pages_without_a_checksum_end_in_an_error_or_in_values() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    Table table = new Tables(5, true).next(300);
    byte[] bytes =
        OtherWriter.write(
            table,
            settings ->
                settings
                    .withPageWriteChecksumEnabled(false)
                    .withCompressionCodec(CompressionCodecName.UNCOMPRESSED));
    int pagesEnd = pagesEnd(bytes);

    for (int attempt = 0; attempt < 1000; attempt++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 4; i++) {
        damaged[4 + random.nextInt(pagesEnd - 4)] = (byte) random.nextInt();
      }
      try (ParquetFile file = OwnReader.open(damaged)) {
        file.check(0);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("rows.parquet: column '");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          0  => rows.parquet: expected a Parquet file, found only 0 bytes
          11 => rows.parquet: expected a Parquet file, found only 11 bytes
          40 => rows.parquet: expected the end of a Parquet file, found none
          """)
  void a_file_that_is_cut_is_no_parquet_file(int length, String message) throws IOException {
    byte[] bytes = written(new Tables(1, false).next(10), new SplittableRandom(1));

    assertThatThrownBy(() -> OwnReader.open(Arrays.copyOf(bytes, length)))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void row_ranges_are_sets_of_rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int attempt = 0; attempt < 500; attempt++) {
      BitSet some = bits(random);
      BitSet others = bits(random);
      BitSet both = (BitSet) some.clone();
      both.and(others);

      RowRanges ranges = RowRanges.of(some).and(RowRanges.of(others));

      assertThat(ranges).isEqualTo(RowRanges.of(both)).hasToString(RowRanges.of(both).toString());
      assertThat(ranges.rows()).isEqualTo(both.cardinality());
      int from = random.nextInt(70);
      int end = from + random.nextInt(10);
      assertThat(ranges.overlap(from, end)).isEqualTo(!both.get(from, end).isEmpty());
    }
  }

  private static BitSet bits(SplittableRandom random) {
    BitSet bits = new BitSet();
    int dense = 1 + random.nextInt(8);
    for (int bit = 0; bit < 64; bit++) {
      bits.set(bit, random.nextInt(dense) == 0);
    }
    return bits;
  }
}
