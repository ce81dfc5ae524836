package dev.historics.archive.intake;

import java.io.Closeable;

/**
 * When an import makes visible what it has: at its end, and before that as often as this says.
 *
 * @param recordsMax commit as soon as so many records were read since the last commit
 * @param bell commit when it rings, if anything was read since the last commit
 */
public record CommitPolicy(long recordsMax, Bell bell) {
  /** All or nothing. */
  public static final CommitPolicy AT_END = new CommitPolicy(Long.MAX_VALUE, Bell.SILENT);

  public CommitPolicy {
    if (recordsMax < 1) {
      throw new IllegalArgumentException("expected at least 1 record, got " + recordsMax);
    }
  }

  /** Something that rings now and then, such as every 30 seconds. */
  @FunctionalInterface
  public interface Bell {
    /** One that never rings. */
    Bell SILENT = unused -> () -> {};

    /**
     * Starts to ring.
     *
     * @param ring to be called from any thread; returns at once
     * @return what ends it
     */
    Closeable start(Runnable ring);
  }

  boolean isAtEnd() {
    return equals(AT_END);
  }
}
