package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.TargetColumn.Kind;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Side tables from Avro and Parquet files. */
class BinaryTablesTest {
  private static final List<SideTable.Column> COLUMNS =
      List.of(
          new SideTable.Column("text", Kind.TEXT),
          new SideTable.Column("whole", Kind.INT),
          new SideTable.Column("large", Kind.INT),
          new SideTable.Column("single", Kind.FLOAT),
          new SideTable.Column("number", Kind.FLOAT),
          new SideTable.Column("flag", Kind.TEXT));
  private static final List<SideTable.Row> ROWS =
      List.of(
          new SideTable.Row(
              "7",
              "{\"text\":\"ж \\\"7\\\"\",\"whole\":-1,\"large\":9223372036854775807,\"single\":0.1,"
                  + "\"number\":1.0E300,\"flag\":\"true\"}"),
          new SideTable.Row("8", "{}"));

  @TempDir private Path home;

  @Test
  void avro_columns_have_the_kinds_of_their_types_and_null_is_no_value() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "text", "type": ["null", "string"]},
                  {"name": "id", "type": "long"},
                  {"name": "whole", "type": ["int", "null"]},
                  {"name": "large", "type": ["null", "long"]},
                  {"name": "single", "type": "float"},
                  {"name": "number", "type": ["null", "double"]},
                  {"name": "flag", "type": ["null", "boolean"]}]}
                """);
    GenericRecord row = new GenericData.Record(schema);
    row.put("text", "ж \"7\"");
    row.put("id", 7L);
    row.put("whole", -1);
    row.put("large", Long.MAX_VALUE);
    row.put("single", 0.1f);
    row.put("number", 1e300);
    row.put("flag", true);
    GenericRecord nothing = new GenericData.Record(schema);
    nothing.put("id", 8L);
    nothing.put("single", Float.NaN);
    Path file = avro(schema, List.of(row, nothing));

    SideTable table = open(file, "id");

    assertThat(table.columns()).isEqualTo(COLUMNS);
    assertThat(SideTableTest.rows(table)).isEqualTo(ROWS);
  }

  @Test
  void parquet_columns_have_the_kinds_of_their_types_and_null_is_no_value() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message Row {
              optional binary text (STRING);
              required int64 id;
              optional int32 whole;
              optional int64 large;
              required float single;
              optional double number;
              optional boolean flag;
            }
            """);
    Group row = new SimpleGroup(schema);
    row.append("text", "ж \"7\"").append("id", 7L).append("whole", -1);
    row.append("large", Long.MAX_VALUE).append("single", 0.1f);
    row.append("number", 1e300).append("flag", true);
    Group nothing = new SimpleGroup(schema);
    nothing.append("id", 8L).append("single", Float.NEGATIVE_INFINITY);
    Path file = parquet(schema, List.of(row, nothing));

    SideTable table = open(file, "id");

    assertThat(table.columns()).isEqualTo(COLUMNS);
    assertThat(SideTableTest.rows(table)).isEqualTo(ROWS);
  }

  @Test
  void parquet_values_are_what_their_logical_types_say() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message Row {
              required int32 d32 (DECIMAL(9,2));
              required int64 d64 (DECIMAL(18,4));
              required fixed_len_byte_array(16) fixed (DECIMAL(38,2));
              required binary bytes (DECIMAL(20,0));
              required int32 u8 (INTEGER(8,false));
              required int32 u16 (INTEGER(16,false));
              required int32 u32 (INTEGER(32,false));
              required int64 u64 (INTEGER(64,false));
              required int32 i8 (INTEGER(8,true));
              required int32 day (DATE);
              required int32 ms (TIME(MILLIS,true));
              required int64 us (TIME(MICROS,false));
              required int64 at (TIMESTAMP(MILLIS,true));
              required int64 wall (TIMESTAMP(MICROS,false));
              required int64 ns (TIMESTAMP(NANOS,true));
              required fixed_len_byte_array(16) uuid (UUID);
              required binary kind (ENUM);
              required binary json (JSON);
              required int64 id;
            }
            """);
    Group row = new SimpleGroup(schema);
    row.append("d32", 1234).append("d64", -5L);
    row.append(
        "fixed", Binary.fromConstantByteArray(sixteen(new BigInteger("-12345678901234567890123"))));
    row.append(
        "bytes",
        Binary.fromConstantByteArray(new BigInteger("18446744073709551615").toByteArray()));
    row.append("u8", -1).append("u16", 65_535).append("u32", -1).append("u64", Long.MAX_VALUE);
    row.append("i8", -1).append("day", 17_383).append("ms", 34_200_000).append("us", 1L);
    row.append("at", 1_501_891_200_000L)
        .append("wall", -1L)
        .append("ns", 1_501_891_200_000_000_001L);
    row.append("uuid", Binary.fromConstantByteArray(sixteen(BigInteger.TWO)));
    row.append("kind", "a").append("json", "{}").append("id", 1L);

    SideTable table = open(parquet(schema, List.of(row)), "id");

    assertThat(table.columns().stream().map(SideTable.Column::kind).distinct().toList())
        .containsExactly(Kind.FLOAT, Kind.INT, Kind.TEXT);
    assertThat(SideTableTest.rows(table).get(0).json())
        .isEqualTo(
            "{\"d32\":12.34,\"d64\":-0.0005,\"fixed\":-123456789012345678901.23,"
                + "\"bytes\":18446744073709551615,\"u8\":255,\"u16\":65535,\"u32\":4294967295,"
                + "\"u64\":9223372036854775807,\"i8\":-1,\"day\":\"2017-08-05\","
                + "\"ms\":\"09:30:00\",\"us\":\"00:00:00.000001\","
                + "\"at\":\"2017-08-05T00:00:00Z\",\"wall\":\"1969-12-31T23:59:59.999999\","
                + "\"ns\":\"2017-08-05T00:00:00.000000001Z\","
                + "\"uuid\":\"00000000-0000-0000-0000-000000000002\",\"kind\":\"a\",\"json\":\"{}\"}");
  }

  private static byte[] sixteen(BigInteger value) {
    return ByteBuffer.allocate(16)
        .putLong(value.shiftRight(Long.SIZE).longValue())
        .putLong(value.longValue())
        .array();
  }

  @Test
  void avro_values_are_what_their_logical_types_say() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                  {"name": "price", "type": ["null",
                    {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}]},
                  {"name": "fixed", "type": {"type": "fixed", "name": "F", "size": 4,
                    "logicalType": "decimal", "precision": 9, "scale": 3}},
                  {"name": "uuid", "type": {"type": "fixed", "name": "U", "size": 16,
                    "logicalType": "uuid"}},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "ms", "type": {"type": "int", "logicalType": "time-millis"}},
                  {"name": "us", "type": {"type": "long", "logicalType": "time-micros"}},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "atUs", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "wall", "type":
                    {"type": "long", "logicalType": "local-timestamp-millis"}},
                  {"name": "odd", "type": {"type": "long", "logicalType": "fortnights"}}]}
                """);
    GenericRecord row = new GenericData.Record(schema);
    row.put("id", "u");
    row.put("price", ByteBuffer.wrap(BigInteger.valueOf(-1234).toByteArray()));
    row.put(
        "fixed",
        new GenericData.Fixed(schema.getField("fixed").schema(), new byte[] {0, 0, 4, (byte) 210}));
    row.put(
        "uuid", new GenericData.Fixed(schema.getField("uuid").schema(), sixteen(BigInteger.TEN)));
    row.put("day", -1);
    row.put("ms", 1);
    row.put("us", 86_399_999_999L);
    row.put("at", -1L);
    row.put("atUs", 1_501_891_200_000_000L);
    row.put("wall", 1_501_891_200_000L);
    row.put("odd", 3L);

    SideTable table = open(avro(schema, List.of(row)), "id");

    assertThat(SideTableTest.rows(table))
        .containsExactly(
            new SideTable.Row(
                "u",
                "{\"price\":-12.34,\"fixed\":1.234,"
                    + "\"uuid\":\"00000000-0000-0000-0000-00000000000a\","
                    + "\"day\":\"1969-12-31\",\"ms\":\"00:00:00.001\","
                    + "\"us\":\"23:59:59.999999\",\"at\":\"1969-12-31T23:59:59.999Z\","
                    + "\"atUs\":\"2017-08-05T00:00:00Z\",\"wall\":\"2017-08-05T00:00:00\",\"odd\":3}"));
  }

  @Test
  void a_value_that_cannot_be_told_is_refused_with_its_row_and_column() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message Row {
              required int64 id;
              optional int64 large (INTEGER(64,false));
              optional binary bytes;
              optional int32 ms (TIME(MILLIS,true));
            }
            """);
    Path file =
        parquet(
            schema,
            List.of(
                new SimpleGroup(schema).append("id", 1L),
                new SimpleGroup(schema)
                    .append("id", 2L)
                    .append("large", -1L)
                    .append("bytes", Binary.fromConstantByteArray(new byte[] {(byte) 0xff}))
                    .append("ms", -1)));

    assertThatThrownBy(() -> open(file, "id", "large"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: row 2, column 'large': expected a whole number up to 9223372036854775807, found 18446744073709551615",
            file);
    assertThatThrownBy(() -> open(file, "id", "bytes"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage("%s: row 2, column 'bytes': expected UTF-8, found bytes that are none", file);
    assertThatThrownBy(() -> open(file, "id", "ms"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageStartingWith(file + ": row 2, column 'ms': ");
  }

  @Test
  void a_column_that_cannot_be_joined_does_not_keep_others_from_it() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message Row {
              repeated int64 many;
              optional int32 none;
              required int64 id;
              required int64 one;
              required int96 old;
            }
            """);
    Group row = new SimpleGroup(schema);
    row.append("many", 1L).append("many", 2L).append("id", 7L).append("one", 1L);
    row.append("old", Binary.fromConstantByteArray(new byte[12]));
    Path file = parquet(schema, List.of(row));

    SideTable table = open(file, "id", "one", "none");

    assertThat(table.columns()).containsExactly(new SideTable.Column("one", Kind.INT));
    assertThat(SideTableTest.rows(table)).containsExactly(new SideTable.Row("7", "{\"one\":1}"));
    assertThatThrownBy(() -> open(file, "id", "old")).hasMessageContaining("column 'old' is ");
    assertThatThrownBy(() -> open(file, "many", "one")).hasMessageContaining("column 'many' is ");
  }

  @Test
  void a_column_that_is_no_scalar_is_told() throws Exception {
    Schema lists =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "ids", "type": {"type": "array", "items": "string"}}]}
                """);
    MessageType repeated =
        MessageTypeParser.parseMessageType("message Row { repeated int64 ids; }");
    Path avro = avro(lists, List.of());
    Path parquet = parquet(repeated, List.of());

    assertThatThrownBy(() -> open(avro, "ids"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: column 'ids' is {\"type\":\"array\",\"items\":\"string\"}; expected a string, number, date, time or boolean, or a union of one of them with null",
            avro);
    assertThatThrownBy(() -> open(parquet, "ids"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: column 'ids' is 'repeated int64 ids'; expected a string, number, date, time or boolean, once in each row",
            parquet);
  }

  @Test
  void a_key_that_stands_twice_is_told_with_both_rows() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType("message Row { optional binary id (STRING); }");
    Path file =
        parquet(
            schema,
            List.of(
                new SimpleGroup(schema).append("id", "a"),
                new SimpleGroup(schema).append("id", "b"),
                new SimpleGroup(schema).append("id", "a")));

    assertThatThrownBy(() -> open(file, "id"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: 'a' stands twice in the key column 'id', in rows 1 and 3; expected one row for each key",
            file);
  }

  @Test
  void a_file_that_only_begins_like_one_is_told() throws Exception {
    Path avro = Files.writeString(home.resolve("a.avro"), "Obj\u0001 and nothing else");
    Path parquet = Files.writeString(home.resolve("p.parquet"), "PAR1 and nothing else");

    assertThatThrownBy(() -> open(avro, "id"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageStartingWith(avro + ": no Avro file that can be read: ");
    assertThatThrownBy(() -> open(parquet, "id"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageStartingWith(parquet + ": no Parquet file that can be read: ");
  }

  private Path avro(Schema schema, List<GenericRecord> rows) throws IOException {
    File file = home.resolve("t.avro").toFile();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file);
      for (GenericRecord row : rows) {
        writer.append(row);
      }
    }
    return file.toPath();
  }

  private Path parquet(MessageType schema, List<Group> rows) throws IOException {
    Path file = home.resolve("t.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(schema)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static SideTable open(Path file, String key, String... columns) throws IOException {
    return SideTable.open(
        new org.apache.hadoop.fs.Path(file.toString()), key, List.of(columns), new Configuration());
  }
}
