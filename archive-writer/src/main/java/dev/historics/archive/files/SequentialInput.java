package dev.historics.archive.files;

import java.io.IOException;
import java.io.InputStream;

/** A file read from front to back. */
final class SequentialInput extends InputStream {
  private final ArchiveInput input;
  private long position;

  SequentialInput(ArchiveInput input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = input.read(position, target, offset, length);
    position += Math.max(read, 0);
    return read;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
