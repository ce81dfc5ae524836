package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import dev.historics.archive.Sidecar;
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
  private static final byte[] MAGIC = "HISTIDS1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + Long.BYTES;
  private static final int HASH_BYTES = 2 * Long.BYTES;
  private static final int CHUNK_HASHES = 4096;

  private final long[] sorted;

  private IdIndex(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Writes the sidecar of a data file.
   *
   * @param dataPath where the data file lies below the root; the sidecar goes beside it
   * @param directory of the day, which the sidecar's path is relative to
   */
  static Sidecar write(ArchiveFiles files, String directory, String dataPath, IdSet ids)
      throws IOException {
    NewFile out = NewFile.create(files, dataPath.substring(0, dataPath.lastIndexOf('.')), "ids");
    try (out) {
      write(out, ids.sorted());
    } catch (IOException e) {
      discard(out, e);
      throw e;
    }
    return new Sidecar(
        Sidecar.IDS, out.path().substring(directory.length() + 1), out.bytes(), out.sha256Hex());
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

  private static boolean isMagic(ByteBuffer buffer) {
    byte[] magic = new byte[MAGIC.length];
    buffer.get(magic);
    return Arrays.equals(magic, MAGIC);
  }

  private static IOException damaged(String path, String problem) {
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

  /** The ids that both have. */
  public IdSet common(IdIndex other) {
    IdSet common = new IdSet();
    int mine = 0;
    int theirs = 0;
    while (mine < size() && theirs < other.size()) {
      int order = get(mine).compareTo(other.get(theirs));
      if (order == 0) {
        common.add(get(mine));
      }
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
    }
    return common;
  }

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }
}
