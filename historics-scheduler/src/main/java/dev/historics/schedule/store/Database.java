package dev.historics.schedule.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A connection to the state database, whose tables are of the newest version: all that differs
 * between one kind of database and another. Used by one thread at a time.
 */
interface Database extends AutoCloseable {
  /** How long to wait for others to finish writing. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * What statements are run on. It is in a transaction after one of the two {@code begin}, until
   * {@code COMMIT} or {@code ROLLBACK}.
   *
   * @throws IOException if the database cannot be reached
   */
  Handle handle() throws IOException;

  /**
   * Begins a transaction that may write. Waits until nobody else writes, and keeps others from
   * writing until it is over; it sees all that they committed.
   */
  void beginWriting() throws IOException;

  /** Begins a transaction that sees one unchanging state. */
  void beginReading() throws IOException;

  /** The lock that a leading dispatcher has, if nobody else has it. */
  Optional<LeadLock> tryLock() throws IOException;

  /** What to tell of a statement that failed: what happened, where, and what to do. */
  IOException trouble(Throwable cause);

  @Override
  void close() throws IOException;

  /** A lock that one process has at a time; it ends with the process at the latest. */
  interface LeadLock extends AutoCloseable {
    /**
     * Makes sure that it is still held.
     *
     * @throws IOException if it was lost, so that somebody else may have it
     */
    void check() throws IOException;

    @Override
    void close() throws IOException;
  }
}
