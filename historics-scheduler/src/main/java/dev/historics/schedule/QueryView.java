package dev.historics.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A query as people see it.
 *
 * @param progress from 0 to 1
 * @param firstEstimate what was promised when it was submitted
 * @param estimate what is expected now; empty once it has ended, or while nothing can be said
 * @param chunks by day
 */
public record QueryView(
    QueryId id,
    QueryRequest request,
    QueryStatus status,
    double progress,
    long read,
    long matched,
    long quarantined,
    Instant submitted,
    Optional<Instant> ended,
    Optional<FinishTimes> firstEstimate,
    Optional<FinishTimes> estimate,
    List<ChunkView> chunks) {
  public QueryView {
    chunks = List.copyOf(chunks);
  }
}
