package dev.historics.archive.intake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some records of one input that follow each other, and where the input stands behind them.
 *
 * @param <T> the form that the records have by now
 */
final class Block<T> {
  private final int number;
  private final String input;
  private final List<T> records;
  private final long offset;
  private final long storedBytes;
  private final Marks marks;
  private final IOException failure;

  /**
   * Where a block lies, for an import that is to go on there.
   *
   * @param resumed behind which its input was opened; empty if that is not its first block, or it
   *     was opened at the start
   * @param end behind the block; empty if nobody can go on there
   */
  record Marks(Optional<InputMark> resumed, Optional<InputMark> end) {
    static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
  }

  /**
   * @param number of the input among all, from 0 on
   * @param input its name
   * @param offset how far the input was read, after decompression
   * @param storedBytes how far all inputs were read, before decompression
   * @param marks where it lies
   * @param failure why the input ends here; null if it goes on, or has simply ended
   */
  Block(
      int number,
      String input,
      List<T> records,
      long offset,
      long storedBytes,
      Marks marks,
      IOException failure) {
    this.number = number;
    this.input = input;
    this.records = List.copyOf(records);
    this.offset = offset;
    this.storedBytes = storedBytes;
    this.marks = marks;
    this.failure = failure;
  }

  int number() {
    return number;
  }

  String input() {
    return input;
  }

  List<T> records() {
    return records;
  }

  long offset() {
    return offset;
  }

  long storedBytes() {
    return storedBytes;
  }

  Marks marks() {
    return marks;
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The same block with its records in another form. */
  <R> Block<R> map(Function<T, R> change) {
    return new Block<>(
        number, input, records.stream().map(change).toList(), offset, storedBytes, marks, failure);
  }
}
