package dev.historics.cli.doctor;

import dev.historics.jobs.ContainerSize;
import dev.historics.jobs.YarnHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a cluster can carry out jobs as the settings ask for them. */
record YarnChecks(YarnHealth yarn, List<ContainerSize> sizes) {
  /** The heap of a map task that asks ten thousand rules at once: docs/performance.md, Memory. */
  static final long MANY_RULES_HEAP_MB = 512;

  /** What Java takes beside its heap: code, threads, buffers of the file system. */
  private static final double HEAP_SHARE_MAX = 0.9;

  YarnChecks {
    sizes = List.copyOf(sizes);
  }

  /**
   * All findings.
   *
   * @param jobsAtOnce how many jobs the scheduler lets run at once
   */
  List<Finding> all(int jobsAtOnce) {
    List<Finding> findings = new ArrayList<>();
    findings.add(nodes());
    if (yarn.nodes() == 0) {
      return findings;
    }
    findings.add(queue());
    sizes.forEach(size -> findings.add(container(size)));
    findings.add(manyRules());
    findings.add(jobsAtOnce(jobsAtOnce));
    return findings;
  }

  private Finding nodes() {
    String expected = "a resource manager with running node managers";
    String found =
        "node managers: %d, with %s for containers".formatted(yarn.nodes(), mb(yarn.allNodesMb()));
    return yarn.nodes() > 0
        ? Finding.ok("yarn", expected, found)
        : Finding.failed("yarn", expected, found, "start its node managers");
  }

  private Finding queue() {
    String expected = "a queue that takes jobs";
    String advice =
        "name another queue (yarn.queue or mapreduce.job.queuename), or have this one made or started";
    return switch (yarn.queueState()) {
      case RUNNING -> Finding.ok("queue", expected, "'%s' runs".formatted(yarn.queue()));
      case STOPPED ->
          Finding.failed("queue", expected, "'%s' is stopped".formatted(yarn.queue()), advice);
      case MISSING ->
          Finding.failed("queue", expected, "there is no '%s'".formatted(yarn.queue()), advice);
    };
  }

  private Finding container(ContainerSize size) {
    String check = size.kind() + " container";
    String expected =
        "a container of at most %s, its heap at most 0.9 of it".formatted(mb(largest()));
    String found = "%s with a heap of %s".formatted(mb(size.containerMb()), mb(size.heapMb()));
    if (size.containerMb() > largest()) {
      return Finding.failed(
          check,
          expected,
          found,
          "lower %s, or raise yarn.scheduler.maximum-allocation-mb and the nodes' memory"
              .formatted(size.containerSetting()));
    }
    if (size.heapMb() >= size.containerMb()) {
      return Finding.failed(check, expected, found, smallerHeap(size));
    }
    return size.heapMb() <= HEAP_SHARE_MAX * size.containerMb()
        ? Finding.ok(check, expected, found)
        : Finding.warning(check, expected, found, smallerHeap(size));
  }

  private static String smallerHeap(ContainerSize size) {
    return "the cluster kills what outgrows its container: lower -Xmx in %s, or raise %s"
        .formatted(size.heapSetting(), size.containerSetting());
  }

  private long largest() {
    return Math.min(yarn.largestContainerMb(), yarn.largestNodeMb());
  }

  private Finding manyRules() {
    ContainerSize map = size("replay map");
    String expected =
        "a heap of %s, which holds 10,000 rules in a job".formatted(mb(MANY_RULES_HEAP_MB));
    return map.heapMb() >= MANY_RULES_HEAP_MB
        ? Finding.ok("many rules", expected, mb(map.heapMb()))
        : Finding.warning(
            "many rules",
            expected,
            mb(map.heapMb()),
            "raise -Xmx in %s and %s, or keep scheduler.riders low"
                .formatted(map.heapSetting(), map.containerSetting()));
  }

  private Finding jobsAtOnce(int jobs) {
    long needed =
        jobs * (size("application master").containerMb() + size("replay map").containerMb());
    String expected = "room for %d jobs at once, each a master and a map task".formatted(jobs);
    String found = "%s needed of %s".formatted(mb(needed), mb(yarn.allNodesMb()));
    return needed <= yarn.allNodesMb()
        ? Finding.ok("jobs at once", expected, found)
        : Finding.warning(
            "jobs at once",
            expected,
            found,
            "lower scheduler.jobs or the containers, or add node managers: jobs wait for each"
                + " other");
  }

  private ContainerSize size(String kind) {
    return sizes.stream().filter(size -> size.kind().equals(kind)).findFirst().orElseThrow();
  }

  private static String mb(long megabytes) {
    return String.format(Locale.ROOT, "%,d MB", megabytes);
  }
}
