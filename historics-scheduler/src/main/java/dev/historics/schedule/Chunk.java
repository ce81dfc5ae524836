package dev.historics.schedule;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One UTC day of one query, as the scheduler keeps it.
 *
 * @param from the first instant wanted, inclusive; within the day
 * @param to the end, exclusive; at most the end of the day
 * @param volume what it was expected to read when it was cut, over all its sources
 * @param status one of queued, running, succeeded, failed, delayed and stopped
 * @param attempts how often it has started, without the times that the system cut short
 * @param ticket the ticket of the job it runs or last ran in
 * @param job the job it runs or last ran in
 * @param delivered the bytes of its results as published
 * @param charge what its user was charged for it, in seconds of work; nothing for attempts that the
 *     system wasted
 * @param caution how it is tried again
 * @param failure one line about its last failure, else empty
 */
public record Chunk(
    ChunkId id,
    Instant from,
    Instant to,
    Volume volume,
    QueryStatus status,
    int attempts,
    OptionalLong ticket,
    Optional<JobId> job,
    long read,
    long matched,
    long quarantined,
    long delivered,
    Optional<Instant> started,
    Optional<Instant> ended,
    double charge,
    Caution caution,
    String failure) {
  public Chunk {
    Objects.requireNonNull(id);
    Objects.requireNonNull(volume);
    Objects.requireNonNull(caution);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "chunk %s needs from < to, got [%s, %s)".formatted(id, from, to));
    }
    switch (status) {
      case QUEUED, RUNNING, SUCCEEDED, FAILED, DELAYED, STOPPED -> {}
      case INIT, SUBMITTED, PAUSING, PAUSED, STOPPING ->
          throw new IllegalArgumentException("chunk %s cannot be kept as %s".formatted(id, status));
    }
  }

  /** A chunk that nobody has touched yet. */
  static Chunk waiting(ChunkId id, Instant from, Instant to, Volume volume) {
    return new Chunk(
        id,
        from,
        to,
        volume,
        QueryStatus.QUEUED,
        0,
        OptionalLong.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        0,
        Caution.NONE,
        "");
  }

  /** Whether it will not change any more by itself. */
  boolean over() {
    return status.ended();
  }

  Chunk start(JobId inJob, OptionalLong drawn, Instant at, double cost) {
    return new Chunk(
        id,
        from,
        to,
        volume,
        QueryStatus.RUNNING,
        attempts + 1,
        drawn,
        Optional.of(inJob),
        0,
        0,
        0,
        0,
        Optional.of(at),
        Optional.empty(),
        cost,
        caution,
        failure);
  }

  Chunk succeed(ChunkOutcome.Done done, Instant at) {
    return new Chunk(
        id,
        from,
        to,
        volume,
        QueryStatus.SUCCEEDED,
        attempts,
        ticket,
        job,
        done.read(),
        done.matched(),
        done.quarantined(),
        done.bytes(),
        started,
        Optional.of(at),
        charge,
        caution,
        "");
  }

  /** Over without a result: failed for good, stopped, or delayed until somebody helps. */
  Chunk end(QueryStatus as, String reason, Instant at) {
    return moved(as, attempts, Optional.of(at), charge, caution, reason);
  }

  /** Waiting once more after an attempt that failed, with its ticket. */
  Chunk again(String reason, Caution how) {
    return moved(QueryStatus.QUEUED, attempts, Optional.empty(), charge, how, reason);
  }

  /**
   * Waiting once more after an attempt that the system cut short, which does not count, with its
   * ticket.
   */
  Chunk giveBack(String reason, Caution how) {
    return moved(QueryStatus.QUEUED, attempts - 1, Optional.empty(), charge, how, reason);
  }

  /** Waiting once more because somebody asked for it, with all attempts before it. */
  Chunk afresh() {
    return moved(QueryStatus.QUEUED, 0, Optional.empty(), charge, caution.until(0), failure);
  }

  /** The same, charged for nothing. */
  Chunk relieved() {
    return moved(status, attempts, ended, 0, caution, failure);
  }

  private Chunk moved(
      QueryStatus now,
      int attemptsMade,
      Optional<Instant> over,
      double charged,
      Caution how,
      String reason) {
    return new Chunk(
        id,
        from,
        to,
        volume,
        now,
        attemptsMade,
        ticket,
        job,
        read,
        matched,
        quarantined,
        delivered,
        started,
        over,
        charged,
        how,
        reason);
  }
}
