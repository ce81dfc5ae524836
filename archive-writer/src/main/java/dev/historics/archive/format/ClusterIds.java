package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import java.io.IOException;

/**
 * The ids of a sealed file. Its rows come by cluster, which is the order of the hashes but for that
 * inside a cluster: so one cluster is held and sorted at a time. Owned by one thread.
 */
final class ClusterIds implements SortedIds {
  private final SealedRows rows;
  private long[] sorted = new long[0];
  private int at;
  private IdHash ahead;

  ClusterIds(SealedRows rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() throws IOException {
    at += 2;
    if (at >= sorted.length) {
      sorted = cluster();
      at = 0;
    }
    return sorted.length > 0;
  }

  private long[] cluster() throws IOException {
    IdSet ids = new IdSet();
    int cluster = -1;
    while (ahead != null || rows.hasNext()) {
      IdHash hash = ahead != null ? ahead : rows.nextId();
      ahead = null;
      int of = rows.order().cluster(hash);
      if (cluster >= 0 && of != cluster) {
        if (of < cluster) {
          throw new IOException(
              "expected rows by cluster, found %d after %d".formatted(of, cluster));
        }
        ahead = hash;
        return ids.sorted();
      }
      cluster = of;
      ids.add(hash);
    }
    return ids.sorted();
  }

  @Override
  public long high() {
    return sorted[at];
  }

  @Override
  public long low() {
    return sorted[at + 1];
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
