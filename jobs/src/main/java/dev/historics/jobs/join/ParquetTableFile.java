package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file with flat columns. Logical types are not looked at: a date is the number that
 * stands there, and bytes are UTF-8.
 */
final class ParquetTableFile implements TableFile {
  private final Path file;
  private final Configuration conf;
  private final List<Column> columns;
  private final List<PrimitiveTypeName> types;

  private ParquetTableFile(
      Path file, Configuration conf, List<Column> columns, List<PrimitiveTypeName> types) {
    this.file = file;
    this.conf = conf;
    this.columns = columns;
    this.types = types;
  }

  static ParquetTableFile open(Path file, Configuration conf) throws IOException {
    List<Column> columns = new ArrayList<>();
    List<PrimitiveTypeName> types = new ArrayList<>();
    for (Type type : schema(file, conf).getFields()) {
      columns.add(new Column(type.getName(), kind(file, type)));
      types.add(type.asPrimitiveType().getPrimitiveTypeName());
    }
    return new ParquetTableFile(file, conf, List.copyOf(columns), List.copyOf(types));
  }

  private static MessageType schema(Path file, Configuration conf) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      return reader.getFileMetaData().getSchema();
    } catch (IOException | RuntimeException e) {
      throw new InvalidTableException(
          "%s: no Parquet file that can be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static TargetColumn.Kind kind(Path file, Type type) throws InvalidTableException {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw refused(file, type);
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY, BOOLEAN -> TargetColumn.Kind.TEXT;
      case INT32, INT64 -> TargetColumn.Kind.INT;
      case FLOAT, DOUBLE -> TargetColumn.Kind.FLOAT;
      case INT96, FIXED_LEN_BYTE_ARRAY -> throw refused(file, type);
    };
  }

  private static InvalidTableException refused(Path file, Type type) {
    return new InvalidTableException(
        "%s: column '%s' is '%s'; expected a string, number or boolean, once in each row"
            .formatted(file, type.getName(), type));
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
    return new Rows(
        file, types, ParquetReader.builder(new GroupReadSupport(), file).withConf(conf).build());
  }

  private static final class Rows implements Records {
    private final Path file;
    private final List<PrimitiveTypeName> types;
    private final ParquetReader<Group> reader;
    private long rows;

    Rows(Path file, List<PrimitiveTypeName> types, ParquetReader<Group> reader) {
      this.file = file;
      this.types = types;
      this.reader = reader;
    }

    @Override
    public Optional<Cells> next() throws IOException {
      try {
        Group group = reader.read();
        if (group == null) {
          return Optional.empty();
        }
        List<String> texts = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
          texts.add(group.getFieldRepetitionCount(i) == 0 ? "" : text(group, i));
        }
        rows++;
        return Optional.of(new Cells(rows, texts));
      } catch (IOException | RuntimeException e) {
        throw new InvalidTableException(
            "%s: row %d cannot be read: %s".formatted(file, rows + 1, e.getMessage()), e);
      }
    }

    private String text(Group group, int column) throws CharacterCodingException {
      return switch (types.get(column)) {
        case BINARY ->
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(group.getBinary(column, 0).getBytes()))
                .toString();
        // JSON has no number that is not finite: such a one is no value.
        case FLOAT ->
            Float.isFinite(group.getFloat(column, 0))
                ? Float.toString(group.getFloat(column, 0))
                : "";
        case DOUBLE ->
            Double.isFinite(group.getDouble(column, 0))
                ? Double.toString(group.getDouble(column, 0))
                : "";
        case INT32, INT64, BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
            group.getValueToString(column, 0);
      };
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
