package dev.historics.archive.intake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Interactions that wait until their day's turn has come, day by day in the order of arrival. What
 * does not fit in memory goes to one temporary file, {@code source=S/_staging/spool-BATCH-N.zst},
 * in blocks of one day each. Owned by one thread.
 */
final class Spool {
  private static final int ZSTD_LEVEL = 1;

  /** The edit time of what was never edited. */
  private static final Instant NEVER = Instant.MIN;

  private final ArchiveFiles files;
  private final String stem;
  private final long bytesMax;
  private final Map<LocalDate, Waiting> days = new TreeMap<>();
  private long bytes;
  private NewFile file;

  /**
   * @param bytesMax what may wait in memory
   */
  Spool(ArchiveFiles files, String source, BatchId batch, long bytesMax) {
    this.files = files;
    this.stem = "source=%s/%s/spool-%s".formatted(source, Archive.STAGING, batch);
    this.bytesMax = bytesMax;
  }

  /** The interactions of one day: first those in the blocks, then those in the buffer. */
  private static final class Waiting {
    private final List<Block> blocks = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(0);
  }

  /**
   * A piece of the file.
   *
   * @param plainBytes its length after decompression
   */
  private record Block(long offset, int bytes, int plainBytes) {}

  /** Takes what waited, in the order in which it came. */
  @FunctionalInterface
  interface Taker {
    void take(Interaction interaction, IdHash hash) throws IOException;
  }

  /** The days that something waits for. */
  SortedSet<LocalDate> days() {
    return new TreeSet<>(days.keySet());
  }

  boolean has(LocalDate day) {
    return days.containsKey(day);
  }

  void add(LocalDate day, Interaction interaction, IdHash hash) throws IOException {
    Waiting waiting = days.computeIfAbsent(day, unused -> new Waiting());
    byte[] id = interaction.id().getBytes(StandardCharsets.UTF_8);
    byte[] raw = interaction.raw();
    Instant editedAt = interaction.editedAt().orElse(NEVER);
    int length = 4 * Long.BYTES + 3 * Integer.BYTES + id.length + raw.length;
    reserve(waiting, length);
    waiting
        .buffer
        .putLong(hash.high())
        .putLong(hash.low())
        .putLong(interaction.createdAt().toEpochMilli())
        .putLong(editedAt.getEpochSecond())
        .putInt(editedAt.getNano())
        .putInt(id.length)
        .put(id)
        .putInt(raw.length)
        .put(raw);
    if (bytes > bytesMax) {
      spill();
    }
  }

  private void reserve(Waiting waiting, int length) {
    ByteBuffer buffer = waiting.buffer;
    if (buffer.remaining() < length) {
      int capacity = Math.max(buffer.position() + length, buffer.capacity() / 2 * 3);
      waiting.buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
      bytes += capacity - buffer.capacity();
    }
  }

  /** Writes the larger buffers, so that the blocks are no smaller than need be. */
  private void spill() throws IOException {
    long fair = bytes / days.size();
    if (file == null) {
      file = NewFile.create(files, stem, "zst");
    }
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      zstd.setLevel(ZSTD_LEVEL).setChecksum(true);
      for (Waiting waiting : days.values()) {
        if (waiting.buffer.capacity() >= fair) {
          spill(waiting, zstd);
        }
      }
    }
    KillPoint.SPOOL_AFTER_SPILL.reached();
  }

  private void spill(Waiting waiting, ZstdCompressCtx zstd) throws IOException {
    byte[] plain = new byte[waiting.buffer.position()];
    bytes -= waiting.buffer.capacity();
    waiting.buffer.flip().get(plain);
    waiting.buffer = ByteBuffer.allocate(0);
    byte[] block = zstd.compress(plain);
    waiting.blocks.add(new Block(file.bytes(), block.length, plain.length));
    file.write(block, 0, block.length);
  }

  /** Ends the taking in: from now on it is only replayed. */
  void finish() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /** Hands out what waits for a day, and forgets it. */
  void replay(LocalDate day, Taker taker) throws IOException {
    Waiting waiting = days.remove(day);
    if (!waiting.blocks.isEmpty()) {
      try (ArchiveInput input = files.open(file.path())) {
        for (Block block : waiting.blocks) {
          replay(ByteBuffer.wrap(plain(input, block)), taker);
        }
      }
    }
    bytes -= waiting.buffer.capacity();
    replay(waiting.buffer.flip(), taker);
  }

  private byte[] plain(ArchiveInput input, Block block) throws IOException {
    byte[] stored = new byte[block.bytes()];
    input.readFully(block.offset(), stored, 0, stored.length);
    try {
      return Zstd.decompress(stored, block.plainBytes());
    } catch (ZstdException e) {
      throw new IOException(
          "%s: damaged at %d: %s".formatted(file.path(), block.offset(), e.getMessage()), e);
    }
  }

  private static void replay(ByteBuffer from, Taker taker) throws IOException {
    while (from.hasRemaining()) {
      IdHash hash = new IdHash(from.getLong(), from.getLong());
      Instant createdAt = Instant.ofEpochMilli(from.getLong());
      Instant editedAt = Instant.ofEpochSecond(from.getLong(), from.getInt());
      String id = new String(bytes(from), StandardCharsets.UTF_8);
      Interaction interaction = new Interaction(id, createdAt, bytes(from));
      taker.take(editedAt.equals(NEVER) ? interaction : interaction.editedAt(editedAt), hash);
    }
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.getInt()];
    from.get(bytes);
    return bytes;
  }

  /** Removes the file, and forgets what waits. */
  void discard() throws IOException {
    days.clear();
    bytes = 0;
    if (file != null) {
      NewFile spent = file;
      file = null;
      spent.discard();
    }
  }
}
