package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A landing file being read from front to back: checksums are verified, and the number of rows must
 * be what the manifest says. Owned by one thread.
 */
public final class LandingFile implements InteractionReader {
  /** Large, because each read may be a round trip to another machine. */
  private static final int BUFFER_BYTES = 1 << 20;

  private final String path;
  private final DataFile entry;
  private final DataFileStream<GenericRecord> rows;
  private long read;

  private LandingFile(String path, DataFile entry, DataFileStream<GenericRecord> rows) {
    this.path = path;
    this.entry = entry;
    this.rows = rows;
  }

  /**
   * Opens a file that a manifest of {@code day} names.
   *
   * @throws IOException if it is missing, damaged, or of another length
   */
  public static LandingFile open(ArchiveFiles files, SourceDay day, DataFile entry)
      throws IOException {
    String path = day.directory() + "/" + entry.path();
    ArchiveInput input = files.open(path);
    try {
      if (input.length() != entry.bytes()) {
        throw new IOException(
            "%s: expected %d bytes, found %d".formatted(path, entry.bytes(), input.length()));
      }
      return new LandingFile(
          path, entry, stream(path, new BufferedInputStream(input.stream(), BUFFER_BYTES)));
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static DataFileStream<GenericRecord> stream(String path, InputStream input)
      throws IOException {
    DataFileStream<GenericRecord> rows;
    try {
      rows = new DataFileStream<>(input, new GenericDatumReader<>());
    } catch (IOException | RuntimeException e) {
      throw Unreadable.file(path, e);
    }
    if (!rows.getSchema().equals(LandingSchema.SCHEMA)) {
      throw new IOException(
          "%s: expected the schema of a landing file, found %s".formatted(path, rows.getSchema()));
    }
    return rows;
  }

  @Override
  public boolean hasNext() throws IOException {
    boolean hasNext;
    try {
      hasNext = rows.hasNext();
    } catch (RuntimeException e) {
      throw Unreadable.file(path, e);
    }
    if (hasNext ? read >= entry.rows() : read != entry.rows()) {
      throw new IOException(
          "%s: expected %d rows, found %s"
              .formatted(path, entry.rows(), hasNext ? "more" : String.valueOf(read)));
    }
    return hasNext;
  }

  @Override
  public Interaction next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(path);
    }
    try {
      GenericRecord row = rows.next();
      ByteBuffer raw = (ByteBuffer) row.get(LandingSchema.RAW);
      byte[] bytes = new byte[raw.remaining()];
      raw.get(bytes);
      read++;
      return new Interaction(
          row.get(LandingSchema.ID).toString(),
          Instant.ofEpochMilli((Long) row.get(LandingSchema.CREATED_AT)),
          bytes);
    } catch (RuntimeException e) {
      throw Unreadable.file(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
