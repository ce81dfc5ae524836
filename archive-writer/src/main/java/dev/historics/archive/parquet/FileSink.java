package dev.historics.archive.parquet;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that knows how many bytes went through it. Owned by one thread. */
final class FileSink extends OutputStream {
  private final OutputStream out;
  private long position;

  FileSink(OutputStream out) {
    this.out = out;
  }

  /** The bytes so far. */
  long position() {
    return position;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
