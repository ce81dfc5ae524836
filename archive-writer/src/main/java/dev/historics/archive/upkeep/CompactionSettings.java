package dev.historics.archive.upkeep;

/**
 * How a compaction goes about its work.
 *
 * @param sortBytesMax how much JSON is sorted in memory at a time, about; more goes through sorted
 *     temporary files. Besides it, the ids of one cluster of the day are held, up to 64 bytes each
 * @param rowGroupBytes how large a row group of a sealed file becomes as stored, about
 */
public record CompactionSettings(long sortBytesMax, long rowGroupBytes) {
  /** Sorts 64 MiB at a time; row groups of 64 MiB as stored. */
  public static final CompactionSettings STANDARD = new CompactionSettings(64L << 20, 64L << 20);

  public CompactionSettings {
    if (sortBytesMax < 1 || rowGroupBytes < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 byte each, got %d and %d".formatted(sortBytesMax, rowGroupBytes));
    }
  }

  /** For one of several compactions at a time, which together sort no more than this at a time. */
  public CompactionSettings dividedAmong(int compactions) {
    return new CompactionSettings(Math.max(1, sortBytesMax / compactions), rowGroupBytes);
  }
}
