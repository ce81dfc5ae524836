package dev.historics.schedule;

/** When a dispatcher returns. */
public enum Until {
  /** As soon as nothing is left to do. */
  IDLE,
  /** When it is interrupted. */
  INTERRUPTED
}
