package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.TargetColumn.Kind;
import java.io.File;
import java.io.IOException;
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
            "%s: column 'ids' is {\"type\":\"array\",\"items\":\"string\"}; expected a string, number or boolean, or a union of one of them with null",
            avro);
    assertThatThrownBy(() -> open(parquet, "ids"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: column 'ids' is 'repeated int64 ids'; expected a string, number or boolean, once in each row",
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

  private static SideTable open(Path file, String key) throws IOException {
    return SideTable.open(new org.apache.hadoop.fs.Path(file.toString()), key, new Configuration());
  }
}
