package dev.historics.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The manual of the language, as what a test can run: its blocks and tables. */
record Manual(List<Block> blocks, List<Table> tables, List<String> lines) {
  private static final Path FILE = Path.of("../docs/csdl.md");

  /**
   * What stands between two fences.
   *
   * @param line of the opening fence, from 1
   * @param kind the word after the fence
   */
  record Block(int line, String kind, String text) {}

  /** A table, and what its cells say: without the backticks around code. */
  record Table(int line, List<String> header, List<Row> rows) {
    boolean isHeaded(String... names) {
      return header.equals(List.of(names));
    }
  }

  /** A row; its line is a name for a test. */
  record Row(int line, List<String> cells) {
    String cell(int column) {
      return cells.get(column);
    }

    @Override
    public String toString() {
      return "line " + line;
    }
  }

  static Manual read() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    List<Block> blocks = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int start = at++;
      if (line.startsWith("```")) {
        while (!lines.get(at).equals("```")) {
          at++;
        }
        String text = String.join("\n", lines.subList(start + 1, at)) + "\n";
        blocks.add(new Block(start + 1, line.substring(3), text));
        at++;
      } else if (line.startsWith("|")) {
        List<Row> rows = new ArrayList<>();
        for (at++; at < lines.size() && lines.get(at).startsWith("|"); at++) {
          rows.add(new Row(at + 1, cells(lines.get(at))));
        }
        tables.add(new Table(start + 1, cells(line), rows));
      }
    }
    return new Manual(blocks, tables, lines);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
        .map(cell -> code(cell.strip().replace("\\|", "|")))
        .toList();
  }

  private static String code(String cell) {
    boolean single = cell.length() > 1 && cell.startsWith("`") && cell.indexOf('`', 1) > 0;
    return single && cell.indexOf('`', 1) == cell.length() - 1
        ? cell.substring(1, cell.length() - 1)
        : cell;
  }

  /** The blocks of one kind. */
  Stream<Block> blocks(String kind) {
    return blocks.stream().filter(block -> block.kind().equals(kind));
  }

  /** The rows of all tables with that header. */
  Stream<Row> rows(String... header) {
    return tables.stream()
        .filter(table -> table.isHeaded(header))
        .flatMap(table -> table.rows().stream());
  }

  /** The last block of that kind above a line. */
  Block blockAbove(int line, String kind) {
    Optional<Block> last =
        blocks(kind).filter(block -> block.line() < line).reduce((first, second) -> second);
    return last.orElseThrow();
  }
}
