package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One scan of one day, as the scheduler keeps it.
 *
 * @param riders the queries it runs for, the opener first
 * @param ended empty while it runs
 * @param predictedSeconds how long it was expected to take, before any correction
 * @param killed whether it was asked to end early
 * @param clean whether every chunk of it succeeded; false while it runs
 * @param deadline when it has run for too long, in dispatching time, in milliseconds; 0 for never
 * @param progress from 0 to 1, as last heard
 */
public record Job(
    JobId id,
    LocalDate day,
    List<QueryId> riders,
    Instant started,
    Optional<Instant> ended,
    double predictedSeconds,
    boolean killed,
    boolean clean,
    long deadline,
    double progress) {
  public Job {
    riders = List.copyOf(riders);
    if (riders.isEmpty()) {
      throw new IllegalArgumentException("job %s has no rider".formatted(id));
    }
  }

  Job kill() {
    return new Job(
        id, day, riders, started, ended, predictedSeconds, true, clean, deadline, progress);
  }

  Job end(Instant at, boolean allSucceeded) {
    return new Job(
        id,
        day,
        riders,
        started,
        Optional.of(at),
        predictedSeconds,
        killed,
        allSucceeded,
        deadline,
        allSucceeded ? 1 : progress);
  }

  /** Whether it has run for too long. */
  boolean overdue(long dispatchedMillis) {
    return deadline > 0 && dispatchedMillis >= deadline;
  }

  /** How long it has run; never negative, even when the clock was set back. */
  Duration runtime(Instant now) {
    Duration passed = Duration.between(started, ended.orElse(now));
    return passed.isNegative() ? Duration.ZERO : passed;
  }
}
