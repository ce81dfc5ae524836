package dev.historics.jobs;

import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where Hadoop stages a job on a cluster: its settings, its splits, and how far it has come. Left
 * to Hadoop that stays for ever when the client is killed while it submits, or the master before it
 * has cleared up; in the job's own folder it goes with that.
 */
final class JobStaging {
  private static final String STAGING = "yarn.app.mapreduce.am.staging-dir";
  private static final String STAGING_DEFAULT = "/tmp/hadoop-yarn/staging";

  /** Where the history server looks for jobs that are over: that must not move with the rest. */
  private static final String HISTORY = "mapreduce.jobhistory.intermediate-done-dir";

  private JobStaging() {}

  /**
   * Has a job staged in {@code staging} of its folder. A master looks for what is staged in its
   * default file system alone: if the folder is elsewhere, Hadoop's own place remains.
   */
  static void in(Path folder, Configuration conf) {
    URI own = FileSystem.getDefaultUri(conf);
    URI wanted = folder.toUri();
    if (Objects.equals(own.getScheme(), wanted.getScheme())
        && Objects.equals(own.getAuthority(), wanted.getAuthority())) {
      String history = conf.get(STAGING, STAGING_DEFAULT) + "/history/done_intermediate";
      conf.set(HISTORY, conf.get(HISTORY, history));
      conf.set(STAGING, folder + "/staging");
    }
  }
}
