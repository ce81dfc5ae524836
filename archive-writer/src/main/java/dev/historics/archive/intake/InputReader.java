package dev.historics.archive.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The records of one input, in order. Owned by one thread. */
final class InputReader implements Closeable {
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
      LineSplitter lines = new LineSplitter(PlainStream.of(stored), recordBytesMax, framing);
      return new InputReader(input, stored, lines);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
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

  /** What the input is called. */
  String name() {
    return input.name();
  }

  /** Whether the next record cannot be told without reading on, which may take for ever. */
  boolean mustRead() {
    return lines.mustRead();
  }

  /** Whether the last record ended with the input, and not with a line. */
  boolean isOpenEnded() {
    return lines.isOpenEnded();
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
}
