package dev.historics.schedule;

/** What quotas leave users at one moment. */
interface Room {
  /** Without quotas. */
  Room UNBOUNDED = user -> Long.MAX_VALUE;

  /**
   * The most bytes that a chunk of the user's may be to read when it starts now; less than 0 if
   * none of hers may start.
   */
  long bytes(String user);

  /** Whether the chunk may start now. */
  default boolean fits(Waiting.Slot slot) {
    return slot.chunk().volume().bytes() <= bytes(slot.query().user());
  }
}
