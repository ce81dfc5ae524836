package dev.historics.jobs.join;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.TargetColumn;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
 * null, empty, or a number that is not finite. Dates and times are texts, as ISO 8601 spells them.
 */
public final class SideTable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path path;
  private final TableFile file;
  private final String key;

  /** The key, and behind it what is joined. */
  private final List<Integer> read;

  private final List<Column> joined;
  private final BitSet valued = new BitSet();

  private SideTable(Path path, TableFile file, ColumnNames names, int key, List<Integer> chosen)
      throws InvalidTableException {
    this.path = path;
    this.file = file;
    this.key = names.names().get(key);
    file.kind(key);
    List<Integer> all = new ArrayList<>(List.of(key));
    List<Column> columns = new ArrayList<>();
    for (int column : chosen) {
      all.add(column);
      columns.add(new Column(names.safe(column), file.kind(column)));
    }
    this.read = List.copyOf(all);
    this.joined = List.copyOf(columns);
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

  /** Opens a table with all of its columns, as the other {@code open} does. */
  public static SideTable open(Path file, String keyColumn, Configuration conf) throws IOException {
    return open(file, keyColumn, List.of(), conf);
  }

  /**
   * Opens a table and reads it to see that each row has a key, each another one. A column is named
   * as the file does or, upper and lower case alike, as {@link Column} does.
   *
   * @param columns what is joined, whatever else there is; empty for all but the key
   * @throws UnknownColumnException if it does not have one of them
   * @throws InvalidTableException if it cannot be joined; says why and where
   * @throws IOException if the file cannot be read
   */
  public static SideTable open(
      Path file, String keyColumn, List<String> columns, Configuration conf) throws IOException {
    TableFile table = tableFile(file, conf);
    ColumnNames names = new ColumnNames(file.toString(), table.names());
    int key = names.find(keyColumn);
    SideTable side = new SideTable(file, table, names, key, names.chosen(columns, key));
    side.requireKeys();
    return side;
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

  private void requireKeys() throws IOException {
    Optional<DuplicateKeys.Twice> twice =
        new DuplicateKeys(this::keys, DuplicateKeys.HASHES_MAX).find();
    if (twice.isPresent()) {
      DuplicateKeys.Twice found = twice.get();
      throw new InvalidTableException(
          "%s: '%s' stands twice in the key column '%s', in %ss %d and %d; expected one row for each key"
              .formatted(path, found.key(), key, file.placeName(), found.first(), found.second()));
    }
  }

  private void keys(DuplicateKeys.Visitor visitor) throws IOException {
    try (TableFile.Records records = file.records(read)) {
      for (Optional<TableFile.Cells> next = records.next();
          next.isPresent();
          next = records.next()) {
        List<String> texts = next.get().texts();
        String text = texts.get(0);
        if (text.isEmpty()) {
          throw new InvalidTableException(
              "%s: %s %d has nothing in the key column '%s'; expected a key in each row"
                  .formatted(path, file.placeName(), next.get().place(), key));
        }
        for (int i = 1; i < texts.size(); i++) {
          if (!texts.get(i).isEmpty()) {
            valued.set(i - 1);
          }
        }
        visitor.key(text, next.get().place());
      }
    }
  }

  /** The key's column, as the file names it. */
  public String key() {
    return key;
  }

  /** Whether there are columns beside the key, with values or without. */
  public boolean hasColumns() {
    return !joined.isEmpty();
  }

  /**
   * The columns that are joined, in the file's order. One without any value has no kind of its own,
   * and is not among them.
   */
  public List<Column> columns() {
    return valued.stream().mapToObj(joined::get).toList();
  }

  /** Starts to read the rows, in the file's order. */
  public Rows rows() throws IOException {
    return new Rows(file.records(read));
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
          : Optional.of(new Row(cells.get().texts().get(0), json(cells.get().texts())));
    }

    private String json(List<String> texts) throws IOException {
      StringWriter out = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        for (int i = 0; i < joined.size(); i++) {
          String text = texts.get(i + 1);
          if (!text.isEmpty()) {
            json.writeFieldName(joined.get(i).name());
            write(json, joined.get(i).kind(), text);
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
