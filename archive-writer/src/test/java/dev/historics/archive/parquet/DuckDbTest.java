package dev.historics.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbTest {
  /** What a row of each leaf is called in SQL, in the schema's order. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "id",
          "epoch_ms(made)",
          "bucket",
          "weight",
          "word",
          "hex(bytes)",
          "json::varchar",
          "count",
          "small",
          "share",
          "a.b.c",
          "d.e.f",
          "tags",
          "sizes",
          "parts",
          "g.flags");

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void duckdb_reads_what_was_written(long seed) throws IOException, SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, true).next(1 + random.nextInt(2000));
    Path file = write(table, random);

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (int leaf = 0; leaf < EXPRESSIONS.size(); leaf++) {
        String select = "select %s from '%s'".formatted(EXPRESSIONS.get(leaf), file);
        ResultSet rows = statement.executeQuery(select);
        List<Object> found = new ArrayList<>();
        while (rows.next()) {
          found.add(plain(rows.getObject(1)));
        }
        assertThat(found).as(select).isEqualTo(rows(table, leaf));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12})
  void duckdb_skips_no_row_that_it_looks_for(long seed) throws IOException, SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = new Tables(seed, false).next(1 + random.nextInt(2000));
    Path file = write(table, random);

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int leaf = 0; leaf < EXPRESSIONS.size(); leaf++) {
        String column = EXPRESSIONS.get(leaf);
        if (table.schema().getColumns().get(leaf).getMaxRepetitionLevel() > 0) {
          continue;
        }
        for (Map.Entry<Object, Integer> value : counts(table, leaf).entrySet()) {
          assertThat(count(duckdb, file, column, value.getKey()))
              .as("%s = %s", column, value.getKey())
              .isEqualTo(value.getValue());
        }
      }
    }
  }

  private static int count(Connection duckdb, Path file, String column, Object value)
      throws SQLException {
    String literal =
        value instanceof String text
            ? "'%s'".formatted(text.replace("'", "''"))
            : "(%s)".formatted(value);
    try (Statement statement = duckdb.createStatement()) {
      ResultSet counted =
          statement.executeQuery(
              "select count(*) from '%s' where %s = %s".formatted(file, column, literal));
      counted.next();
      return counted.getInt(1);
    }
  }

  /** How often some values of a column are there. */
  private static Map<Object, Integer> counts(Table table, int leaf) {
    Map<Object, Integer> counts = new HashMap<>();
    for (Object value : rows(table, leaf)) {
      if (value instanceof Integer || value instanceof Long || value instanceof String) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    counts.keySet().retainAll(counts.keySet().stream().limit(20).toList());
    return counts;
  }

  private Path write(Table table, SplittableRandom random) throws IOException {
    Path file = folder.resolve("rows.parquet");
    Files.write(
        file,
        table.write(
            leaf -> Tables.settings(random),
            1 + random.nextInt(200_000),
            Table.Ends.random(random)));
    return file;
  }

  /** The rows of a leaf as DuckDB should have them. */
  private static List<Object> rows(Table table, int leaf) {
    ColumnDescriptor column = table.schema().getColumns().get(leaf);
    List<Object> rows = new ArrayList<>();
    List<Object> list = List.of();
    for (Cell cell : table.columns().get(leaf)) {
      Object value = value(column, cell);
      if (column.getMaxRepetitionLevel() == 0) {
        rows.add(value);
        continue;
      }
      if (cell.repetition() == 0) {
        int atLeastOne = Tables.listDefinition(column);
        list = cell.definition() < atLeastOne - 1 ? null : new ArrayList<>();
        rows.add(list);
        if (cell.definition() < atLeastOne) {
          continue;
        }
      }
      list.add(value);
    }
    return rows;
  }

  private static Object value(ColumnDescriptor column, Cell cell) {
    if (cell.value() instanceof Binary text) {
      return column.getPath()[0].equals("bytes")
          ? HexFormat.of().withUpperCase().formatHex(text.getBytes())
          : text.toStringUsingUTF8();
    }
    return cell.value();
  }

  private static Object plain(Object value) throws SQLException {
    if (value instanceof Array list) {
      return Arrays.asList((Object[]) list.getArray());
    }
    return value;
  }
}
