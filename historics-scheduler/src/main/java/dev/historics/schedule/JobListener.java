package dev.historics.schedule;

import java.util.List;

/** Hears about jobs from whatever threads run them. */
public interface JobListener {
  /**
   * Some of the day has been read.
   *
   * @param fraction from 0 to 1
   */
  void progressed(JobId job, double fraction);

  /**
   * The job is over.
   *
   * @param outcomes one for every chunk of the plan
   */
  void finished(JobId job, List<ChunkOutcome> outcomes);
}
