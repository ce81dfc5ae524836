package dev.historics.archive.parquet;

/** When a dictionary stops taking new values. */
final class DictionaryLimits {
  /**
   * So many slots are looked at for a value: more are taken only by values made to meet in one
   * place, and then the time must not grow with their number.
   */
  static final int PROBES_MAX = 256;

  private static final int ENTRIES_MAX = 1 << 16;
  private static final int TRIAL = 1 << 14;

  private DictionaryLimits() {}

  /**
   * Whether a new value is one too many: there are {@link #ENTRIES_MAX} already, or hardly one of
   * them has come twice.
   *
   * @param seen how many values came before
   */
  static boolean isFull(int entries, long seen) {
    return entries >= ENTRIES_MAX || (entries >= TRIAL && entries * 4L > seen * 3);
  }
}
