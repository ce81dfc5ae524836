package dev.historics.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskType;

/**
 * How much memory a kind of process asks of a cluster, and how much of it is its heap, as the
 * settings say. In megabytes.
 *
 * @param kind such as {@code replay map}
 * @param containerSetting what sets the container: our setting, or Hadoop's
 * @param heapSetting Hadoop's setting for the options of its Java
 */
public record ContainerSize(
    String kind, String containerSetting, String heapSetting, long containerMb, long heapMb) {
  private static final Pattern HEAP = Pattern.compile("-Xmx([0-9]+)([kKmMgG]?)");

  /** What Java takes of a machine's memory where nobody says how much. */
  private static final long DEFAULT_HEAP_PART = 4;

  /**
   * Those of the map tasks of each kind of job, of reduce tasks and of the application master.
   *
   * @param settings of the jobs whose tasks do this
   */
  static List<ContainerSize> all(Function<TaskKind, Configuration> settings) {
    List<ContainerSize> sizes = new ArrayList<>();
    for (TaskKind kind : TaskKind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      sizes.add(
          task(
              name + " map",
              "yarn.memory.%s or %s".formatted(name, MRJobConfig.MAP_MEMORY_MB),
              MRJobConfig.MAP_JAVA_OPTS,
              TaskType.MAP,
              settings.apply(kind)));
    }
    Configuration conf = settings.apply(TaskKind.REPLAY);
    sizes.add(
        task(
            "reduce",
            "yarn.memory.replay or " + MRJobConfig.REDUCE_MEMORY_MB,
            MRJobConfig.REDUCE_JAVA_OPTS,
            TaskType.REDUCE,
            conf));
    sizes.add(master(conf));
    return sizes;
  }

  private static ContainerSize task(
      String kind, String containerSetting, String heapSetting, TaskType type, Configuration conf) {
    JobConf job = new JobConf(conf);
    long container = job.getMemoryRequired(type);
    return new ContainerSize(
        kind,
        containerSetting,
        heapSetting,
        container,
        heapMb(job.getTaskJavaOpts(type), container));
  }

  private static ContainerSize master(Configuration conf) {
    long container = conf.getInt(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.DEFAULT_MR_AM_VMEM_MB);
    String options =
        conf.get(MRJobConfig.MR_AM_COMMAND_OPTS, MRJobConfig.DEFAULT_MR_AM_COMMAND_OPTS);
    return new ContainerSize(
        "application master",
        "yarn.memory.master or " + MRJobConfig.MR_AM_VMEM_MB,
        MRJobConfig.MR_AM_COMMAND_OPTS,
        container,
        heapMb(options, container));
  }

  /** The last {@code -Xmx} counts, as it does for Java. */
  static long heapMb(String options, long containerMb) {
    Matcher heap = HEAP.matcher(options);
    long bytes = 0;
    while (heap.find()) {
      bytes = bytes(heap.group(1), unit(heap.group(2)));
    }
    return bytes == 0 ? containerMb / DEFAULT_HEAP_PART : bytes >> 20;
  }

  /** A heap that no machine can have counts as the largest number, and so fits nowhere. */
  private static long bytes(String count, long unit) {
    try {
      return Math.multiplyExact(Long.parseLong(count), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "k", "K" -> 1L << 10;
      case "m", "M" -> 1L << 20;
      case "g", "G" -> 1L << 30;
      default -> 1;
    };
  }
}
