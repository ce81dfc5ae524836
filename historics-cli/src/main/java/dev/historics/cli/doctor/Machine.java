package dev.historics.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.zone.ZoneRulesProvider;

/**
 * The Java that a process runs on, and its machine.
 *
 * @param feature the first number of Java's version
 * @param java its version in full
 * @param heapBytes that the process may take, at most
 * @param memoryBytes of the machine, or of the container around the process
 * @param timeZones the version of the time zone data, such as {@code 2025a}
 */
record Machine(int feature, String java, long heapBytes, long memoryBytes, String timeZones) {
  static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        Runtime.version().feature(),
        Runtime.version().toString(),
        Runtime.getRuntime().maxMemory(),
        system.getTotalMemorySize(),
        ZoneRulesProvider.getVersions("UTC").lastKey());
  }
}
