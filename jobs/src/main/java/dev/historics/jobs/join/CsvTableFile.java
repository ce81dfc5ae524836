package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.intake.CsvTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A CSV file, plain or packed. What kind a column has, all of its rows tell. */
final class CsvTableFile implements TableFile {
  private static final int ROW_BYTES_MAX = 16 << 20;

  private final Path file;
  private final Configuration conf;
  private final List<String> names;
  private final List<TargetColumn.Kind> kinds;

  private CsvTableFile(
      Path file, Configuration conf, List<String> names, List<TargetColumn.Kind> kinds) {
    this.file = file;
    this.conf = conf;
    this.names = names;
    this.kinds = kinds;
  }

  /** Reads all of the file to tell the kinds. */
  static CsvTableFile open(Path file, Configuration conf) throws IOException {
    try (CsvTable table = read(file, conf)) {
      List<CsvKind> kinds = new ArrayList<>();
      table.header().forEach(name -> kinds.add(new CsvKind()));
      for (Optional<CsvTable.Row> row = next(table); row.isPresent(); row = next(table)) {
        List<String> fields = row.get().fields();
        for (int i = 0; i < fields.size(); i++) {
          kinds.get(i).see(fields.get(i));
        }
      }
      return new CsvTableFile(
          file, conf, table.header(), kinds.stream().map(kind -> kind.kind).toList());
    }
  }

  private static CsvTable read(Path file, Configuration conf) throws IOException {
    try {
      return CsvTable.open(file.toString(), file.getFileSystem(conf).open(file), ROW_BYTES_MAX);
    } catch (IOException e) {
      throw new InvalidTableException(e.getMessage(), e);
    }
  }

  private static Optional<CsvTable.Row> next(CsvTable table) throws IOException {
    try {
      return table.next();
    } catch (IOException e) {
      throw new InvalidTableException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public TargetColumn.Kind kind(int column) {
    return kinds.get(column);
  }

  @Override
  public String placeName() {
    return "line";
  }

  @Override
  public Records records(List<Integer> columns) throws IOException {
    return new Rows(read(file, conf), columns);
  }

  private record Rows(CsvTable table, List<Integer> columns) implements Records {
    @Override
    public Optional<Cells> next() throws IOException {
      return CsvTableFile.next(table)
          .map(row -> new Cells(row.line(), columns.stream().map(row.fields()::get).toList()));
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }

  /**
   * The narrowest kind that all of a column's values have. A number is what JSON spells so: a
   * leading zero or plus makes a text, and so do more than 18 digits before the point, which no
   * number here could tell apart.
   */
  private static final class CsvKind {
    private TargetColumn.Kind kind = TargetColumn.Kind.INT;

    void see(String field) {
      if (field.isEmpty()) {
        return;
      }
      if (kind == TargetColumn.Kind.INT && !JsonNumbers.isInt(field)) {
        kind = TargetColumn.Kind.FLOAT;
      }
      if (kind == TargetColumn.Kind.FLOAT && !JsonNumbers.isNumber(field)) {
        kind = TargetColumn.Kind.TEXT;
      }
    }
  }
}
