package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The ids in one data file, as sorted hashes of 16 bytes. The sidecar starts with {@code HISTIDS1}
 * and the number of hashes; all numbers are big-endian. Immutable.
 */
public final class IdIndex {
  /** No ids. */
  public static final IdIndex EMPTY = new IdIndex(new long[0]);

  static final byte[] MAGIC = "HISTIDS1".getBytes(StandardCharsets.US_ASCII);
  static final int HEADER_BYTES = MAGIC.length + Long.BYTES;
  static final int HASH_BYTES = 2 * Long.BYTES;
  private static final int CHUNK_HASHES = 4096;

  private final long[] sorted;

  private IdIndex(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Writes the sidecar with the ids of a data file.
   *
   * @param dataPath where the data file lies below the root; the sidecar goes beside it
   * @param directory of the day, which the sidecar's path is relative to
   */
  static Sidecar write(ArchiveFiles files, String directory, String dataPath, IdSet ids)
      throws IOException {
    return write(files, directory, dataPath, Sidecar.IDS, ids);
  }

  /**
   * Writes the sidecar with those ids of a data file whose row does not count any more.
   *
   * @param file of {@code day}
   */
  public static Sidecar writeGone(ArchiveFiles files, SourceDay day, DataFile file, IdSet ids)
      throws IOException {
    String dataPath = day.directory() + "/" + file.path();
    return write(files, day.directory(), dataPath, Sidecar.GONE, ids);
  }

  private static Sidecar write(
      ArchiveFiles files, String directory, String dataPath, String kind, IdSet ids)
      throws IOException {
    NewFile out = NewFile.create(files, dataPath.substring(0, dataPath.lastIndexOf('.')), kind);
    try (out) {
      write(out, ids.sorted());
    } catch (IOException e) {
      discard(out, e);
      throw e;
    }
    return new Sidecar(
        kind, out.path().substring(directory.length() + 1), out.bytes(), out.sha256Hex());
  }

  /** Removes a file that could not be written, and keeps what went wrong with that too. */
  static void discard(NewFile out, IOException cause) {
    try {
      out.discard();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void write(NewFile out, long[] sorted) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HASH_BYTES * CHUNK_HASHES);
    buffer.put(MAGIC).putLong(sorted.length / 2);
    for (int i = 0; i < sorted.length; i += 2) {
      if (buffer.remaining() < HASH_BYTES) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      buffer.putLong(sorted[i]).putLong(sorted[i + 1]);
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  /**
   * Reads and checks a sidecar whole.
   *
   * @param path where it lies below the root
   * @throws IOException if it is not what the manifest says
   */
  public static IdIndex read(ArchiveFiles files, String path, Sidecar sidecar) throws IOException {
    byte[] bytes = bytes(files, path);
    String sha256 = HexFormat.of().formatHex(NewFile.sha256().digest(bytes));
    if (!sha256.equals(sidecar.sha256())) {
      throw damaged(path, "expected SHA-256 %s, found %s".formatted(sidecar.sha256(), sha256));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || !isMagic(buffer)) {
      throw damaged(path, "does not start with HISTIDS1");
    }
    long count = buffer.getLong();
    if (count < 0 || count > Integer.MAX_VALUE || count * HASH_BYTES != buffer.remaining()) {
      throw damaged(path, "its length does not fit its %d ids".formatted(count));
    }
    long[] sorted = new long[(int) (2 * count)];
    buffer.asLongBuffer().get(sorted);
    for (int i = 2; i < sorted.length; i += 2) {
      if (compare(sorted[i - 2], sorted[i - 1], sorted[i], sorted[i + 1]) >= 0) {
        throw damaged(path, "its ids are not in order at %d".formatted(i / 2));
      }
    }
    return new IdIndex(sorted);
  }

  /**
   * Holds ids in memory.
   *
   * @param count how many there are
   * @throws IOException if there are more, or less
   */
  public static IdIndex of(SortedIds ids, long count) throws IOException {
    long[] sorted = new long[Math.toIntExact(2 * count)];
    int at = 0;
    while (ids.next()) {
      if (at == sorted.length) {
        throw new IOException("expected %d ids, found more".formatted(count));
      }
      sorted[at++] = ids.high();
      sorted[at++] = ids.low();
    }
    if (at < sorted.length) {
      throw new IOException("expected %d ids, found %d".formatted(count, at / 2));
    }
    return new IdIndex(sorted);
  }

  private static byte[] bytes(ArchiveFiles files, String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      if (in.length() > Integer.MAX_VALUE - 8) {
        throw damaged(path, "%d bytes are too many for an id index".formatted(in.length()));
      }
      byte[] bytes = new byte[(int) in.length()];
      in.readFully(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  static boolean isMagic(ByteBuffer buffer) {
    byte[] magic = new byte[MAGIC.length];
    buffer.get(magic);
    return Arrays.equals(magic, MAGIC);
  }

  static IOException damaged(String path, String problem) {
    return new IOException("%s: the id index is damaged: %s".formatted(path, problem));
  }

  public int size() {
    return sorted.length / 2;
  }

  /** The hash at a place in the order. */
  public IdHash get(int index) {
    return new IdHash(sorted[2 * index], sorted[2 * index + 1]);
  }

  public boolean contains(IdHash hash) {
    int from = 0;
    int end = size();
    while (from < end) {
      int middle = (from + end) >>> 1;
      int order = compare(sorted[2 * middle], sorted[2 * middle + 1], hash.high(), hash.low());
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        end = middle;
      }
    }
    return false;
  }

  /** Adds all of them to a set. */
  public void addTo(IdSet ids) {
    for (int i = 0; i < size(); i++) {
      ids.add(get(i));
    }
  }

  /** Adds to {@code common} those of these ids that come by in {@code others}, up to its end. */
  public void common(SortedIds others, IdSet common) throws IOException {
    int mine = 0;
    while (others.next()) {
      while (mine < size() && compareTo(mine, others) < 0) {
        mine++;
      }
      if (mine < size() && compareTo(mine, others) == 0) {
        common.add(get(mine));
      }
    }
  }

  private int compareTo(int mine, SortedIds others) {
    return compare(sorted[2 * mine], sorted[2 * mine + 1], others.high(), others.low());
  }

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }
}
