package dev.historics.jobs;

/** What a task of a job does, as far as it matters to how much memory it needs. */
public enum TaskKind {
  /** Scans a part of a day for all riders. */
  REPLAY,
  /** Seals a day: sorts its rows and makes row groups. */
  COMPACT,
  /** Reads a day and checks it. */
  VERIFY
}
