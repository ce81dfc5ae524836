package dev.historics.schedule;

/** How one chunk's part in a job ended. */
public sealed interface ChunkOutcome {
  ChunkId id();

  /**
   * The chunk's results and its manifest are published.
   *
   * @param read interactions in range: {@code matched + unmatched + quarantined}
   * @param bytes of what was published
   */
  record Done(ChunkId id, long read, long matched, long quarantined, long bytes)
      implements ChunkOutcome {}

  /**
   * Nothing of the chunk was published.
   *
   * @param reason one line for the person who asked
   */
  record Failed(ChunkId id, Retry retry, String reason) implements ChunkOutcome {}

  /** Whether trying again can help. */
  enum Retry {
    /** The world failed: a node, a disk, the network. */
    AGAIN,
    /** The rule or the data will fail in the same way every time. */
    NEVER
  }
}
