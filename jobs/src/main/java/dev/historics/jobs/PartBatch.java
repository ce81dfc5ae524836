package dev.historics.jobs;

import dev.historics.filter.ColumnBatch;
import java.io.IOException;
import java.util.BitSet;

/**
 * Some successive rows of a {@link DayPart}, with what decides whether a rider wants a row at all.
 */
interface PartBatch extends ColumnBatch {
  /** The first row's place in the part. */
  int firstRow();

  /** When an interaction happened, in milliseconds since 1970; only if the scan's needs say so. */
  long createdAtMillis(int row);

  /** The bucket of an interaction, 0 to 99; only if the scan's needs say so. */
  int bucket(int row);

  /** The id of an interaction; only if the scan's needs say so. */
  String id(int row);

  /**
   * Gives the JSON text of some rows, in row order. Columns that were asked for before are no
   * longer valid.
   */
  void raws(BitSet rows, DayPart.RawSink sink) throws IOException;

  /** Rows whose interaction cannot be read, so that no rule can be asked. */
  BitSet unreadable();

  /** Rows that do not count, for whoever asks; readable or not. */
  default GoneRows gone() {
    return GoneRows.NONE;
  }
}
