package dev.historics.jobs;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * What a resource manager says of its cluster. All memory is in megabytes.
 *
 * @param nodes that run
 * @param largestNodeMb what containers get of the node that has most
 * @param allNodesMb what containers get of all nodes
 * @param largestContainerMb the most that one container gets
 * @param queue that jobs are sent to
 * @param queueState of it
 */
public record YarnHealth(
    int nodes,
    long largestNodeMb,
    long allNodesMb,
    long largestContainerMb,
    String queue,
    Queue queueState) {
  /** Whether a queue takes jobs. */
  public enum Queue {
    RUNNING,
    /** It takes none, and what runs in it may end. */
    STOPPED,
    MISSING
  }

  /**
   * Asks the resource manager.
   *
   * @param conf whose time-outs are short: {@link ClusterExam#impatient}
   * @throws IOException if it does not answer
   */
  static YarnHealth of(Configuration conf, String queue) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(conf));
      client.start();
      List<NodeReport> nodes = client.getNodeReports(NodeState.RUNNING);
      return new YarnHealth(
          nodes.size(),
          nodes.stream().mapToLong(YarnHealth::memory).max().orElse(0),
          nodes.stream().mapToLong(YarnHealth::memory).sum(),
          client
              .createApplication()
              .getNewApplicationResponse()
              .getMaximumResourceCapability()
              .getMemorySize(),
          queue,
          state(client, queue));
    } catch (YarnException e) {
      throw new IOException(
          "the resource manager does not answer as it should: %s".formatted(e.getMessage()), e);
    }
  }

  private static long memory(NodeReport node) {
    return node.getCapability().getMemorySize();
  }

  /** Schedulers say either nothing of a queue that they have not, or that they have it not. */
  private static Queue state(YarnClient client, String queue) throws IOException {
    try {
      QueueInfo found = client.getQueueInfo(queue);
      if (found == null) {
        return Queue.MISSING;
      }
      return found.getQueueState() == QueueState.RUNNING ? Queue.RUNNING : Queue.STOPPED;
    } catch (YarnException e) {
      return Queue.MISSING;
    }
  }
}
