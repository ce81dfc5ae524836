package dev.historics.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeMode;
import org.apache.hadoop.fs.SafeModeAction;

/**
 * Whether the file system that jobs write to takes writes at present. A job that is started while
 * it does not would fail, and its chunks would have been tried in vain. A local disk is always
 * ready. Owned by one thread, but for {@link #close}.
 */
final class StorageReadiness implements AutoCloseable {
  /** Who waits asks again: an answer must come within seconds, and "no" is one. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "ipc.client.connect.max.retries", "1",
          "ipc.client.connect.retry.interval", "200",
          "ipc.client.connect.max.retries.on.timeouts", "0",
          "ipc.client.connect.timeout", "3000",
          "ipc.client.rpc-timeout.ms", "5000",
          "dfs.client.failover.max.attempts", "3");

  private final URI root;
  private final Configuration conf;
  private FileSystem files;

  /**
   * @param root the address of what jobs write
   */
  StorageReadiness(URI root, Configuration base) {
    this.root = root;
    this.conf = new Configuration(base);
    IMPATIENT.forEach(conf::set);
  }

  /** Why nothing can be written at present, in one line; empty if it can. */
  Optional<String> trouble() {
    if ("file".equals(root.getScheme())) {
      return Optional.empty();
    }
    try {
      return isInSafeMode()
          ? Optional.of(
              "the name node of %s is in safe mode and takes no writes; it leaves it once its data nodes have reported, or by 'hdfs dfsadmin -safemode leave'"
                  .formatted(root.getAuthority()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s cannot be reached: %s".formatted(root, TaskFailures.reason(e)));
    }
  }

  private synchronized boolean isInSafeMode() throws IOException {
    if (files == null) {
      files = FileSystem.newInstance(root, conf);
    }
    if (files instanceof SafeMode safe) {
      return safe.setSafeMode(SafeModeAction.GET);
    }
    // Others know no such mode; whether they answer at all is worth knowing.
    files.exists(new Path(root));
    return false;
  }

  @Override
  public synchronized void close() throws IOException {
    if (files != null) {
      files.close();
      files = null;
    }
  }
}
