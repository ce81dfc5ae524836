package dev.historics.archive.intake;

import java.time.Duration;

/**
 * How an import goes about its work.
 *
 * @param recordBytesMax a larger record is put aside
 * @param openDaysMax how many days are written to at the same time; what falls on others waits
 * @param memoryBytesMax for the ids that duplicates are told by, and for what waits; more than that
 *     is written to files
 * @param threads how many make interactions of records; if there are several, days are stored
 *     several at a time, too
 * @param futureMax a record further behind the present is put aside
 */
public record ImportSettings(
    OnError onError,
    int recordBytesMax,
    int openDaysMax,
    long memoryBytesMax,
    int threads,
    Duration futureMax) {
  /** The least memory that is of use. */
  public static final long MEMORY_BYTES_MIN = 1 << 12;

  /** What happens to a record that cannot be archived. */
  public enum OnError {
    /** It is put aside with its reason, and the import goes on. */
    QUARANTINE,
    /** The import ends, and nothing is stored that was not committed before. */
    FAIL
  }

  /** Records of up to 1 MiB and one day ahead, 64 days, 128 MiB, one thread, quarantine. */
  public static final ImportSettings STANDARD =
      new ImportSettings(OnError.QUARANTINE, 1 << 20, 64, 128 << 20, 1, Duration.ofDays(1));

  public ImportSettings {
    if (recordBytesMax < 1 || openDaysMax < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 byte, 1 day and 1 thread, got %d, %d and %d"
              .formatted(recordBytesMax, openDaysMax, threads));
    }
    if (memoryBytesMax < MEMORY_BYTES_MIN || futureMax.isNegative()) {
      throw new IllegalArgumentException(
          "expected at least %d bytes of memory and no time less than none, got %d and %s"
              .formatted(MEMORY_BYTES_MIN, memoryBytesMax, futureMax));
    }
  }

  public ImportSettings withOnError(OnError other) {
    return new ImportSettings(
        other, recordBytesMax, openDaysMax, memoryBytesMax, threads, futureMax);
  }

  public ImportSettings withRecordBytesMax(int other) {
    return new ImportSettings(onError, other, openDaysMax, memoryBytesMax, threads, futureMax);
  }

  public ImportSettings withOpenDaysMax(int other) {
    return new ImportSettings(onError, recordBytesMax, other, memoryBytesMax, threads, futureMax);
  }

  public ImportSettings withMemoryBytesMax(long other) {
    return new ImportSettings(onError, recordBytesMax, openDaysMax, other, threads, futureMax);
  }

  public ImportSettings withThreads(int other) {
    return new ImportSettings(
        onError, recordBytesMax, openDaysMax, memoryBytesMax, other, futureMax);
  }
}
