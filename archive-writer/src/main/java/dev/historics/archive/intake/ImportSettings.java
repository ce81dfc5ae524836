package dev.historics.archive.intake;

/**
 * How an import goes about its work.
 *
 * @param recordBytesMax a larger record is put aside
 * @param openDaysMax how many days are written to at the same time; with more, files become smaller
 */
public record ImportSettings(OnError onError, int recordBytesMax, int openDaysMax) {
  /** What happens to a record that cannot be archived. */
  public enum OnError {
    /** It is put aside with its reason, and the import goes on. */
    QUARANTINE,
    /** The import ends, and nothing is stored. */
    FAIL
  }

  /** Records of up to 1 MiB, 64 days, quarantine. */
  public static final ImportSettings STANDARD = new ImportSettings(OnError.QUARANTINE, 1 << 20, 64);

  public ImportSettings {
    if (recordBytesMax < 1 || openDaysMax < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 byte and 1 day, got %d and %d"
              .formatted(recordBytesMax, openDaysMax));
    }
  }
}
