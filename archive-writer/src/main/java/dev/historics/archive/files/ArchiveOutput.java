package dev.historics.archive.files;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file being written, unbuffered. Closing it makes its content and its name durable; once any
 * method has thrown, the file is dead. Owned by one thread.
 */
public abstract class ArchiveOutput extends OutputStream {
  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public abstract void close() throws IOException;
}
