package dev.historics.jobs.join;

import org.apache.hadoop.mapreduce.Partitioner;

/** Sends each record where its key says. */
final class ShardPartitioner extends Partitioner<ShardKey, Object> {
  /** Called by Hadoop. */
  ShardPartitioner() {}

  @Override
  public int getPartition(ShardKey key, Object value, int partitions) {
    // A runner with no more than one reducer has all of them there.
    return key.reducer() % partitions;
  }
}
