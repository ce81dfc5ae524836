package dev.historics.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB through JDBC, on one thread. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;
  private final Statement sql;

  DuckDb() throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    this.sql = connection.createStatement();
    run("SET threads = 1");
  }

  void run(String statement) throws SQLException {
    sql.execute(statement);
  }

  /** The numbers of a query's only row. */
  List<Long> row(String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      result.next();
      List<Long> numbers = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        numbers.add(result.getLong(i));
      }
      return numbers;
    }
  }

  /** The first column of a query's rows. */
  List<String> column(String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    }
  }

  /** A file as a query names it. */
  static String parquet(Path file) {
    return "read_parquet('%s')".formatted(file);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
