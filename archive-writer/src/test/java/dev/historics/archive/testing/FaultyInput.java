package dev.historics.archive.testing;

import dev.historics.archive.testing.Faults.Effect;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;

/** A file being read; each read is an operation that may fail, or read one bit wrong. */
final class FaultyInput extends FSInputStream {
  private final Faults faults;
  private final Path path;
  private final FSDataInputStream in;

  FaultyInput(Faults faults, Path path, FSDataInputStream in) {
    this.faults = faults;
    this.path = path;
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return read(target, offset, () -> in.read(target, offset, length));
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return read(target, offset, () -> in.read(position, target, offset, length));
  }

  private int read(byte[] target, int offset, Faults.Operation<Integer> operation)
      throws IOException {
    boolean isFlipped = faults.isNext(Faults.Kind.FLIPS);
    int read = faults.run(Effect.READS, "read " + path.toUri().getPath(), operation);
    if (isFlipped && read > 0) {
      target[offset + read / 2] ^= 0x10;
    }
    return read;
  }

  @Override
  public void seek(long position) throws IOException {
    in.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
