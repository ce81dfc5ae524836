package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.jobs.DayScan;
import dev.historics.jobs.Dialect;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Our scan and DuckDB's, in turn, on the same Parquet file, one thread each. */
final class ScanBench {
  private static final int RUNS = 7;

  private ScanBench() {}

  /**
   * @param rule in CSDL
   * @param where the same in SQL, or as near as SQL comes
   */
  private record Case(String name, String rule, String where) {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      Manifest day = data.sealed(work);
      Archive archive = Data.archive(work);
      Dialect dialect = data.dialect();
      Path file = Path.of(archive.files().root()).resolve(day.pathOf(day.files().get(0)));
      out.printf(
          Locale.ROOT,
          "%,d %s in one sealed file of %,d bytes, one thread%n",
          day.rows(),
          data.describe(),
          day.bytes());
      out.printf(
          Locale.ROOT,
          "%-24s %12s %12s %14s %14s %7s%n",
          "case",
          "we find",
          "DuckDB finds",
          "our rows/s",
          "DuckDB rows/s",
          "ratio");
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
          Statement sql = duck.createStatement()) {
        sql.execute("SET threads = 1");
        for (Case each : cases(data)) {
          compare(each, archive, day, dialect, sql, file, out);
        }
      }
    } finally {
      Data.delete(work);
    }
  }

  private static List<Case> cases(Data data) {
    String word = data.given() == null ? "music" : "hillary";
    String count = data.count();
    return List.of(
        new Case(
            "one word",
            "interaction.content contains \"" + word + "\"",
            "regexp_matches(interaction.content, '(?i)\\b" + word + "\\b')"),
        new Case(
            "one word, as substring",
            "interaction.content substr \"" + word + "\"",
            "contains(lower(interaction.content), '" + word + "')"),
        new Case("language", "language.tag == \"en\"", "language.tag = 'en'"),
        new Case("number", count + " > 10000", count + " > 10000"));
  }

  private static void compare(
      Case each,
      Archive archive,
      Manifest day,
      Dialect dialect,
      Statement sql,
      Path file,
      PrintStream out)
      throws Exception {
    String query = "SELECT count(*) FROM read_parquet('%s') WHERE %s".formatted(file, each.where());
    long[] found = new long[2];
    Runs[] runs =
        Runs.inTurn(
            RUNS,
            () -> found[0] = DayScan.count(archive, day, List.of(each.rule()), dialect).get(0),
            () -> {
              try (ResultSet result = sql.executeQuery(query)) {
                result.next();
                found[1] = result.getLong(1);
              }
            });
    out.printf(
        Locale.ROOT,
        "%-24s %,12d %,12d %,14.0f %,14.0f %7.2f%n",
        each.name(),
        found[0],
        found[1],
        day.rows() / runs[0].median(),
        day.rows() / runs[1].median(),
        runs[1].ratioTo(runs[0]));
  }
}
