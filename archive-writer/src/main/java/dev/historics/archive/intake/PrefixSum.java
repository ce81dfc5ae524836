package dev.historics.archive.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The checksum of an input up to some place: two different 32-bit ones, so that a file that
 * somebody changed passes for the same once in 2^64 times. Owned by one thread.
 */
final class PrefixSum {
  private static final int BUFFER_BYTES = 1 << 17;

  private final CRC32 first = new CRC32();
  private final CRC32C second = new CRC32C();

  void update(byte[] bytes, int from, int to) {
    first.update(bytes, from, to - from);
    second.update(bytes, from, to - from);
  }

  long value() {
    return first.getValue() << 32 | second.getValue();
  }

  /**
   * Passes over the start of a stream.
   *
   * @return whether the stream was that long
   */
  boolean skip(InputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return false;
      }
      update(buffer, 0, read);
      left -= read;
    }
    return true;
  }
}
