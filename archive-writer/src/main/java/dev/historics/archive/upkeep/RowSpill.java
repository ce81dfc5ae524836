package dev.historics.archive.upkeep;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.format.SealedOrder;
import dev.historics.archive.upkeep.SortedRows.Row;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * A temporary file with sorted rows: zstd with checksum, of each row the hash of its id, its time
 * in milliseconds, and the lengths and bytes of id and JSON. Nobody but its writer reads it.
 *
 * @param path below the root
 * @param count how many rows it has
 */
record RowSpill(ArchiveFiles files, String path, int count) {
  private static final int LEVEL = 1;
  private static final int BUFFER_BYTES = 1 << 18;

  /** Rows one after the other. */
  interface Rows extends Closeable {
    boolean hasNext();

    Row next() throws IOException;
  }

  /** Rows that were never written. */
  record InMemory(Iterator<Row> rows) implements Rows {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      return rows.next();
    }

    @Override
    public void close() {}
  }

  /**
   * Writes a file.
   *
   * @param stem the start of its path
   */
  static RowSpill write(ArchiveFiles files, String stem, List<Row> rows) throws IOException {
    NewFile file = NewFile.create(files, stem, "rows");
    try (OutputStream plain = compressed(file);
        DataOutputStream out = new DataOutputStream(plain)) {
      for (Row row : rows) {
        write(row, out);
      }
    } catch (IOException e) {
      discard(file, e);
      throw e;
    }
    return new RowSpill(files, file.path(), rows.size());
  }

  private static void discard(NewFile file, IOException cause) {
    try {
      file.discard();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static OutputStream compressed(NewFile file) throws IOException {
    ZstdOutputStream zstd = new ZstdOutputStream(file, LEVEL);
    zstd.setChecksum(true);
    return new BufferedOutputStream(zstd, BUFFER_BYTES);
  }

  private static void write(Row row, DataOutputStream out) throws IOException {
    Interaction interaction = row.interaction();
    byte[] id = interaction.id().getBytes(StandardCharsets.UTF_8);
    out.writeLong(row.hash().high());
    out.writeLong(row.hash().low());
    out.writeLong(interaction.createdAt().toEpochMilli());
    out.writeInt(id.length);
    out.write(id);
    out.writeInt(interaction.raw().length);
    out.write(interaction.raw());
  }

  /** The rows, in their order. */
  Rows rows(SealedOrder order) throws IOException {
    ArchiveInput input = files.open(path);
    try {
      ZstdInputStream zstd =
          new ZstdInputStream(new BufferedInputStream(input.stream(), BUFFER_BYTES));
      return new Written(
          new DataInputStream(new BufferedInputStream(zstd, BUFFER_BYTES)), order, count);
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /** Rows of a file. */
  private static final class Written implements Rows {
    private final DataInputStream in;
    private final SealedOrder order;
    private int left;

    Written(DataInputStream in, SealedOrder order, int count) {
      this.in = in;
      this.order = order;
      this.left = count;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Row next() throws IOException {
      IdHash hash = new IdHash(in.readLong(), in.readLong());
      Instant createdAt = Instant.ofEpochMilli(in.readLong());
      String id = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      Interaction interaction = new Interaction(id, createdAt, in.readNBytes(in.readInt()));
      left--;
      return new Row(interaction, hash, order.cluster(hash));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
