package dev.historics.schedule;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the scheduler's state outlives its processes. Several processes may use one at a time. Used
 * by one thread at a time.
 */
public interface StateStore extends AutoCloseable {
  /**
   * Waits for its turn to write. Nobody else writes before the session is closed.
   *
   * @throws IOException if the state cannot be reached, or somebody else has held it for too long
   */
  Session write() throws IOException;

  /** One unchanging view of the state. */
  Session read() throws IOException;

  /** The right to dispatch, if nobody else has it; it ends with the process at the latest. */
  Optional<Lead> tryLead() throws IOException;

  @Override
  void close() throws IOException;

  /** The right to dispatch, until it is closed. */
  interface Lead extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** Closing one that was not committed leaves everything as it was. */
  interface Session extends AutoCloseable {
    /** The number of the last event; it grows with every change. */
    long sequence() throws IOException;

    /** The state now; of its queries, only those that changed after event {@code sequence}. */
    Snapshot since(long sequence) throws IOException;

    /** The queries for which there is something to do. */
    Set<QueryId> live() throws IOException;

    Optional<Query> find(QueryId id) throws IOException;

    /** Every query that was not deleted, by number. */
    List<Query> all() throws IOException;

    Map<JobId, Job> jobs(Collection<JobId> ids) throws IOException;

    /** Real over predicted time of the last jobs that ended well, at most {@code limit}. */
    List<Double> ratios(int limit) throws IOException;

    /**
     * Adds an event to the log and keeps what it changed.
     *
     * @param details a JSON object
     * @return the event's number
     */
    long save(Instant at, String type, String details, Changes changes) throws IOException;

    /** Keeps how far a job has come; no event. */
    void progress(JobId job, double fraction) throws IOException;

    void commit() throws IOException;

    @Override
    void close() throws IOException;
  }
}
