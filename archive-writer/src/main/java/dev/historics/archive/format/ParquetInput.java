package dev.historics.archive.format;

import dev.historics.archive.files.ArchiveInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** An archive file as Parquet wants to see it. */
record ParquetInput(ArchiveInput input) implements InputFile {
  @Override
  public long getLength() {
    return input.length();
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(input);
  }

  /** A place in the file; closing it closes the file. */
  private static final class Stream extends SeekableInputStream {
    private final ArchiveInput input;
    private long position;

    Stream(ArchiveInput input) {
      this.input = input;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long target) {
      position = target;
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
    public void readFully(byte[] target) throws IOException {
      readFully(target, 0, target.length);
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
      input.readFully(position, target, offset, length);
      position += length;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      byte[] bytes = new byte[target.remaining()];
      int read = read(bytes, 0, bytes.length);
      if (read > 0) {
        target.put(bytes, 0, read);
      }
      return read;
    }

    @Override
    public void readFully(ByteBuffer target) throws IOException {
      while (target.hasRemaining()) {
        if (read(target) < 0) {
          throw new EOFException("the file ends %d bytes early".formatted(target.remaining()));
        }
      }
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }
}
