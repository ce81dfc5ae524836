package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import java.util.Comparator;

/**
 * The order of interactions in a sealed file: by cluster, then by time, then by id. A cluster is a
 * run of neighbouring sample buckets: a large day has one for each bucket, so that a sample reads
 * little; a small day has few, since a page holds many buckets anyway and rows in the order of time
 * need less room.
 *
 * @param clusters 1 to {@link SampleBuckets#COUNT}
 */
public record SealedOrder(int clusters) {
  /** Where a sealed file's footer has the number. */
  static final String CLUSTERS = "historics.clusters";

  /** How much JSON a cluster should have, about. */
  private static final long CLUSTER_BYTES = 8L << 20;

  private static final Comparator<Interaction> IN_CLUSTER =
      Comparator.comparingLong((Interaction i) -> i.createdAt().toEpochMilli())
          .thenComparing(Interaction::id);

  public SealedOrder {
    if (clusters < 1 || clusters > SampleBuckets.COUNT) {
      throw new IllegalArgumentException(
          "expected 1 to %d clusters, got %d".formatted(SampleBuckets.COUNT, clusters));
    }
  }

  /** The order that suits a day with so much JSON. */
  public static SealedOrder suiting(long rawBytes) {
    return new SealedOrder(
        (int) Math.max(1, Math.min(SampleBuckets.COUNT, rawBytes / CLUSTER_BYTES)));
  }

  /** The cluster that an id falls into, from 0. */
  public int cluster(IdHash hash) {
    return SampleBuckets.of(hash) * clusters / SampleBuckets.COUNT;
  }

  /** Whether one interaction may stand before another. */
  public boolean isInOrder(int cluster, Interaction one, int otherCluster, Interaction other) {
    return cluster < otherCluster
        || (cluster == otherCluster && IN_CLUSTER.compare(one, other) <= 0);
  }
}
