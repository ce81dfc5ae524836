package dev.historics.jobs;

/** What becomes of a chunk of whose day a data file is missing or damaged. */
public enum OnDamage {
  /** It fails, and the reason names the file. */
  FAIL,
  /**
   * It is done with what can be read. Its manifest names each file and how many interactions of it
   * are missing, and counts these as quarantined.
   */
  PARTIAL
}
