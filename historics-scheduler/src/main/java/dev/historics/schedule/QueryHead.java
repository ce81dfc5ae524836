package dev.historics.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A query without its chunks, as the scheduler keeps it.
 *
 * @param number its place in the order of submission, unique; all order follows it, never a clock
 * @param status where it stands; follows from the wish and the chunks
 * @param patientUntil from when it goes before its user's older ones, in dispatching time, in
 *     milliseconds; see {@link Counters#dispatchedMillis}
 * @param closeFailures how often its results could not be put together, since the last resume
 */
public record QueryHead(
    QueryId id,
    long number,
    QueryRequest request,
    Wish wish,
    QueryStatus status,
    Instant submitted,
    Optional<Instant> ended,
    Optional<FinishTimes> firstEstimate,
    long patientUntil,
    int closeFailures) {
  /** By submission. */
  static final Comparator<QueryHead> OLDEST = Comparator.comparingLong(QueryHead::number);

  /** By when each would be late. */
  static final Comparator<QueryHead> URGENT =
      Comparator.comparingLong(QueryHead::patientUntil).thenComparing(OLDEST);

  public QueryHead {
    Objects.requireNonNull(id);
    Objects.requireNonNull(request);
    Objects.requireNonNull(wish);
    Objects.requireNonNull(status);
    Objects.requireNonNull(submitted);
  }

  /** Whether there is still something to do for it. */
  public boolean live() {
    return !status.ended() || wish == Wish.DELETE;
  }

  QueryHead with(Wish asked) {
    return new QueryHead(
        id,
        number,
        request,
        asked,
        status,
        submitted,
        ended,
        firstEstimate,
        patientUntil,
        closeFailures);
  }

  QueryHead with(QueryStatus stands) {
    return new QueryHead(
        id,
        number,
        request,
        wish,
        stands,
        submitted,
        ended,
        firstEstimate,
        patientUntil,
        closeFailures);
  }

  QueryHead withPatientUntil(long dispatchedMillis) {
    return new QueryHead(
        id,
        number,
        request,
        wish,
        status,
        submitted,
        ended,
        firstEstimate,
        dispatchedMillis,
        closeFailures);
  }

  QueryHead withCloseFailures(int failures) {
    return new QueryHead(
        id, number, request, wish, status, submitted, ended, firstEstimate, patientUntil, failures);
  }

  QueryHead end(QueryStatus as, Instant at) {
    return new QueryHead(
        id,
        number,
        request,
        wish,
        as,
        submitted,
        Optional.of(at),
        firstEstimate,
        patientUntil,
        closeFailures);
  }
}
