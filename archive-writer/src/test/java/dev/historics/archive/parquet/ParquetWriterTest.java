package dev.historics.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetWriterTest {
  private static final MessageType BUCKETS =
      MessageTypeParser.parseMessageType("message rows { required int32 bucket; }");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void parquet_java_reads_what_was_written(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(random.nextInt(3000));

    byte[] file =
        table.write(
            leaf -> Tables.settings(random),
            1 + random.nextInt(200_000),
            Table.Ends.random(random));

    Table found = OtherReader.read(file);
    assertThat(found.rows()).isEqualTo(table.rows());
    for (int leaf = 0; leaf < table.columns().size(); leaf++) {
      assertThat(found.columns().get(leaf))
          .as(table.schema().getColumns().get(leaf).toString())
          .isEqualTo(table.columns().get(leaf));
    }
  }

  @Test
  void a_file_may_have_no_row() throws IOException {
    Table table = new Tables(1, false).next(0);

    byte[] file = table.write(leaf -> ColumnSettings.STANDARD, 1000, Table.Ends.none());

    assertThat(OtherReader.read(file)).isEqualTo(table);
  }

  @Test
  void what_finish_says_is_where_things_are() throws IOException {
    Table table = new Tables(3, false).next(2000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Written written =
        table.write(leaf -> ColumnSettings.STANDARD, 20_000, Table.Ends.none(), bytes);

    try (ParquetFileReader reader = OtherReader.open(bytes.toByteArray())) {
      List<BlockMetaData> groups = reader.getRowGroups();
      assertThat(groups).hasSizeGreaterThan(1);
      ColumnChunkMetaData last = groups.get(groups.size() - 1).getColumns().get(15);
      long pagesEnd = last.getStartingPos() + last.getTotalSize();
      List<Long> offsets = groups.stream().map(BlockMetaData::getStartingPos).toList();
      assertThat(written).isEqualTo(new Written(2000, offsets, pagesEnd, bytes.size()));
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .isEqualTo(Map.of("made.by", "a test"));
    }
  }

  @Test
  void a_row_group_with_single_pages_has_no_page_index() throws IOException {
    Table table = new Tables(4, false).next(500);

    byte[] file = table.write(leaf -> ColumnSettings.STANDARD, 1 << 20, Table.Ends.none());

    try (ParquetFileReader reader = OtherReader.open(file)) {
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        assertThat(chunk.getOffsetIndexReference()).isNull();
        assertThat(chunk.getColumnIndexReference()).isNull();
      }
    }
  }

  @Test
  void where_one_column_has_several_pages_all_have_their_places() throws IOException {
    Table table = new Tables(5, false).next(500);

    byte[] file =
        table.write(
            leaf ->
                leaf.getPath()[0].equals("id")
                    ? ColumnSettings.STANDARD.withPages(100, 100)
                    : ColumnSettings.STANDARD,
            1 << 20,
            Table.Ends.none());

    try (ParquetFileReader reader = OtherReader.open(file)) {
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        boolean isId = chunk.getPath().toDotString().equals("id");
        assertThat(chunk.getOffsetIndexReference()).isNotNull();
        assertThat(chunk.getColumnIndexReference() != null).isEqualTo(isId);
      }
    }
  }

  @Test
  void pages_end_with_a_cluster_where_they_are_large_enough() throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < 1000; row++) {
      cells.add(new Cell(0, 0, row / 7));
    }
    Table table = new Table(BUCKETS, 1000, List.of(cells));

    byte[] file =
        table.write(
            leaf -> ColumnSettings.STANDARD.withPages(1 << 20, 80),
            1 << 20,
            (row, writer) -> {
              if (row % 7 == 6) {
                writer.endCluster();
              }
            });

    try (ParquetFileReader reader = OtherReader.open(file)) {
      ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().get(0);
      OffsetIndex pages = reader.readOffsetIndex(chunk);
      assertThat(pages.getPageCount()).isEqualTo(48);
      for (int page = 0; page < pages.getPageCount(); page++) {
        assertThat(pages.getFirstRowIndex(page)).isEqualTo(page * 21L);
      }
    }
  }

  /** What a column of so many rows has: which encodings, and how many bytes at most. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          int64  one        => RLE_DICTIONARY          => 100
          int64  few        => RLE_DICTIONARY          => 10000
          int64  ascending  => DELTA_BINARY_PACKED     => 6000
          int64  random     => PLAIN                   => 161000
          double one        => RLE_DICTIONARY          => 100
          double random     => PLAIN                   => 155000
          binary one        => RLE_DICTIONARY          => 100
          binary few        => RLE_DICTIONARY          => 10000
          binary random     => DELTA_LENGTH_BYTE_ARRAY => 190000
          binary null       => PLAIN                   => 80
          """)
  void the_encoding_follows_the_values(String column, String encoding, long bytesMax)
      throws IOException {
    String[] kind = column.split(" +", -1);
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message rows { optional %s value; }".formatted(kind[0]));
    SplittableRandom random = new SplittableRandom(9);
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      Object value = value(kind[0], kind[1], row, random);
      cells.add(new Cell(0, value == null ? 0 : 1, value));
    }
    Table table = new Table(schema, cells.size(), List.of(cells));

    byte[] file = table.write(leaf -> ColumnSettings.STANDARD, 1L << 30, Table.Ends.none());

    assertThat(OtherReader.read(file).columns()).isEqualTo(table.columns());
    try (ParquetFileReader reader = OtherReader.open(file)) {
      ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().get(0);
      assertThat(chunk.getEncodingStats().getDataEncodings())
          .containsExactly(Encoding.valueOf(encoding));
      assertThat(chunk.getTotalSize()).isLessThan(bytesMax);
    }
  }

  private static Object value(String type, String kind, int row, SplittableRandom random) {
    long number =
        switch (kind) {
          case "one" -> 7;
          case "few" -> random.nextInt(10);
          case "ascending" -> 1_500_000_000_000L + row * 1000L;
          default -> random.nextLong();
        };
    if (kind.equals("null")) {
      return null;
    }
    return switch (type) {
      case "int64" -> number;
      case "double" -> kind.equals("random") ? random.nextDouble() : number;
      default -> Binary.fromString(Long.toString(number, 36));
    };
  }

  @Test
  void a_dictionary_that_grows_too_large_is_given_up() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message rows { required binary id (STRING); }");
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < 140_000; row++) {
      cells.add(new Cell(0, 0, Binary.fromString("user-" + row / 2)));
    }
    Table table = new Table(schema, cells.size(), List.of(cells));

    byte[] file = table.write(leaf -> ColumnSettings.STANDARD, 1L << 30, Table.Ends.none());

    assertThat(OtherReader.read(file).columns()).isEqualTo(table.columns());
    try (ParquetFileReader reader = OtherReader.open(file)) {
      ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().get(0);
      assertThat(chunk.hasDictionaryPage()).isFalse();
    }
  }

  @Test
  void a_column_that_lacks_a_row_is_noticed() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message rows { required int32 a; required int32 b; }");
    try (ParquetWriter writer = writer(schema)) {
      writer.column(0).addLong(1, 0);
      writer.endRow();

      assertThatThrownBy(() -> writer.finish(Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("column [b] required int32 b has 0 rows of 1");
    }
  }

  @Test
  void values_and_levels_must_fit_the_column() throws IOException {
    try (ParquetWriter writer = writer(BUCKETS)) {
      ColumnWriter column = writer.column(0);

      assertThatThrownBy(() -> column.addLong(1L << 31, 0))
          .hasMessage("column [bucket] required int32 bucket has 32 bits, got 2147483648");
      assertThatThrownBy(() -> column.addLong(1, 1))
          .hasMessage(
              "column [bucket] required int32 bucket: a row starts with repetition level 0 and goes"
                  + " on with up to 0, got 1");
      assertThatThrownBy(() -> column.addNull(0, 0))
          .hasMessage(
              "column [bucket] required int32 bucket: a null has a definition level below 0, got 0");
      assertThatThrownBy(() -> column.addDouble(1, 0))
          .hasMessage(
              "column [bucket] required int32 bucket does not take a number with a fraction");
      assertThatThrownBy(() -> column.addText(new byte[1], 0, 1, 0))
          .hasMessage("column [bucket] required int32 bucket does not take text");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          required int96 a;             => expected text, bytes, a signed whole number or a double
          required float a;             => expected text, bytes, a signed whole number or a double
          required int32 a (UINT_32);   => expected text, bytes, a signed whole number or a double
          required binary a (DECIMAL(9,2)); => expected text, bytes, a signed whole number or a double
          repeated group a { repeated int32 b; } => expected at most one list and 127 levels, got 2 and 2
          """)
  void other_columns_are_refused(String field, String reason) {
    MessageType schema = MessageTypeParser.parseMessageType("message rows { %s }".formatted(field));

    assertThatThrownBy(() -> writer(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static ParquetWriter writer(MessageType schema) throws IOException {
    return new ParquetWriter(
        OutputStream.nullOutputStream(), schema, leaf -> ColumnSettings.STANDARD, 1000);
  }
}
