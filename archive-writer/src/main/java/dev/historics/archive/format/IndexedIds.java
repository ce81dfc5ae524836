package dev.historics.archive.format;

import dev.historics.archive.Sidecar;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The ids in the sidecar of a data file, read from front to back. Owned by one thread. */
final class IndexedIds implements SortedIds {
  private static final int CHUNK_BYTES = IdIndex.HASH_BYTES * 8192;

  private final String path;
  private final Sidecar sidecar;
  private final InputStream in;
  private final MessageDigest digest;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).limit(0);
  private final long count;
  private long read;
  private long high;
  private long low;

  private IndexedIds(String path, Sidecar sidecar, InputStream in, MessageDigest digest)
      throws IOException {
    this.path = path;
    this.sidecar = sidecar;
    this.in = in;
    this.digest = digest;
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(IdIndex.HEADER_BYTES));
    if (header.limit() < IdIndex.HEADER_BYTES || !IdIndex.isMagic(header)) {
      throw IdIndex.damaged(path, "does not start with HISTIDS1");
    }
    this.count = header.getLong();
    if (count < 0
        || count > Integer.MAX_VALUE
        || count * IdIndex.HASH_BYTES + IdIndex.HEADER_BYTES != sidecar.bytes()) {
      throw IdIndex.damaged(path, "its length does not fit its %d ids".formatted(count));
    }
  }

  static IndexedIds open(ArchiveFiles files, String path, Sidecar sidecar) throws IOException {
    ArchiveInput input = files.open(path);
    try {
      MessageDigest digest = NewFile.sha256();
      return new IndexedIds(path, sidecar, new DigestInputStream(input.stream(), digest), digest);
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    if (read == count) {
      return false;
    }
    if (!chunk.hasRemaining()) {
      fill();
    }
    long nextHigh = chunk.getLong();
    long nextLow = chunk.getLong();
    if (read > 0 && IdIndex.compare(high, low, nextHigh, nextLow) >= 0) {
      throw IdIndex.damaged(path, "its ids are not in order at %d".formatted(read));
    }
    high = nextHigh;
    low = nextLow;
    read++;
    return true;
  }

  private void fill() throws IOException {
    int wanted = (int) Math.min(CHUNK_BYTES, (count - read) * IdIndex.HASH_BYTES);
    if (in.readNBytes(chunk.array(), 0, wanted) < wanted) {
      throw IdIndex.damaged(path, "it ends too early");
    }
    chunk.position(0).limit(wanted);
    if (wanted == (count - read) * IdIndex.HASH_BYTES) {
      verify();
    }
  }

  /** The last chunk is not handed out before all of it is known to be what was written. */
  private void verify() throws IOException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (in.read() >= 0 || !found.equals(sidecar.sha256())) {
      throw IdIndex.damaged(
          path, "expected SHA-256 %s, found %s".formatted(sidecar.sha256(), found));
    }
  }

  @Override
  public long high() {
    return high;
  }

  @Override
  public long low() {
    return low;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
