package dev.historics.archive.intake;

import com.github.luben.zstd.ZstdInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The records of one input, in order. Owned by one thread. */
final class InputReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ImportInput input;
  private final Counted stored;
  private final LineSplitter lines;
  private final boolean isCsv;
  private CsvRows rows;

  private InputReader(ImportInput input, Counted stored, LineSplitter lines) {
    this.input = input;
    this.stored = stored;
    this.lines = lines;
    this.isCsv = input.isCsv();
  }

  static InputReader open(ImportInput input, int recordBytesMax) throws IOException {
    Counted stored = new Counted(input.open());
    try {
      LineSplitter.Framing framing =
          input.isCsv() ? LineSplitter.Framing.QUOTED_LINES : LineSplitter.Framing.LINES;
      LineSplitter lines = new LineSplitter(decompressed(stored), recordBytesMax, framing);
      return new InputReader(input, stored, lines);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** The stream in plain, whatever it is packed in. */
  private static InputStream decompressed(Counted stored) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, 4);
    byte[] magic = in.readNBytes(4);
    in.unread(magic);
    if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      return new GZIPInputStream(new Continuing(in), BUFFER_BYTES);
    }
    if (magic.length == 4
        && magic[0] == 0x28
        && magic[1] == (byte) 0xb5
        && magic[2] == 0x2f
        && magic[3] == (byte) 0xfd) {
      return new ZstdInputStream(in);
    }
    return in;
  }

  /**
   * The next record; empty at the end.
   *
   * @throws IOException if the input cannot be read on
   */
  Optional<InputRecord> next() throws IOException {
    if (!isCsv) {
      return lines.next();
    }
    if (rows == null) {
      Optional<InputRecord> first = lines.next();
      if (first.isEmpty()) {
        return first;
      }
      rows = CsvRows.named(first.get());
    }
    return lines.next().map(rows::row);
  }

  /** What there is of the record in which {@link #next} failed. */
  Optional<InputRecord> rest() {
    return lines.rest();
  }

  /** How far the input was read, before decompression. */
  long storedBytes() {
    return stored.count;
  }

  /** How far the input was read, after decompression. */
  long plainBytes() {
    return lines.offset();
  }

  /** Where the next record would start: {@code tweets.ndjson.gz:17}. */
  String place() {
    return input.name() + ":" + lines.line();
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  /** Counts what is read. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long count;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * A stream that says truthfully whether it goes on: {@link GZIPInputStream} asks {@link
   * #available} whether another member follows, and a pipe may answer 0 before its end.
   */
  private static final class Continuing extends InputStream {
    private final PushbackInputStream in;

    Continuing(PushbackInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return in.read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
      int next = in.read();
      if (next < 0) {
        return 0;
      }
      in.unread(next);
      return 1;
    }
  }
}
