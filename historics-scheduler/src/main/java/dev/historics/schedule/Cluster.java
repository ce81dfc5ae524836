package dev.historics.schedule;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the scheduler needs of whatever runs jobs, in the scheduler's own words. */
public interface Cluster {
  /**
   * Starts a job and returns at once. {@code listener} hears its end exactly once, a failed start
   * included.
   */
  void start(JobPlan plan, JobListener listener);

  /** Asks a job to end early; its listener still hears the end. Unknown jobs are ignored. */
  void kill(JobId job);

  /**
   * What became of a job that an earlier scheduler process started and did not see end. Makes sure
   * that the job runs no longer.
   *
   * @return an outcome for each chunk whose results were published; the others can be run anew
   */
  List<ChunkOutcome> recover(JobPlan plan) throws IOException;

  /**
   * Removes what jobs left behind that are over: who ran them died, or could not reach the storage
   * any more. Asked for by whoever leads, when it begins and when a trouble is over.
   *
   * @param running the jobs that are not over
   */
  default void clearAway(Set<JobId> running) throws IOException {}

  /** The reason why no job can be started at present, such as a cluster in safe mode. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }
}
