package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.mapred.FsInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * An Avro file of flat records. Logical types are not looked at: a date is the number that stands
 * there.
 */
final class AvroTableFile implements TableFile {
  private final Path file;
  private final Configuration conf;
  private final List<Column> columns;

  private AvroTableFile(Path file, Configuration conf, List<Column> columns) {
    this.file = file;
    this.conf = conf;
    this.columns = columns;
  }

  static AvroTableFile open(Path file, Configuration conf) throws IOException {
    try (DataFileReader<GenericRecord> reader = read(file, conf)) {
      Schema schema = reader.getSchema();
      if (schema.getType() != Schema.Type.RECORD) {
        throw new InvalidTableException(
            "%s: expected an Avro file of records, found one of %s"
                .formatted(file, schema.getType().getName()));
      }
      List<Column> columns = new ArrayList<>();
      for (Schema.Field field : schema.getFields()) {
        columns.add(new Column(field.name(), kind(file, field.name(), field.schema())));
      }
      return new AvroTableFile(file, conf, List.copyOf(columns));
    }
  }

  private static DataFileReader<GenericRecord> read(Path file, Configuration conf)
      throws IOException {
    FsInput input = new FsInput(file, conf);
    try {
      return new DataFileReader<>(input, new GenericDatumReader<>());
    } catch (IOException | AvroRuntimeException e) {
      input.close();
      throw new InvalidTableException(
          "%s: no Avro file that can be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static TargetColumn.Kind kind(Path file, String name, Schema schema)
      throws InvalidTableException {
    return switch (scalar(schema).getType()) {
      case STRING, ENUM, BOOLEAN -> TargetColumn.Kind.TEXT;
      case INT, LONG -> TargetColumn.Kind.INT;
      case FLOAT, DOUBLE -> TargetColumn.Kind.FLOAT;
      case RECORD, ARRAY, MAP, UNION, FIXED, BYTES, NULL ->
          throw new InvalidTableException(
              "%s: column '%s' is %s; expected a string, number or boolean, or a union of one of them with null"
                  .formatted(file, name, schema));
    };
  }

  /** What a union with null has beside it. */
  private static Schema scalar(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public String placeName() {
    return "row";
  }

  @Override
  public Records records() throws IOException {
    return new Rows(file, read(file, conf), columns.size());
  }

  private static final class Rows implements Records {
    private final Path file;
    private final DataFileReader<GenericRecord> reader;
    private final int columns;
    private long rows;

    Rows(Path file, DataFileReader<GenericRecord> reader, int columns) {
      this.file = file;
      this.reader = reader;
      this.columns = columns;
    }

    @Override
    public Optional<Cells> next() throws IOException {
      try {
        if (!reader.hasNext()) {
          return Optional.empty();
        }
        GenericRecord record = reader.next();
        List<String> texts = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
          texts.add(text(record.get(i)));
        }
        rows++;
        return Optional.of(new Cells(rows, texts));
      } catch (AvroRuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d cannot be read: %s".formatted(file, rows + 1, e.getMessage()), e);
      }
    }

    /** JSON has no number that is not finite: such a one is no value. */
    private static String text(Object value) {
      boolean isNothing =
          value == null
              || (value instanceof Double number && !Double.isFinite(number))
              || (value instanceof Float single && !Float.isFinite(single));
      return isNothing ? "" : value.toString();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
