package dev.historics.schedule;

/** What a user or a group can have only so much of at a time. */
public enum Quota {
  /** Chunks that run at once; the others wait until one of them ends. */
  RUNNING("running", Unit.CHUNKS),

  /** Chunks that are queued or run; queries beyond that wait to be queued. */
  QUEUED("queued", Unit.CHUNKS),

  /**
   * Bytes as stored that chunks read within a day. A full day's worth can be read at once; it comes
   * back evenly.
   */
  BYTES_PER_DAY("bytes-per-day", Unit.BYTES),

  /**
   * Bytes of results that are kept. Once there are so many, no chunk is started until some are
   * deleted; those that run are not cut short.
   */
  RESULT_BYTES("result-bytes", Unit.BYTES);

  /** What its limits count. */
  public enum Unit {
    CHUNKS,
    BYTES
  }

  private final String word;
  private final Unit unit;

  Quota(String word, Unit unit) {
    this.word = word;
    this.unit = unit;
  }

  /** Its name in the settings. */
  public String key() {
    return "scheduler.quota." + word;
  }

  public Unit unit() {
    return unit;
  }
}
