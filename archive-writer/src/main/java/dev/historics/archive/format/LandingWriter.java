package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Tail;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * A landing file being written: interactions of one day in the order of arrival, in Avro blocks of
 * zstd with checksum. Ends with {@link #finish} or {@link #discard}. Owned by one thread.
 */
public final class LandingWriter {
  /** Landing files are soon rewritten: speed counts for more than size. */
  private static final int ZSTD_LEVEL = 1;

  private static final int BLOCK_BYTES = 1 << 16;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final NewFile file;
  private final DataFileWriter<GenericRecord> writer;
  private final DayStats stats;
  private final IdSet ids = new IdSet();
  private final GenericData.Record row = new GenericData.Record(LandingSchema.SCHEMA);

  private LandingWriter(ArchiveFiles files, SourceDay day, NewFile file) throws IOException {
    this.files = files;
    this.day = day;
    this.file = file;
    this.stats = new DayStats(day);
    this.writer = new DataFileWriter<>(new GenericDatumWriter<>(LandingSchema.SCHEMA));
    writer.setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL, true));
    writer.setSyncInterval(BLOCK_BYTES);
    writer.create(LandingSchema.SCHEMA, file, sync(file.path()));
  }

  /**
   * Starts a file.
   *
   * @param stem the start of its path below the root
   */
  public static LandingWriter create(ArchiveFiles files, SourceDay day, String stem)
      throws IOException {
    NewFile file = NewFile.create(files, stem, "avro");
    KillPoint.LANDING_AFTER_CREATE.reached();
    try {
      return new LandingWriter(files, day, file);
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  /** The marker between blocks; a name serves as well as chance, and gives the same file again. */
  private static byte[] sync(String path) {
    IdHash hash = IdHash.of(path);
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(hash.high()).putLong(hash.low()).array();
  }

  /** The ids written so far. */
  public IdSet ids() {
    return ids;
  }

  /** Bytes handed to the storage so far; the last block is not among them. */
  public long bytes() {
    return file.bytes();
  }

  /**
   * Adds an interaction.
   *
   * @param hash of its id
   * @throws IllegalArgumentException if it is of another day, or its id is there already
   */
  public void append(Interaction interaction, IdHash hash) throws IOException {
    if (!ids.add(hash)) {
      throw new IllegalArgumentException(
          "%s: id '%s' is there already".formatted(file.path(), interaction.id()));
    }
    stats.add(interaction);
    row.put(LandingSchema.ID, interaction.id());
    row.put(LandingSchema.CREATED_AT, interaction.createdAt().toEpochMilli());
    row.put(LandingSchema.RAW, ByteBuffer.wrap(interaction.raw()));
    writer.append(row);
  }

  /** Makes the file and its id index durable. On failure, nothing of it is left. */
  public DataFile finish() throws IOException {
    try {
      writer.close();
      KillPoint.LANDING_AFTER_ROWS.reached();
      Sidecar sidecar = IdIndex.write(files, day.directory(), file.path(), ids);
      return stats.entry(
          DataFile.Kind.LANDING, file, Tail.NONE, List.of(), List.of(), List.of(sidecar));
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  /** Removes the file. */
  public void discard() throws IOException {
    file.discard();
  }
}
