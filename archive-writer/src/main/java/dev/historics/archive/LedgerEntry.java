package dev.historics.archive;

import java.util.List;

/**
 * What one import did to one source-day.
 *
 * @param read records that the whole import read, over all days
 * @param stored interactions that it added to this day
 * @param duplicates interactions of this day that the archive had already
 * @param replaced interactions that left this day because an edited version of each was stored;
 *     those are among {@code stored}
 * @param inputs what it read from
 */
public record LedgerEntry(
    BatchId batch, long read, long stored, long duplicates, long replaced, List<Input> inputs) {
  public LedgerEntry {
    inputs = List.copyOf(inputs);
    if (stored < 0
        || duplicates < 0
        || stored + duplicates > read
        || replaced < 0
        || replaced > stored) {
      throw new IllegalArgumentException(
          "batch %s: expected replaced <= stored and stored + duplicates <= read, got %d, %d + %d and %d"
              .formatted(batch, replaced, stored, duplicates, read));
    }
  }

  /**
   * One file or stream that an import read.
   *
   * @param records how many records it held, good and bad
   * @param bytes how far it was read, after decompression
   */
  public record Input(String name, long records, long bytes) {}
}
