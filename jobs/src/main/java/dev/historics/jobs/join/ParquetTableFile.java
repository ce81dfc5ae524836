package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A Parquet file. Columns that are not flat cannot be joined; others beside them can. */
final class ParquetTableFile implements TableFile {
  private final Path file;
  private final Configuration conf;
  private final List<Type> types;

  private ParquetTableFile(Path file, Configuration conf, List<Type> types) {
    this.file = file;
    this.conf = conf;
    this.types = types;
  }

  static ParquetTableFile open(Path file, Configuration conf) throws IOException {
    return new ParquetTableFile(file, conf, List.copyOf(schema(file, conf).getFields()));
  }

  private static MessageType schema(Path file, Configuration conf) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      return reader.getFileMetaData().getSchema();
    } catch (IOException | RuntimeException e) {
      throw new InvalidTableException(
          "%s: no Parquet file that can be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<String> names() {
    return types.stream().map(Type::getName).toList();
  }

  @Override
  public TargetColumn.Kind kind(int column) throws InvalidTableException {
    return column(column).kind();
  }

  private ParquetColumn column(int column) throws InvalidTableException {
    Type type = types.get(column);
    return ParquetColumn.of(type)
        .orElseThrow(
            () ->
                new InvalidTableException(
                    "%s: column '%s' is '%s'; expected a string, number, date, time or boolean, once in each row"
                        .formatted(file, type.getName(), type)));
  }

  @Override
  public String placeName() {
    return "row";
  }

  @Override
  public Records records(List<Integer> columns) throws IOException {
    List<ParquetColumn> read = new ArrayList<>();
    for (int column : columns) {
      read.add(column(column));
    }
    return new Rows(
        columns,
        List.copyOf(read),
        ParquetReader.builder(new GroupReadSupport(), file).withConf(conf).build());
  }

  private final class Rows implements Records {
    private final List<Integer> places;
    private final List<ParquetColumn> columns;
    private final ParquetReader<Group> reader;
    private long rows;

    Rows(List<Integer> places, List<ParquetColumn> columns, ParquetReader<Group> reader) {
      this.places = places;
      this.columns = columns;
      this.reader = reader;
    }

    @Override
    public Optional<Cells> next() throws IOException {
      Group group = group();
      if (group == null) {
        return Optional.empty();
      }
      rows++;
      List<String> texts = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        texts.add(text(group, places.get(i), columns.get(i)));
      }
      return Optional.of(new Cells(rows, texts));
    }

    /** Null at the end. */
    private Group group() throws InvalidTableException {
      try {
        return reader.read();
      } catch (IOException | RuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d cannot be read: %s".formatted(file, rows + 1, e.getMessage()), e);
      }
    }

    private String text(Group group, int at, ParquetColumn column) throws InvalidTableException {
      try {
        return group.getFieldRepetitionCount(at) == 0 ? "" : column.spelling().text(group, at);
      } catch (RuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d, column '%s': %s"
                .formatted(file, rows, types.get(at).getName(), e.getMessage()),
            e);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
