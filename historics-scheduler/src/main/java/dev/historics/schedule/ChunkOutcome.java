package dev.historics.schedule;

/** How one chunk's part in a job ended. */
public sealed interface ChunkOutcome {
  ChunkId id();

  /**
   * The chunk's results and its manifest are published.
   *
   * @param read interactions in range: {@code matched + unmatched + quarantined}
   * @param bytes of what was published
   * @param reused whether it was found before, so that nothing was read
   */
  record Done(ChunkId id, long read, long matched, long quarantined, long bytes, boolean reused)
      implements ChunkOutcome {
    /** After the day was read. */
    public Done(ChunkId id, long read, long matched, long quarantined, long bytes) {
      this(id, read, matched, quarantined, bytes, false);
    }
  }

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
