package dev.historics.archive.intake;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The records of an import, mapped, in the order of the inputs. Owned by one thread. */
interface Feed extends Closeable {
  /**
   * The next block; empty at the end. A block without records may come at any time, so that whoever
   * waits here can look at what else there is to do.
   */
  Optional<Block<Outcome>> next() throws IOException;

  /** Whether it ended because it was cancelled. */
  boolean isCutShort();
}
