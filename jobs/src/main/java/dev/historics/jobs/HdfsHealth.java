package dev.historics.jobs;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a name node says of its file system.
 *
 * @param safeMode whether nothing can be written now
 * @param liveNodes data nodes that report, or {@link #UNKNOWN} where the user may not ask
 * @param missingBlocks that no data node has
 * @param capacityBytes of all live data nodes
 * @param remainingBytes of them that are free; replicas share it
 */
public record HdfsHealth(
    boolean safeMode, int liveNodes, long missingBlocks, long capacityBytes, long remainingBytes) {
  /** Said of what only an administrator may ask. */
  public static final int UNKNOWN = -1;

  /**
   * Asks the name node.
   *
   * @param conf whose time-outs are short: {@link ClusterExam#impatient}
   * @throws IOException if it does not answer, or {@code root} is not on HDFS
   */
  static HdfsHealth of(URI root, Configuration conf) throws IOException {
    try (FileSystem files = FileSystem.newInstance(root, conf)) {
      if (!(files instanceof DistributedFileSystem hdfs)) {
        throw new IOException("expected an hdfs:// address, got '%s'".formatted(root));
      }
      FsStatus status = hdfs.getStatus();
      return new HdfsHealth(
          hdfs.setSafeMode(SafeModeAction.GET),
          liveNodes(hdfs),
          hdfs.getMissingBlocksCount(),
          status.getCapacity(),
          status.getRemaining());
    }
  }

  private static int liveNodes(DistributedFileSystem hdfs) throws IOException {
    try {
      return hdfs.getDataNodeStats(DatanodeReportType.LIVE).length;
    } catch (AccessControlException e) {
      return UNKNOWN;
    }
  }
}
