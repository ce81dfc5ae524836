package dev.historics.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.util.NativeCodeLoader;

/**
 * Asks a cluster how it is, with the settings that jobs have. A daemon that is away is given up
 * after some seconds, not after the quarter of an hour that jobs would wait for it.
 */
public final class ClusterExam {
  private static final String QUEUE = "default";

  private final Function<TaskKind, Configuration> settings;
  private final Configuration conf;

  public ClusterExam(JobSetting setting) {
    this(setting::settled);
  }

  /**
   * @param settings of the jobs whose tasks do this
   */
  ClusterExam(Function<TaskKind, Configuration> settings) {
    this.settings = settings;
    this.conf = settings.apply(TaskKind.REPLAY);
  }

  /**
   * Asks a name node.
   *
   * @param root an address on it
   * @throws IOException if it does not answer
   */
  public HdfsHealth hdfs(URI root) throws IOException {
    return HdfsHealth.of(root, impatient(conf));
  }

  /**
   * Asks the resource manager.
   *
   * @throws IOException if it does not answer
   */
  public YarnHealth yarn() throws IOException {
    return YarnHealth.of(impatient(conf), conf.get(MRJobConfig.QUEUE_NAME, QUEUE));
  }

  /** What the processes of a job ask of the cluster. */
  public List<ContainerSize> containers() {
    return ContainerSize.all(settings);
  }

  /**
   * How many jars jobs on a cluster are sent.
   *
   * @throws IOException if this program does not run from jars
   */
  public static int jars() throws IOException {
    return JobClasses.jars(System.getProperty("java.class.path")).size();
  }

  /** Whether Hadoop found its own native library, which it can do without. */
  public static boolean hasNativeHadoop() {
    return NativeCodeLoader.isNativeCodeLoaded();
  }

  /** The same settings with short time-outs and few tries. */
  static Configuration impatient(Configuration conf) {
    Configuration impatient = new Configuration(conf);
    impatient.setInt("ipc.client.connect.max.retries", 1);
    impatient.setInt("ipc.client.connect.retry.interval", 200);
    impatient.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
    impatient.setInt("ipc.client.connect.timeout", 4_000);
    impatient.setInt("ipc.client.rpc-timeout.ms", 8_000);
    impatient.setInt("dfs.client.failover.max.attempts", 2);
    impatient.setBoolean("dfs.client.retry.policy.enabled", false);
    impatient.setInt("yarn.resourcemanager.connect.max-wait.ms", 2_000);
    impatient.setInt("yarn.resourcemanager.connect.retry-interval.ms", 500);
    impatient.setInt("yarn.client.failover-max-attempts", 2);
    return impatient;
  }
}
