package dev.historics.archive.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The records of one input, in order. Owned by one thread. */
final class InputReader implements Closeable {
  private final ImportInput input;
  private final Counted stored;
  private final LineSplitter lines;
  private final boolean isCsv;
  private long records;
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
   * Opens an input behind the first of some marks that it still has; at its start if it has none.
   * What is before a mark is read to be compared, and no record is made of it.
   */
  static InputReader open(ImportInput input, int recordBytesMax, List<InputMark> marks)
      throws IOException {
    for (InputMark mark : marks) {
      Optional<InputReader> resumed = resume(input, recordBytesMax, mark);
      if (resumed.isPresent()) {
        return resumed.get();
      }
    }
    return open(input, recordBytesMax);
  }

  private static Optional<InputReader> resume(ImportInput input, int recordBytesMax, InputMark mark)
      throws IOException {
    Counted stored = new Counted(input.open());
    try {
      InputStream plain = PlainStream.of(stored);
      PrefixSum sum = new PrefixSum();
      if (sum.skip(plain, mark.offset()) && sum.value() == mark.sum()) {
        LineSplitter lines =
            new LineSplitter(
                plain, recordBytesMax, LineSplitter.Framing.LINES, sum, mark.offset(), mark.line());
        InputReader reader = new InputReader(input, stored, lines);
        reader.records = mark.records();
        return Optional.of(reader);
      }
    } catch (IOException e) {
      // Whoever reads it from the start finds the damage, and says so.
    }
    stored.close();
    return Optional.empty();
  }

  /** Where it stands; empty if it cannot be resumed there. */
  Optional<InputMark> mark() {
    return isCsv || lines.isCut()
        ? Optional.empty()
        : Optional.of(new InputMark(lines.offset(), lines.line(), records, lines.sum()));
  }

  /**
   * The next record; empty at the end.
   *
   * @throws IOException if the input cannot be read on
   */
  Optional<InputRecord> next() throws IOException {
    if (!isCsv) {
      Optional<InputRecord> next = lines.next();
      records += next.isPresent() ? 1 : 0;
      return next;
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
