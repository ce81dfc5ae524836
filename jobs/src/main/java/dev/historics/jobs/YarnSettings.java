package dev.historics.jobs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * How jobs use a YARN cluster, where that differs from what Hadoop's own settings say.
 *
 * @param queue the queue that jobs go to; empty for the one of Hadoop's settings
 * @param masterMb memory of a job's application master in MB; 0 for that of Hadoop's settings
 * @param taskMb memory of a task's container in MB; for a kind that is not named or has 0, that of
 *     Hadoop's settings
 * @param uber whether a small job runs its tasks in its application master
 */
public record YarnSettings(
    String queue, int masterMb, Map<TaskKind, Integer> taskMb, boolean uber) {
  /** Everything as Hadoop's settings say. */
  public static final YarnSettings HADOOPS = new YarnSettings("", 0, Map.of(), false);

  /** The rest of a container is for what Java needs beside its heap. */
  private static final double HEAP_SHARE = 0.8;

  private static final String HEAP_OPTION = "-Xm[xs]\\S+";

  public YarnSettings {
    Map<TaskKind, Integer> known = new EnumMap<>(TaskKind.class);
    known.putAll(taskMb);
    taskMb = Collections.unmodifiableMap(known);
    if (masterMb < 0 || taskMb.values().stream().anyMatch(mb -> mb < 0)) {
      throw new IllegalArgumentException(
          "memory of containers cannot be below 0 MB, got %d and %s".formatted(masterMb, taskMb));
    }
  }

  /** Writes them into the settings of a job. */
  void apply(Configuration conf, TaskKind kind) {
    if (!queue.isEmpty()) {
      conf.set(MRJobConfig.QUEUE_NAME, queue);
    }
    contain(conf, masterMb, MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.MR_AM_COMMAND_OPTS);
    int mb = taskMb.getOrDefault(kind, 0);
    contain(conf, mb, MRJobConfig.MAP_MEMORY_MB, MRJobConfig.MAP_JAVA_OPTS);
    contain(conf, mb, MRJobConfig.REDUCE_MEMORY_MB, MRJobConfig.REDUCE_JAVA_OPTS);
    if (uber) {
      conf.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, true);
    }
  }

  /** Other options of the JVM stay as they are: they may be what makes it start on that cluster. */
  private static void contain(Configuration conf, int mb, String memory, String options) {
    if (mb > 0) {
      conf.setInt(memory, mb);
      String others = conf.get(options, "").replaceAll(HEAP_OPTION, "").strip();
      String heap = "-Xmx%dm".formatted((int) (mb * HEAP_SHARE));
      conf.set(options, others.isEmpty() ? heap : others + " " + heap);
    }
  }
}
