package dev.historics.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of named values, printed as an aligned table, JSON, JSON lines or CSV. In the aligned form
 * numbers stand on the right with their thousands apart, and what is absent is a dash.
 */
public final class Table {
  private final List<String> columns;
  private final List<Map<String, ?>> rows = new ArrayList<>();

  /**
   * @param columns the keys shown as columns, in order, words joined by underscores; rows may hold
   *     more, which only JSON shows
   */
  public Table(String... columns) {
    this.columns = List.of(columns);
  }

  public void add(Map<String, ?> row) {
    rows.add(row);
  }

  public List<Map<String, ?>> rows() {
    return List.copyOf(rows);
  }

  /** The headings and below them the rows, as people see them in {@link #aligned}. */
  public List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Table::heading).toList());
    for (Map<String, ?> row : rows) {
      cells.add(columns.stream().map(name -> cell(row.get(name))).toList());
    }
    return cells;
  }

  /** One line a row under a heading, columns two blanks apart. */
  public String aligned() {
    List<List<String>> cells = cells();
    int[] widths = new int[columns.size()];
    for (List<String> line : cells) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], width(line.get(c)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder out = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - width(line.get(c)));
        out.append(c == 0 ? "" : "  ");
        out.append(isNumeric(columns.get(c)) ? pad + line.get(c) : line.get(c) + pad);
      }
      text.append(out.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String heading(String column) {
    return column.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  private boolean isNumeric(String column) {
    List<?> values = rows.stream().map(row -> row.get(column)).filter(Objects::nonNull).toList();
    return !values.isEmpty() && values.stream().allMatch(value -> value instanceof Number);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String cell(Object value) {
    if (value == null || "".equals(value)) {
      return "-";
    }
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.2f", number);
    }
    return Printer.printable(value.toString());
  }

  /** RFC 4180, with a heading; a text that a spreadsheet would take for a formula gets a quote. */
  public String csv() {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
    for (Map<String, ?> row : rows) {
      List<String> cells = columns.stream().map(name -> csvCell(row.get(name))).toList();
      text.append(String.join(",", cells)).append("\r\n");
    }
    return text.toString();
  }

  private static String csvCell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number) {
      return value.toString();
    }
    boolean nested = value instanceof Map || value instanceof Iterable;
    String text = nested ? Json.compact(value) : value.toString();
    if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
