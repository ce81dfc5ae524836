package dev.historics.archive.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Reads files by parquet-java, with every checksum verified. */
final class OtherReader {
  private OtherReader() {}

  static ParquetFileReader open(byte[] file) throws IOException {
    ParquetReadOptions options =
        new ParquetReadOptions.Builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .build();
    return ParquetFileReader.open(new Memory(file), options);
  }

  /** The cells of all row groups. */
  static Table read(byte[] file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<List<Cell>> columns = new ArrayList<>();
      schema.getColumns().forEach(leaf -> columns.add(new ArrayList<>()));
      String createdBy = reader.getFileMetaData().getCreatedBy();
      PageReadStore pages = reader.readNextRowGroup();
      while (pages != null) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(pages, new Ignored(), schema, createdBy);
        for (int leaf = 0; leaf < columns.size(); leaf++) {
          ColumnDescriptor column = schema.getColumns().get(leaf);
          long cells = pages.getPageReader(column).getTotalValueCount();
          read(store.getColumnReader(column), cells, columns.get(leaf));
        }
        pages = reader.readNextRowGroup();
      }
      return new Table(schema, Math.toIntExact(reader.getRecordCount()), columns);
    }
  }

  private static void read(ColumnReader reader, long count, List<Cell> cells) {
    ColumnDescriptor leaf = reader.getDescriptor();
    for (long i = 0; i < count; i++) {
      int definition = reader.getCurrentDefinitionLevel();
      Object value = null;
      if (definition == leaf.getMaxDefinitionLevel()) {
        value =
            switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
              case BINARY -> Binary.fromConstantByteArray(reader.getBinary().getBytes());
              case INT32 -> reader.getInteger();
              case INT64 -> reader.getLong();
              default -> reader.getDouble();
            };
      }
      cells.add(new Cell(reader.getCurrentRepetitionLevel(), definition, value));
      reader.consume();
    }
  }

  private static final class Memory implements InputFile {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getLength() {
      return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      Positioned stream = new Positioned(bytes);
      return new DelegatingSeekableInputStream(stream) {
        @Override
        public long getPos() {
          return stream.position();
        }

        @Override
        public void seek(long target) {
          stream.seek((int) target);
        }
      };
    }
  }

  private static final class Positioned extends ByteArrayInputStream {
    Positioned(byte[] bytes) {
      super(bytes);
    }

    int position() {
      return pos;
    }

    void seek(int target) {
      pos = target;
    }
  }

  private static final class Ignored extends GroupConverter {
    @Override
    public Converter getConverter(int fieldIndex) {
      return new Inner();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** Is asked for leaves and groups alike. */
  private static final class Inner extends PrimitiveConverter {
    @Override
    public boolean isPrimitive() {
      return false;
    }

    @Override
    public GroupConverter asGroupConverter() {
      return new Ignored();
    }

    @Override
    public PrimitiveConverter asPrimitiveConverter() {
      return this;
    }
  }
}
