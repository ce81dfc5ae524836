package dev.historics.jobs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Where the time of a job went. What tasks did is added up, so that with several at once the sum is
 * more than the time that went by.
 *
 * @param nanos of each stage that the job came to
 */
public record JobTimes(Map<Stage, Long> nanos) {
  public JobTimes {
    Map<Stage, Long> copy = new EnumMap<>(Stage.class);
    copy.putAll(nanos);
    nanos = Collections.unmodifiableMap(copy);
  }

  /**
   * The times of a job and its tasks: the runner's own is what the tasks leave of it.
   *
   * @param job of the thread that watched the job
   */
  static JobTimes of(Map<Stage, Long> job, List<Map<Stage, Long>> tasks) {
    Map<Stage, Long> all = new EnumMap<>(Stage.class);
    all.putAll(job);
    for (Map<Stage, Long> task : tasks) {
      task.forEach((stage, nanos) -> all.merge(stage, nanos, Long::sum));
      long busy = task.values().stream().mapToLong(Long::longValue).sum();
      all.merge(Stage.RUNNER, -busy, Long::sum);
    }
    all.computeIfPresent(Stage.RUNNER, (stage, nanos) -> Math.max(0, nanos));
    return new JobTimes(all);
  }

  /** How long a stage took, in seconds. */
  public double seconds(Stage stage) {
    return nanos.getOrDefault(stage, 0L) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** As facts of a log line. */
  @Override
  public String toString() {
    return nanos.entrySet().stream()
        .map(
            each ->
                "%s_ms=%d"
                    .formatted(
                        each.getKey().name().toLowerCase(Locale.ROOT),
                        TimeUnit.NANOSECONDS.toMillis(each.getValue())))
        .collect(Collectors.joining(" "));
  }
}
