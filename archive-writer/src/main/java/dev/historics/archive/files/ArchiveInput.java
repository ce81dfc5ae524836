package dev.historics.archive.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A written file, read by position. Safe for use by many threads. */
public interface ArchiveInput extends Closeable {
  /** Bytes in the file. */
  long length();

  /**
   * Reads some bytes from {@code position} on.
   *
   * @return how many were read, at least one; -1 at or behind the end
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws EOFException if the file ends before
   */
  default void readFully(long position, byte[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int read = read(position + done, target, offset + done, length - done);
      if (read < 0) {
        throw new EOFException(
            "expected %d bytes at %d, found only %d".formatted(length, position, done));
      }
      done += read;
    }
  }

  /** The file from its first byte to its last; buffer it. Closing it closes this. */
  default InputStream stream() {
    return new SequentialInput(this);
  }
}
