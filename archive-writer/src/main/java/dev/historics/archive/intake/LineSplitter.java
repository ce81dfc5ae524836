package dev.historics.archive.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream into records at {@code \n} alone, and takes one {@code \r} before it away. Blank
 * lines are no records. Never holds more than one record of the largest size. Owned by one thread.
 */
final class LineSplitter {
  /** How a record ends. */
  enum Framing {
    /** At every line end. */
    LINES,
    /** At a line end that is not between double quotes. */
    QUOTED_LINES
  }

  private static final int CHUNK_BYTES = 1 << 17;
  private static final int HEAD_BYTES = 1024;

  private final InputStream in;
  private final int recordBytesMax;
  private final Framing framing;
  private final byte[] chunk = new byte[CHUNK_BYTES];

  /** What came of the record in earlier chunks. */
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();

  private int at;
  private int end;

  /** Where the next line feed is; {@link #end} if the chunk has none. */
  private int lineFeed;

  /** Of the chunk, what is not in {@link #sum} yet starts here. */
  private int summed;

  private final PrefixSum sum;
  private long offset;
  private long line;
  private boolean isQuoted;
  private boolean isTooLarge;
  private boolean isOpenEnded;
  private boolean isCut;

  LineSplitter(InputStream in, int recordBytesMax, Framing framing) {
    this(in, recordBytesMax, framing, new PrefixSum(), 0, 1);
  }

  /**
   * One that begins inside an input.
   *
   * @param in what is left of the input
   * @param sum of what was before
   * @param offset how much that was
   * @param line the line that comes next
   */
  LineSplitter(
      InputStream in, int recordBytesMax, Framing framing, PrefixSum sum, long offset, long line) {
    this.in = in;
    this.recordBytesMax = recordBytesMax;
    this.framing = framing;
    this.sum = sum;
    this.offset = offset;
    this.line = line;
  }

  /** The checksum of everything up to {@link #offset}. */
  long sum() {
    sum.update(chunk, summed, at);
    summed = at;
    return sum.value();
  }

  /** Whether a record ended with the input: there may be more of it when the input has grown. */
  boolean isCut() {
    return isCut;
  }

  /** Bytes read, up to the end of the last record. */
  long offset() {
    return offset;
  }

  /** The line that comes next. */
  long line() {
    return line;
  }

  /** Whether the next record cannot be told without reading on, which may take for ever. */
  boolean mustRead() {
    return lineFeed == end;
  }

  /** Whether the last record ended with the input, and not with a line. */
  boolean isOpenEnded() {
    return isOpenEnded;
  }

  /**
   * The next record that is not blank; empty at the end.
   *
   * @throws IOException if the input cannot be read on; {@link #rest} is what came before that
   */
  Optional<InputRecord> next() throws IOException {
    while (true) {
      record.reset();
      isQuoted = false;
      isTooLarge = false;
      long startLine = line;
      long startOffset = offset;
      isOpenEnded = !fillRecord();
      InputRecord found = found(startLine, startOffset);
      if (found.bytes().length > 0) {
        isCut |= isOpenEnded;
        return Optional.of(found);
      }
      if (isOpenEnded) {
        return Optional.empty();
      }
    }
  }

  /** What was read of a record when the input failed; empty if it failed between records. */
  Optional<InputRecord> rest() {
    InputRecord rest = found(line, offset - record.size());
    return rest.bytes().length == 0
        ? Optional.empty()
        : Optional.of(rest.refused("the input ends inside this record"));
  }

  private InputRecord found(long startLine, long startOffset) {
    byte[] bytes = record.toByteArray();
    int length = bytes.length;
    if (isTooLarge) {
      String refusal =
          "too large: expected at most %d bytes, found %d"
              .formatted(recordBytesMax, offset - startOffset);
      return new InputRecord(startLine, startOffset, head(bytes, HEAD_BYTES), refusal);
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    byte[] kept = isBlank(bytes, length) ? new byte[0] : head(bytes, length);
    return new InputRecord(startLine, startOffset, kept, "");
  }

  private static byte[] head(byte[] bytes, int length) {
    return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
  }

  private static boolean isBlank(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Reads up to and over the end of a record; false at the end of the input. */
  private boolean fillRecord() throws IOException {
    while (true) {
      if (at == end && !fillChunk()) {
        return false;
      }
      int from = at;
      boolean isComplete = scan();
      keep(from, isComplete ? at - 1 : at);
      offset += at - from;
      if (isComplete) {
        return true;
      }
    }
  }

  private boolean fillChunk() throws IOException {
    sum.update(chunk, summed, end);
    summed = 0;
    at = 0;
    end = 0;
    lineFeed = 0;
    end = Math.max(0, in.read(chunk, 0, chunk.length));
    lineFeed = lineFeedFrom(0);
    return end > 0;
  }

  private int lineFeedFrom(int from) {
    int next = from;
    while (next < end && chunk[next] != '\n') {
      next++;
    }
    return next;
  }

  /** Moves behind the end of the record; false if the chunk ends before. */
  private boolean scan() {
    while (lineFeed < end) {
      countQuotes(at, lineFeed);
      at = lineFeed + 1;
      lineFeed = lineFeedFrom(at);
      line++;
      // A quote that nobody closed must not swallow the rest of the input.
      if (!isQuoted || isTooLarge) {
        return true;
      }
    }
    countQuotes(at, end);
    at = end;
    return false;
  }

  private void countQuotes(int from, int to) {
    if (framing == Framing.QUOTED_LINES) {
      for (int i = from; i < to; i++) {
        isQuoted ^= chunk[i] == '"';
      }
    }
  }

  private void keep(int from, int to) {
    if (record.size() + to - from > recordBytesMax) {
      isTooLarge = true;
    }
    int room = Math.max(0, Math.min(to - from, HEAD_BYTES - record.size()));
    record.write(chunk, from, isTooLarge ? room : to - from);
  }
}
