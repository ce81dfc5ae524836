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
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A landing file being written: interactions of one day in the order of arrival, in Avro blocks of
 * zstd with checksum. Ends with {@link #finish} or {@link #discard}. Owned by one thread.
 */
public final class LandingWriter {
  private static final int BLOCK_BYTES = 1 << 17;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final NewFile file;
  private final byte[] sync;
  private final DayStats stats;
  private final IdSet ids = new IdSet();
  private final AvroBlock block = new AvroBlock();

  private LandingWriter(ArchiveFiles files, SourceDay day, NewFile file) throws IOException {
    this.files = files;
    this.day = day;
    this.file = file;
    this.sync = sync(file.path());
    this.stats = new DayStats(day);
    writeHeader();
  }

  private void writeHeader() throws IOException {
    block.fixed(LandingBlocks.MAGIC, LandingBlocks.MAGIC.length);
    block.number(2);
    block.bytes(utf8("avro.schema"));
    block.bytes(utf8(LandingSchema.TEXT));
    block.bytes(utf8("avro.codec"));
    block.bytes(utf8("zstandard"));
    block.number(0);
    block.fixed(sync, sync.length);
    file.write(block.array(), 0, block.length());
    block.clear();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
    block.add(interaction);
    if (block.length() >= BLOCK_BYTES) {
      writeBlock();
    }
  }

  private void writeBlock() throws IOException {
    AvroBlock head = new AvroBlock();
    BlockPacker packer = BlockPacker.borrow();
    try {
      int packed = packer.pack(block.array(), block.length());
      head.number(block.rows());
      head.number(packed);
      file.write(head.array(), 0, head.length());
      file.write(packer.packed(), 0, packed);
    } finally {
      packer.giveBack();
    }
    file.write(sync);
    block.clear();
  }

  /** Makes the file and its id index durable. On failure, nothing of it is left. */
  public DataFile finish() throws IOException {
    try {
      if (block.rows() > 0) {
        writeBlock();
      }
      file.close();
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
