package dev.historics.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A chunk as people see it.
 *
 * @param progress from 0 to 1
 * @param ticket its place in the round robin, when it has or had one
 * @param job the job it runs or last ran in
 * @param sharedWith the other queries in that job
 * @param estimate when it is expected to end; empty once it has, or while nothing can be said
 * @param failure one line, empty unless it failed
 */
public record ChunkView(
    LocalDate day,
    QueryStatus status,
    double progress,
    OptionalLong ticket,
    Optional<JobId> job,
    List<QueryId> sharedWith,
    long read,
    long matched,
    long quarantined,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<FinishTimes> estimate,
    String failure) {
  public ChunkView {
    sharedWith = List.copyOf(sharedWith);
  }
}
