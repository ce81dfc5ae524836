package dev.historics.jobs;

import java.io.Closeable;
import java.io.IOException;

/**
 * A part of a source-day that is scanned at once: a row group of a sealed file, or the records of a
 * landing file. Rows are counted from 0 within it. Owned by one thread.
 */
interface DayPart extends Closeable {
  String source();

  /** The data file's path, below the archive's root. */
  String path();

  /** Where its first row stands in the data file, counted from 0. */
  long firstRow();

  /** The number of interactions. */
  int rows();

  /**
   * Starts a scan, in row order.
   *
   * @return null if no row can be wanted, which the part's statistics tell without reading it
   */
  Batches batches(ScanNeeds needs) throws IOException;

  /** The bytes of the data file that were read so far. */
  long bytesRead();

  /** The batches of one scan. */
  interface Batches {
    /** The next rows; null at the end. What was returned before is no longer valid. */
    PartBatch next() throws IOException;
  }

  /** Takes the JSON text of one row of a batch. */
  interface RawSink {
    /** Bytes {@code offset} to {@code offset + length} are the text; they change after the call. */
    void raw(int row, byte[] bytes, int offset, int length) throws IOException;
  }
}
