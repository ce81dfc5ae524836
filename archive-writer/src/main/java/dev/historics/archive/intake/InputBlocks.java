package dev.historics.archive.intake;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The records of all inputs, in order, in blocks. A block ends where the next record might have to
 * be waited for, so that no record that has come is held back. Owned by one thread.
 */
final class InputBlocks implements Closeable {
  private static final int RECORDS_MAX = 4096;

  private final Iterator<ImportInput> inputs;
  private final int recordBytesMax;
  private final BooleanSupplier isCancelled;
  private final Function<ImportInput, List<InputMark>> marksOf;
  private final long stride;
  private long stridden;
  private int number = -1;
  private InputReader reader;
  private Optional<InputMark> resumed = Optional.empty();
  private long bytesBefore;
  private volatile boolean isCutShort;

  /**
   * @param stride a block ends after so many records in all, and twice as many, and so on
   * @param isCancelled whether to end before the next block
   * @param marksOf behind which marks an input need not be read again, if it still has one
   */
  InputBlocks(
      List<ImportInput> inputs,
      int recordBytesMax,
      long stride,
      BooleanSupplier isCancelled,
      Function<ImportInput, List<InputMark>> marksOf) {
    this.inputs = List.copyOf(inputs).iterator();
    this.recordBytesMax = recordBytesMax;
    this.stride = stride;
    this.isCancelled = isCancelled;
    this.marksOf = marksOf;
  }

  /** Whether it ended because it was cancelled. */
  boolean isCutShort() {
    return isCutShort;
  }

  /** The next block; empty at the end of the last input. */
  Optional<Block<InputRecord>> next() throws IOException {
    while (reader != null || inputs.hasNext()) {
      if (isCancelled.getAsBoolean()) {
        isCutShort = true;
        return Optional.empty();
      }
      if (reader != null) {
        return Optional.of(read());
      }
      Optional<Block<InputRecord>> unopened = open(inputs.next());
      if (unopened.isPresent()) {
        return unopened;
      }
    }
    return Optional.empty();
  }

  /** Opens an input, or answers with why that cannot be. */
  private Optional<Block<InputRecord>> open(ImportInput input) {
    number++;
    try {
      reader = InputReader.open(input, recordBytesMax, marksOf.apply(input));
      resumed = reader.mark().filter(mark -> mark.offset() > 0);
      return Optional.empty();
    } catch (IOException e) {
      IOException failure =
          new IOException("%s: cannot be read: %s".formatted(input.name(), e.getMessage()), e);
      return Optional.of(
          new Block<>(number, input.name(), List.of(), 0, bytesBefore, Block.Marks.NONE, failure));
    }
  }

  private Block<InputRecord> read() throws IOException {
    List<InputRecord> records = new ArrayList<>();
    IOException failure = null;
    boolean isOver = false;
    long offset = 0;
    long most = Math.min(RECORDS_MAX, stride - stridden);
    try {
      do {
        Optional<InputRecord> record = reader.next();
        record.ifPresent(records::add);
        isOver = record.isEmpty();
      } while (!isOver && !reader.mustRead() && records.size() < most);
      offset = dropTorn(records, isOver);
    } catch (IOException e) {
      isOver = true;
      // An input that fails on the way ends there, and its last words count.
      reader.rest().ifPresent(records::add);
      offset = reader.plainBytes();
      failure =
          new IOException(
              "%s: the input is cut or damaged: %s; the records before it count"
                  .formatted(reader.place(), e.getMessage()),
              e);
    }
    stridden = (stridden + records.size()) % stride;
    boolean isWhole = failure == null && !isCutShort;
    Block.Marks marks = new Block.Marks(resumed, isWhole ? reader.mark() : Optional.empty());
    resumed = Optional.empty();
    Block<InputRecord> block =
        new Block<>(
            number,
            reader.name(),
            records,
            offset,
            bytesBefore + reader.storedBytes(),
            marks,
            failure);
    if (isOver) {
      bytesBefore += reader.storedBytes();
      close();
    }
    return block;
  }

  /**
   * A stream that was ended from our side ends anywhere, and half a record is none.
   *
   * @param isOver whether all records are whole, and the stream ended behind them
   * @return where the records end
   */
  private long dropTorn(List<InputRecord> records, boolean isOver) {
    if (!reader.isOpenEnded() || !isCancelled.getAsBoolean()) {
      return reader.plainBytes();
    }
    isCutShort = true;
    return isOver ? reader.plainBytes() : records.remove(records.size() - 1).offset();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      InputReader open = reader;
      reader = null;
      open.close();
    }
  }
}
