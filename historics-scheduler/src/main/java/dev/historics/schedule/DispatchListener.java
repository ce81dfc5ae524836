package dev.historics.schedule;

import java.time.Duration;
import java.util.List;

/** Hears what a dispatcher does, on the dispatcher's thread, after it was recorded. */
public interface DispatchListener {
  /** Hears nothing. */
  DispatchListener NONE = new DispatchListener() {};

  /** A window of a recurring query fell due, and is asked for by this query. */
  default void queued(QueryView query) {}

  /**
   * A job was found that an earlier dispatcher left running; it is over, and what it had not
   * published is queued again.
   *
   * @param published how many of its chunks are done
   */
  default void jobTakenUp(JobPlan plan, int published) {}

  default void jobStarted(JobPlan plan) {}

  /**
   * Some of the job's day has been read.
   *
   * @param fraction from 0 to 1
   */
  default void jobProgressed(JobId job, double fraction) {}

  default void jobFinished(JobPlan plan, List<ChunkOutcome> outcomes, Duration took) {}

  default void queryEnded(QueryView query) {}

  /**
   * Nothing can be started at present.
   *
   * @param reason one line; told once for as long as it stays the same
   */
  default void waiting(String reason) {}
}
