package dev.historics.schedule;

import java.time.Instant;
import java.util.List;

/** What becomes of a chunk whose attempt is over, by how it ended. */
final class Retries {
  private static final double WAIT_MAX_MILLIS = 600_000;

  private final SchedulerSettings settings;

  Retries(SchedulerSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether a job failed as a whole with several aboard, of whom one may be to blame for all. What
   * was to end early anyhow says nothing, and those for whom nothing was read had no part in it.
   */
  static boolean died(Job job, List<ChunkOutcome> outcomes) {
    List<ChunkOutcome> read = outcomes.stream().filter(outcome -> !reused(outcome)).toList();
    return job.riders().size() - (outcomes.size() - read.size()) > 1
        && !job.killed()
        && read.stream()
            .allMatch(
                outcome ->
                    outcome instanceof ChunkOutcome.Failed failed
                        && failed.retry() == ChunkOutcome.Retry.AGAIN);
  }

  /** Whether a chunk was served without reading anything. */
  static boolean reused(ChunkOutcome outcome) {
    return outcome instanceof ChunkOutcome.Done done && done.reused();
  }

  /** Whether the attempt came to nothing by no fault of the user's. */
  static boolean wasted(LiveQuery query, ChunkOutcome outcome) {
    return outcome instanceof ChunkOutcome.Failed failed
        && failed.retry() == ChunkOutcome.Retry.AGAIN
        && !query.head().wish().isFinal();
  }

  /**
   * After a job that ran for too long was ended. Which of several chunks was to blame is found out
   * in ever smaller company; one that was alone is not tried again by itself.
   */
  Chunk ranTooLong(Chunk chunk, Job job, Instant at) {
    int party = job.riders().size();
    String reason =
        "job %s was ended after %s of running%s (scheduler.job-timeout)"
            .formatted(
                job.id(),
                Words.of(settings.jobTimeout()),
                party == 1 ? " for it alone" : " with %d aboard".formatted(party));
    return party == 1
        ? chunk.end(QueryStatus.DELAYED, reason, at)
        : chunk.giveBack(reason, chunk.caution().ranTooLong(party));
  }

  /** Back in the queue without blame, in ever smaller company. */
  Chunk spared(Chunk chunk, Job job, ChunkOutcome.Failed failed, long now) {
    Caution caution = chunk.caution().died(job.riders().size());
    return chunk.giveBack(line(failed.reason()), caution.until(retryAt(caution.deaths(), now)));
  }

  /**
   * After an attempt that ended by itself.
   *
   * @param now in dispatching time
   */
  Chunk after(LiveQuery query, Chunk chunk, ChunkOutcome outcome, Instant at, long now) {
    if (outcome instanceof ChunkOutcome.Done done) {
      return chunk.succeed(done, at);
    }
    ChunkOutcome.Failed failed = (ChunkOutcome.Failed) outcome;
    String reason = line(failed.reason());
    if (query.head().wish().isFinal()) {
      return chunk.end(QueryStatus.STOPPED, reason, at);
    }
    return switch (failed.retry()) {
      case NEVER -> chunk.end(QueryStatus.FAILED, reason, at);
      case AGAIN ->
          chunk.attempts() < settings.attemptsMax()
              ? chunk.again(reason, chunk.caution().until(retryAt(chunk.attempts(), now)))
              : chunk.end(QueryStatus.DELAYED, reason, at);
    };
  }

  /** The dispatching time of the next attempt, after so many failures. */
  private long retryAt(int failures, long now) {
    if (settings.retryWait().isZero()) {
      return 0;
    }
    double wait = settings.retryWait().toMillis() * Math.pow(2, Math.max(0, failures - 1));
    return now + (long) Math.min(wait, WAIT_MAX_MILLIS);
  }

  private static String line(String reason) {
    return reason.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
