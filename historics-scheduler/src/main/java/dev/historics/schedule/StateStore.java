package dev.historics.schedule;

import dev.historics.schedule.recurring.Window;
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
   * @throws StateUnavailableException if the state cannot be reached
   * @throws IOException if somebody else has held it for too long, or it cannot be used
   */
  Session write() throws IOException;

  /** One unchanging view of the state. */
  Session read() throws IOException;

  /**
   * The right to dispatch, if nobody else has it; it ends with the process at the latest.
   *
   * @throws StateUnavailableException if the state cannot be reached
   */
  Optional<Lead> tryLead() throws IOException;

  /** Whether somebody has the right to dispatch, this process or another. */
  boolean led() throws IOException;

  @Override
  void close() throws IOException;

  /** The right to dispatch, until it is closed or lost. */
  interface Lead extends AutoCloseable {
    /** Grows by one each time that somebody takes the lead. */
    long generation();

    /**
     * A session for what only the leader may write.
     *
     * @throws StateUnavailableException if the lead was lost; nothing of this leader's is written
     *     any more
     */
    Session write() throws IOException;

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

    /**
     * The youngest chunk of another query that succeeded, of the same rule, sources, sample and
     * part of the day; the data may have changed since.
     */
    Optional<ChunkId> doneBefore(QueryRequest request, ChunkWork work) throws IOException;

    /** Every query that was not deleted, by number. */
    List<Query> all() throws IOException;

    Map<JobId, Job> jobs(Collection<JobId> ids) throws IOException;

    /** Keeps what a job that ended has taught. */
    void observe(Observation observation) throws IOException;

    /** The last jobs that ended well, the newest first, at most {@code limit}. */
    List<Observation> observations(int limit) throws IOException;

    /** Keeps what was expected. */
    void promise(List<Promise> promises) throws IOException;

    /** Keeps that a query ended well. */
    void finish(Finish finish) throws IOException;

    /**
     * The queries that ended well with what had been expected of them, the last one first, at most
     * {@code limit}. Those of which nothing was expected are left out.
     */
    List<KeptPromises> kept(int limit) throws IOException;

    /** The last queries that came, the newest first, at most {@code limit}. */
    List<Arrival> arrivals(int limit) throws IOException;

    /**
     * Adds an event to the log and keeps what it changed.
     *
     * @param details a JSON object
     * @return the event's number
     */
    long save(Instant at, String type, String details, Changes changes) throws IOException;

    /** Every recurring query, the oldest first. */
    List<Recurring> recurring() throws IOException;

    /** Keeps a recurring query that is new or has changed. */
    void keep(Recurring recurring) throws IOException;

    /** Forgets a recurring query; the queries it asked stay. */
    void remove(RecurringId id) throws IOException;

    /**
     * Keeps what becomes of a window, once and for all.
     *
     * @param query none if the window is skipped
     * @return whether it is new; if not, nothing was changed
     */
    boolean keepWindow(RecurringId id, Window window, Optional<QueryId> query) throws IOException;

    /** Keeps how far a job has come; no event. */
    void progress(JobId job, double fraction) throws IOException;

    void commit() throws IOException;

    @Override
    void close() throws IOException;
  }
}
