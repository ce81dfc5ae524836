package dev.historics.jobs;

/** What a job is busy with. */
public enum Stage {
  /** Pinning the day, writing the plan, building the pipeline. */
  PREPARE,
  /** Starting tasks, waiting for them and committing them: what Hadoop and Crunch do. */
  RUNNER,
  /** Compiling rules, reading columns and matching. */
  SCAN,
  /** Reading the JSON of what matched. */
  RAW,
  /** Writing what matched, until the disk has it. */
  WRITE,
  /** Publishing what the tasks have written. */
  SETTLE,
  /** Letting go of the day, removing the job's folder. */
  CLEAR
}
