package dev.historics.schedule.simulation;

import dev.historics.schedule.Volume;
import java.util.List;
import java.util.Objects;

/**
 * What is asked of the scheduler, and the cluster it has for it.
 *
 * @param submissions by time; never empty
 */
public record Workload(ClusterModel cluster, List<Submission> submissions) {
  public Workload {
    Objects.requireNonNull(cluster);
    submissions = List.copyOf(submissions);
    if (submissions.isEmpty()) {
      throw new IllegalArgumentException("a workload needs at least one query");
    }
    long last = 0;
    for (Submission submission : submissions) {
      if (submission.at() < last) {
        throw new IllegalArgumentException(
            "submissions must be in order of time, got %d ms after %d ms"
                .formatted(submission.at(), last));
      }
      last = submission.at();
    }
  }

  /** How many chunks all queries have together. */
  public long chunks() {
    return submissions.stream().mapToLong(submission -> submission.volumes().size()).sum();
  }

  /** The mean time of a chunk that has a job of its own, in seconds: what times are counted in. */
  public double chunkSeconds() {
    double sum = 0;
    for (Submission submission : submissions) {
      for (Volume volume : submission.volumes()) {
        sum += cluster.seconds(volume.bytes(), 1);
      }
    }
    return sum / chunks();
  }

  /** How long the query would take if it had the whole cluster, in seconds. */
  double aloneSeconds(Submission submission) {
    double sum = 0;
    double longest = 0;
    for (Volume volume : submission.volumes()) {
      double seconds = cluster.seconds(volume.bytes(), 1);
      sum += seconds;
      longest = Math.max(longest, seconds);
    }
    return Math.max(longest, sum / cluster.slots());
  }
}
