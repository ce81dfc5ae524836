package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** The interactions of a sealed file, in its order. Owned by one thread. */
public final class SealedRows implements InteractionReader {
  private final SealedFile file;
  private final MessageType schema;
  private long left;
  private ColumnReader ids;
  private ColumnReader times;
  private ColumnReader buckets;
  private ColumnReader raws;
  private int bucket;

  /**
   * The rows of a file, which is closed with them.
   *
   * @param file whose reader nobody else uses meanwhile
   */
  public SealedRows(SealedFile file) {
    this.file = file;
    MessageType all = file.schema();
    this.schema =
        new MessageType(
            all.getName(),
            all.getType(SealedLayout.ID),
            all.getType(SealedLayout.CREATED_AT),
            all.getType(SealedLayout.BUCKET),
            all.getType(SealedLayout.RAW));
    file.reader().setRequestedSchema(schema);
  }

  @Override
  public boolean hasNext() throws IOException {
    if (left > 0) {
      return true;
    }
    try {
      PageReadStore pages = file.reader().readNextRowGroup();
      if (pages == null) {
        return false;
      }
      left = pages.getRowCount();
      start(pages);
      return true;
    } catch (IOException | RuntimeException e) {
      throw Unreadable.file(file.path(), e);
    }
  }

  private void start(PageReadStore pages) {
    String createdBy = file.reader().getFileMetaData().getCreatedBy();
    ColumnReadStoreImpl columns = new ColumnReadStoreImpl(pages, new Unused(), schema, createdBy);
    ids = columns.getColumnReader(file.id());
    times = columns.getColumnReader(file.createdAt());
    buckets = columns.getColumnReader(file.bucket());
    raws = columns.getColumnReader(file.raw());
  }

  @Override
  public Interaction next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    try {
      String id = new String(ids.getBinary().getBytes(), StandardCharsets.UTF_8);
      Instant createdAt = Instant.ofEpochMilli(times.getLong());
      bucket = buckets.getInteger();
      Interaction interaction = new Interaction(id, createdAt, raws.getBinary().getBytes());
      ids.consume();
      times.consume();
      buckets.consume();
      raws.consume();
      left--;
      return interaction;
    } catch (RuntimeException e) {
      throw Unreadable.file(file.path(), e);
    }
  }

  /** The stored sample bucket of the interaction that {@link #next} returned last. */
  public int bucket() {
    return bucket;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Parquet asks for converters even of those who read the columns themselves. */
  private static final class Unused extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {
      // Never called: no record is assembled.
    }

    @Override
    public void end() {
      // Never called: no record is assembled.
    }
  }
}
