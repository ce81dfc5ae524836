package dev.historics.schedule;

/** What was last asked of a query; where it stands follows from this and from its chunks. */
public enum Wish {
  RUN,
  PAUSE,
  STOP,
  /** Stop, and then forget everything about it. */
  DELETE;

  /** Whether no further chunk may start, ever. */
  boolean isFinal() {
    return this == STOP || this == DELETE;
  }
}
