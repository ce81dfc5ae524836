package dev.historics.jobs.join;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.TargetColumn;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.crunch.PTable;
import org.apache.crunch.Pipeline;
import org.apache.crunch.io.From;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/**
 * A table with one row for each key, from a CSV (RFC 4180, with a header; gzip and zstd are
 * unpacked), Avro or Parquet file: facts about authors, categories of domains. It is never held in
 * memory, so it may have any number of rows.
 *
 * <p>Keys are compared exactly, as the file has them. A row has a value in a column unless it is
 * null, empty, or a number that is not finite.
 */
public final class SideTable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final int NAMES_SHOWN_MAX = 20;

  private final Path path;
  private final TableFile file;
  private final int key;
  private final List<Column> columns;

  private SideTable(Path path, TableFile file, int key) throws InvalidTableException {
    this.path = path;
    this.file = file;
    this.key = key;
    this.columns = named();
  }

  /**
   * A column beside the key.
   *
   * @param name letters, digits and {@code _}, not starting with a digit; no two differ in case
   *     alone. Whatever else the file's name has is replaced by {@code _}.
   * @param kind {@code TEXT}, {@code INT} or {@code FLOAT}
   */
  public record Column(String name, TargetColumn.Kind kind) {}

  /**
   * A row.
   *
   * @param key never empty
   * @param json an object of the columns that have a value
   */
  public record Row(String key, String json) {}

  /**
   * Opens a table and reads it to see that each row has a key, each another one.
   *
   * @param keyColumn the column's name as the file has it
   * @throws InvalidTableException if it cannot be joined; says why and where
   * @throws IOException if the file cannot be read
   */
  public static SideTable open(Path file, String keyColumn, Configuration conf) throws IOException {
    return open(file, keyColumn, conf, DuplicateKeys.HASHES_MAX);
  }

  static SideTable open(Path file, String keyColumn, Configuration conf, int hashesMax)
      throws IOException {
    TableFile table = tableFile(file, conf);
    List<String> names = table.columns().stream().map(TableFile.Column::name).toList();
    int key = names.indexOf(keyColumn);
    if (key < 0) {
      throw new InvalidTableException(
          "%s: no column '%s'; it has %s".formatted(file, keyColumn, shown(names)));
    }
    SideTable side = new SideTable(file, table, key);
    side.requireKeys(hashesMax);
    return side;
  }

  private static String shown(List<String> names) {
    int more = names.size() - NAMES_SHOWN_MAX;
    String some = "'" + String.join("', '", names.stream().limit(NAMES_SHOWN_MAX).toList()) + "'";
    return more > 0 ? "%s and %d more".formatted(some, more) : some;
  }

  private static TableFile tableFile(Path file, Configuration conf) throws IOException {
    return switch (magic(file, conf)) {
      case "Obj\u0001" -> AvroTableFile.open(file, conf);
      case "PAR1" -> ParquetTableFile.open(file, conf);
      default -> CsvTableFile.open(file, conf);
    };
  }

  private static String magic(Path file, Configuration conf) throws IOException {
    try {
      FileStatus status = file.getFileSystem(conf).getFileStatus(file);
      if (status.isDirectory()) {
        throw new InvalidTableException(
            "%s: expected a CSV, Avro or Parquet file, found a folder".formatted(file));
      }
    } catch (FileNotFoundException e) {
      throw new InvalidTableException("%s: no such file".formatted(file), e);
    }
    StringBuilder magic = new StringBuilder();
    try (FSDataInputStream in = file.getFileSystem(conf).open(file)) {
      for (int next = in.read(); next >= 0 && magic.length() < 4; next = in.read()) {
        magic.append((char) next);
      }
    }
    return magic.toString();
  }

  private List<Column> named() throws InvalidTableException {
    List<Column> named = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (int i = 0; i < file.columns().size(); i++) {
      if (i != key) {
        TableFile.Column column = file.columns().get(i);
        String name = safe(column.name());
        String other = taken.putIfAbsent(name.toLowerCase(Locale.ROOT), column.name());
        if (other != null) {
          throw new InvalidTableException(
              "%s: columns '%s' and '%s' would both be called '%s' (letters, digits and '_' are kept, and case makes no difference); rename one"
                  .formatted(path, other, column.name(), name));
        }
        named.add(new Column(name, column.kind()));
      }
    }
    return List.copyOf(named);
  }

  private static String safe(String name) {
    if (name.matches(NAME)) {
      return name;
    }
    String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
    return safe.matches("[0-9].*") ? "_" + safe : safe;
  }

  private void requireKeys(int hashesMax) throws IOException {
    Optional<DuplicateKeys.Twice> twice = new DuplicateKeys(this::keys, hashesMax).find();
    if (twice.isPresent()) {
      DuplicateKeys.Twice found = twice.get();
      throw new InvalidTableException(
          "%s: '%s' stands twice in the key column '%s', in %ss %d and %d; expected one row for each key"
              .formatted(
                  path, found.key(), keyColumn(), file.placeName(), found.first(), found.second()));
    }
  }

  private void keys(DuplicateKeys.Visitor visitor) throws IOException {
    try (TableFile.Records records = file.records()) {
      for (Optional<TableFile.Cells> next = records.next();
          next.isPresent();
          next = records.next()) {
        String text = next.get().texts().get(key);
        if (text.isEmpty()) {
          throw new InvalidTableException(
              "%s: %s %d has nothing in the key column '%s'; expected a key in each row"
                  .formatted(path, file.placeName(), next.get().place(), keyColumn()));
        }
        visitor.key(text, next.get().place());
      }
    }
  }

  private String keyColumn() {
    return file.columns().get(key).name();
  }

  /** All columns but the key's, in the file's order. */
  public List<Column> columns() {
    return columns;
  }

  /** Starts to read the rows, in the file's order. */
  public Rows rows() throws IOException {
    return new Rows(file.records());
  }

  /**
   * The rows, as a pipeline reads them.
   *
   * @param target a file that does not exist yet, in a folder that lives as long as the pipeline;
   *     the table is copied there, as a sequence file of keys and JSON
   */
  public PTable<String, String> copyTo(Path target, Pipeline pipeline) throws IOException {
    Configuration conf = pipeline.getConfiguration();
    try (Rows rows = rows();
        SequenceFile.Writer writer =
            SequenceFile.createWriter(
                conf,
                SequenceFile.Writer.file(target),
                SequenceFile.Writer.keyClass(Text.class),
                SequenceFile.Writer.valueClass(Text.class),
                SequenceFile.Writer.compression(SequenceFile.CompressionType.NONE))) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        writer.append(new Text(row.get().key()), new Text(row.get().json()));
      }
    }
    return pipeline.read(From.sequenceFile(target, Writables.strings(), Writables.strings()));
  }

  /** The rows of a table, one at a time. Owned by one thread. */
  public final class Rows implements Closeable {
    private final TableFile.Records records;

    private Rows(TableFile.Records records) {
      this.records = records;
    }

    /**
     * The next row; empty at the end.
     *
     * @throws IOException if the file cannot be read on
     */
    public Optional<Row> next() throws IOException {
      Optional<TableFile.Cells> cells = records.next();
      return cells.isEmpty()
          ? Optional.empty()
          : Optional.of(new Row(cells.get().texts().get(key), json(cells.get().texts())));
    }

    private String json(List<String> texts) throws IOException {
      StringWriter out = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
          String text = texts.get(i < key ? i : i + 1);
          if (!text.isEmpty()) {
            json.writeFieldName(columns.get(i).name());
            write(json, columns.get(i).kind(), text);
          }
        }
        json.writeEndObject();
      }
      return out.toString();
    }

    private static void write(JsonGenerator json, TargetColumn.Kind kind, String text)
        throws IOException {
      switch (kind) {
        case INT, FLOAT -> json.writeNumber(text);
        case TEXT, GEO -> json.writeString(text);
      }
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
