package dev.historics.schedule;

import java.io.IOException;
import java.util.List;

/** Where the results of chunks come together as the result of a query. */
public interface ResultBooks {
  /**
   * Publishes the manifest of a query that ended, over the chunks that were done. Closing the same
   * query again changes nothing.
   *
   * @throws IOException if it cannot be written; asking again later may work
   */
  void close(QueryView query, List<ChunkId> done) throws IOException;

  /** Removes everything a deleted query had; nothing happens when there is nothing. */
  void delete(QueryId query) throws IOException;
}
