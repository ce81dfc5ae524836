package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideTableTest {
  @TempDir private Path home;

  @Test
  void a_csv_gives_the_narrowest_kind_that_all_values_of_a_column_have_if_there_are_any()
      throws Exception {
    SideTable table =
        open(
            """
            id,whole,number,zip,long,nothing,mixed
            a,1,1,007,123456789012345678,,1
            "b ""x"", y",-20,2.5e3,10,1234567890123456789,,
            c,,,,,,no
            """);

    assertThat(table.columns())
        .containsExactly(
            new SideTable.Column("whole", Kind.INT),
            new SideTable.Column("number", Kind.FLOAT),
            new SideTable.Column("zip", Kind.TEXT),
            new SideTable.Column("long", Kind.TEXT),
            new SideTable.Column("mixed", Kind.TEXT));
    assertThat(rows(table))
        .containsExactly(
            new SideTable.Row(
                "a",
                "{\"whole\":1,\"number\":1,\"zip\":\"007\",\"long\":\"123456789012345678\",\"mixed\":\"1\"}"),
            new SideTable.Row(
                "b \"x\", y",
                "{\"whole\":-20,\"number\":2.5e3,\"zip\":\"10\",\"long\":\"1234567890123456789\"}"),
            new SideTable.Row("c", "{\"mixed\":\"no\"}"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0, INT",
    "-1, INT",
    "999999999999999999, INT",
    "-0, FLOAT",
    "0.5, FLOAT",
    "1e5, FLOAT",
    "-1.25E-3, FLOAT",
    "00, TEXT",
    "-01, TEXT",
    "+1, TEXT",
    ".5, TEXT",
    "1., TEXT",
    "1e, TEXT",
    "1e400, TEXT",
    "0x10, TEXT",
    "NaN, TEXT",
    "1 000, TEXT",
    "-, TEXT",
    "1000000000000000000, TEXT",
    "12-3, TEXT",
  })
  void a_value_is_the_number_that_json_spells_so_or_a_text(String value, Kind kind)
      throws Exception {
    SideTable table = open("id,x\na," + value + "\n");

    assertThat(table.columns()).containsExactly(new SideTable.Column("x", kind));
  }

  @Test
  void a_row_may_go_over_lines_and_texts_are_escaped_in_json() throws Exception {
    SideTable table = open("id,x,y\r\n\"a\nb\",\"1\n2\t\u0001\",\"ж😀\\\"\r\n");

    assertThat(rows(table))
        .containsExactly(
            new SideTable.Row("a\nb", "{\"x\":\"1\\n2\\t\\u0001\",\"y\":\"ж😀\\\\\"}"));
  }

  @Test
  void a_packed_csv_is_unpacked_and_a_byte_order_mark_is_no_name() throws Exception {
    Path file = home.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\ufeffid,x\na,1\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(rows(open(file, "id"))).containsExactly(new SideTable.Row("a", "{\"x\":1}"));
  }

  @Test
  void names_that_no_rule_could_spell_are_made_safe() throws Exception {
    SideTable table = open("name,alpha-2,Global Code,2nd,\"a\"\"b\",имя\nA,1,2,3,4,5\n", "name");

    assertThat(table.columns().stream().map(SideTable.Column::name))
        .containsExactly("alpha_2", "Global_Code", "_2nd", "a_b", "___");
  }

  @Test
  void names_that_would_become_the_same_are_refused() {
    assertThatThrownBy(() -> open("id,a-b,A_b\n"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: columns 'a-b' and 'A_b' would both be called 'A_b' (letters, digits and '_' are kept, and case makes no difference); rename one, or leave it out",
            home.resolve("t.csv"));
  }

  @Test
  void a_column_is_named_as_the_file_does_or_as_rules_do() throws Exception {
    Path file = Files.writeString(home.resolve("n.csv"), "the id,a b,B-c,b c,x\na,1,2,3,4\n");

    SideTable table = open(file, "The_Id", List.of("A_B", "a b", "b c"));

    assertThat(table.key()).isEqualTo("the id");
    assertThat(table.columns())
        .containsExactly(
            new SideTable.Column("a_b", Kind.INT), new SideTable.Column("b_c", Kind.INT));
    assertThat(rows(table)).containsExactly(new SideTable.Row("a", "{\"a_b\":1,\"b_c\":3}"));
    assertThatThrownBy(() -> open(file, "the id", List.of("b_c")))
        .hasMessage("%s: 'b_c' may be column 'B-c' or 'b c'; name one as the file does", file);
    assertThatThrownBy(() -> open(file, "the id", List.of("x", "the_id")))
        .hasMessage(
            "%s: column 'the id' is the key; expected others of [the id, a b, B-c, b c, x]", file);
    assertThatThrownBy(() -> open(file, "the id", List.of("y")))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessage("%s: no column 'y'; it has 'the id', 'a b', 'B-c', 'b c', 'x'", file);
  }

  @Test
  void a_header_with_a_byte_order_mark_may_be_quoted_and_go_over_lines() throws Exception {
    SideTable table = open("\ufeff\"id\",\"a\nb\"\n\"x\",\"1\"\n");

    assertThat(table.columns()).containsExactly(new SideTable.Column("a_b", Kind.INT));
    assertThat(rows(table)).containsExactly(new SideTable.Row("x", "{\"a_b\":1}"));
  }

  @Test
  void a_key_that_stands_twice_is_told_with_both_lines() {
    assertRefused(
        "id,x\na,1\nb,2\n\na,3\n",
        ": 'a' stands twice in the key column 'id', in lines 2 and 5; expected one row for each key");
  }

  @Test
  void a_row_without_a_key_is_told_with_its_line() {
    assertRefused(
        "id,x\na,1\n,2\n",
        ": line 3 has nothing in the key column 'id'; expected a key in each row");
  }

  @Test
  void a_row_that_is_none_is_told_with_its_line() {
    assertRefused("id,x\na\n", ":2: not CSV: expected 2 fields as in the header, found 1");
    assertRefused(
        "id,x\na,b\"c\n",
        ":2: not CSV: a quote at character 4, in a field that does not start with one");
  }

  @Test
  void a_header_that_is_none_is_told() {
    assertRefused("", ": expected a header, found nothing");
    assertRefused(
        "id,,x\n", ": expected a header with a different name for each column, found [id, , x]");
    assertRefused("key,x\n", ": no column 'id'; it has 'key', 'x'");
  }

  @Test
  void what_is_not_there_or_no_file_is_told() {
    assertThatThrownBy(() -> open(home.resolve("none.csv"), "id"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage("%s: no such file", home.resolve("none.csv"));
    assertThatThrownBy(() -> open(home, "id"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage("%s: expected a CSV, Avro or Parquet file, found a folder", home);
  }

  @Test
  void a_cut_gzip_is_told() throws Exception {
    Path file = home.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 10_000; i++) {
        out.write(("k" + i * 7919L + ",x\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> open(file, "k0"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining(": the file is cut or damaged: ");
  }

  @Test
  void the_real_tables_can_be_joined() throws Exception {
    SideTable authors = open(SharedData.at("side/troll-authors.csv"), "author_id");
    SideTable countries = open(SharedData.at("side/countries-iso3166-regions.csv"), "name");

    assertThat(authors.columns())
        .contains(
            new SideTable.Column("account_category", Kind.TEXT),
            new SideTable.Column("new_june_2018", Kind.INT));
    assertThat(rows(authors)).hasSize(2856);
    assertThat(rows(countries))
        .contains(
            new SideTable.Row(
                "Afghanistan",
                "{\"alpha_2\":\"AF\",\"alpha_3\":\"AFG\",\"country_code\":\"004\",\"iso_3166_2\":\"ISO 3166-2:AF\","
                    + "\"region\":\"Asia\",\"sub_region\":\"Southern Asia\",\"region_code\":\"142\",\"sub_region_code\":\"034\"}"));
  }

  private void assertRefused(String csv, String problem) {
    assertThatThrownBy(() -> open(csv))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage("%s", home.resolve("t.csv") + problem);
  }

  private SideTable open(String csv) throws IOException {
    return open(csv, "id");
  }

  private SideTable open(String csv, String key) throws IOException {
    Path file = home.resolve("t.csv");
    Files.writeString(file, csv);
    return open(file, key);
  }

  private static SideTable open(Path file, String key) throws IOException {
    return open(file, key, List.of());
  }

  private static SideTable open(Path file, String key, List<String> columns) throws IOException {
    return SideTable.open(
        new org.apache.hadoop.fs.Path(file.toString()), key, columns, new Configuration());
  }

  static List<SideTable.Row> rows(SideTable table) throws IOException {
    List<SideTable.Row> rows = new ArrayList<>();
    try (SideTable.Rows all = table.rows()) {
      for (Optional<SideTable.Row> row = all.next(); row.isPresent(); row = all.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
