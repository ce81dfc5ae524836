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

/** An Avro file of records. Fields that are no scalars cannot be joined; others beside them can. */
final class AvroTableFile implements TableFile {
  private final Path file;
  private final Configuration conf;
  private final List<Schema.Field> fields;

  private AvroTableFile(Path file, Configuration conf, List<Schema.Field> fields) {
    this.file = file;
    this.conf = conf;
    this.fields = fields;
  }

  static AvroTableFile open(Path file, Configuration conf) throws IOException {
    try (DataFileReader<GenericRecord> reader = read(file, conf)) {
      Schema schema = reader.getSchema();
      if (schema.getType() != Schema.Type.RECORD) {
        throw new InvalidTableException(
            "%s: expected an Avro file of records, found one of %s"
                .formatted(file, schema.getType().getName()));
      }
      return new AvroTableFile(file, conf, List.copyOf(schema.getFields()));
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

  @Override
  public List<String> names() {
    return fields.stream().map(Schema.Field::name).toList();
  }

  @Override
  public TargetColumn.Kind kind(int column) throws InvalidTableException {
    return column(column).kind();
  }

  private AvroColumn column(int column) throws InvalidTableException {
    Schema.Field field = fields.get(column);
    return AvroColumn.of(field.schema())
        .orElseThrow(
            () ->
                new InvalidTableException(
                    "%s: column '%s' is %s; expected a string, number, date, time or boolean, or a union of one of them with null"
                        .formatted(file, field.name(), field.schema())));
  }

  @Override
  public String placeName() {
    return "row";
  }

  @Override
  public Records records(List<Integer> columns) throws IOException {
    List<AvroColumn> read = new ArrayList<>();
    for (int column : columns) {
      read.add(column(column));
    }
    return new Rows(columns, List.copyOf(read), read(file, conf));
  }

  private final class Rows implements Records {
    private final List<Integer> places;
    private final List<AvroColumn> columns;
    private final DataFileReader<GenericRecord> reader;
    private long rows;

    Rows(List<Integer> places, List<AvroColumn> columns, DataFileReader<GenericRecord> reader) {
      this.places = places;
      this.columns = columns;
      this.reader = reader;
    }

    @Override
    public Optional<Cells> next() throws IOException {
      GenericRecord record = record();
      if (record == null) {
        return Optional.empty();
      }
      rows++;
      List<String> texts = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        texts.add(text(record, places.get(i), columns.get(i)));
      }
      return Optional.of(new Cells(rows, texts));
    }

    /** Null at the end. */
    private GenericRecord record() throws IOException {
      try {
        return reader.hasNext() ? reader.next() : null;
      } catch (AvroRuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d cannot be read: %s".formatted(file, rows + 1, e.getMessage()), e);
      }
    }

    private String text(GenericRecord record, int at, AvroColumn column)
        throws InvalidTableException {
      Object value = record.get(at);
      try {
        return value == null ? "" : column.spelling().apply(value);
      } catch (RuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d, column '%s': %s"
                .formatted(file, rows, fields.get(at).name(), e.getMessage()),
            e);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
