package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.TargetColumn.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideTableTest {
  @TempDir private Path home;

  @Test
  void a_csv_gives_the_narrowest_kind_that_all_values_of_a_column_have() throws Exception {
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
            new SideTable.Column("nothing", Kind.TEXT),
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

  @Test
  void a_key_that_stands_twice_is_told_with_both_lines() {
    assertThatThrownBy(() -> open("id,x\na,1\nb,2\n\na,3\n"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessage(
            "%s: 'a' stands twice in the key column 'id', in lines 2 and 5; expected one row for each key",
            home.resolve("t.csv"));
  }

  private SideTable open(String csv) throws IOException {
    Path file = home.resolve("t.csv");
    Files.writeString(file, csv);
    return SideTable.open(
        new org.apache.hadoop.fs.Path(file.toString()), "id", new Configuration());
  }

  private static List<SideTable.Row> rows(SideTable table) throws IOException {
    List<SideTable.Row> rows = new ArrayList<>();
    try (SideTable.Rows all = table.rows()) {
      for (Optional<SideTable.Row> row = all.next(); row.isPresent(); row = all.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
