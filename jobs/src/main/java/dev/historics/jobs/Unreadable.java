package dev.historics.jobs;

/**
 * A data file of which a part could not be read, and was passed over.
 *
 * @param path below the archive's root
 * @param records how many interactions it would have given at most
 * @param reason the first one found, on one line
 */
public record Unreadable(String path, long records, String reason) {
  public Unreadable {
    if (records < 1) {
      throw new IllegalArgumentException(
          "%s: expected at least one record, got %d".formatted(path, records));
    }
  }
}
