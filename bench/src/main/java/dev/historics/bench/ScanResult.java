package dev.historics.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What one case of the scan benchmark measured.
 *
 * @param rows that were scanned
 * @param ours rows a second on one core
 * @param duckdb rows a second on one core, if it was measured
 * @param lucene rows a second on one core, if it was measured
 */
record ScanResult(
    String name, int rules, long rows, double ours, OptionalDouble duckdb, OptionalDouble lucene) {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-34s %6s %13s %13s %13s %9s %9s",
          "case",
          "rules",
          "our rows/s",
          "DuckDB",
          "Lucene",
          "x DuckDB",
          "x Lucene");

  String line() {
    return String.format(
        Locale.ROOT,
        "%-34s %,6d %,13.0f %13s %13s %9s %9s",
        name,
        rules,
        ours,
        rate(duckdb),
        rate(lucene),
        times(duckdb),
        times(lucene));
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"case\":\"%s\",\"rules\":%d,\"rows\":%d,\"ours\":%.0f,\"duckdb\":%s,\"lucene\":%s,"
            + "\"ratio_duckdb\":%s,\"ratio_lucene\":%s}",
        name,
        rules,
        rows,
        ours,
        number("%.0f", duckdb),
        number("%.0f", lucene),
        number("%.3f", ratio(duckdb)),
        number("%.3f", ratio(lucene)));
  }

  private OptionalDouble ratio(OptionalDouble other) {
    return other.isPresent() ? OptionalDouble.of(ours / other.getAsDouble()) : other;
  }

  private static String rate(OptionalDouble rate) {
    return rate.isPresent() ? String.format(Locale.ROOT, "%,.0f", rate.getAsDouble()) : "-";
  }

  private String times(OptionalDouble other) {
    OptionalDouble ratio = ratio(other);
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }

  private static String number(String format, OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, format, number.getAsDouble()) : "null";
  }
}
