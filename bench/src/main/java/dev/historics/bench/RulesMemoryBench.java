package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How much heap a replay takes that asks many rules at once: the same job in processes with more
 * and more of it. The job's driver and its one map task share the process, so that a task alone
 * takes less.
 */
final class RulesMemoryBench {
  /** The word of the command line for the processes of their own. */
  static final String CHILD = "memory-rules-child";

  private static final int RULES = 10_000;

  /** How Java ends then. */
  private static final int OUT_OF_MEMORY = 3;

  private static final List<Integer> HEAPS_MB = List.of(1024, 512, 384, 256, 192);

  private RulesMemoryBench() {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try (DuckDb duck = new DuckDb()) {
      Manifest day = data.sealed(work);
      Path file =
          Path.of(Data.archive(work).files().root()).resolve(day.pathOf(day.files().get(0)));
      Files.write(
          rules(work),
          Words.of(duck, file).take(RULES).stream()
              .map(word -> "interaction.content contains \"%s\"".formatted(word))
              .toList());
      out.printf(
          Locale.ROOT,
          "a job with %,d rules over %,d %s, each rule's matches delivered%n",
          RULES,
          day.rows(),
          data.describe());
      for (int heap : HEAPS_MB) {
        out.printf(Locale.ROOT, "-Xmx%dm: %s%n", heap, child(data, work, heap));
      }
    } finally {
      Data.delete(work);
    }
  }

  private static Path rules(Path work) {
    return work.resolve("rules");
  }

  private static String child(Data data, Path work, int heapMb)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx%dm".formatted(heapMb),
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            Bench.class.getName(),
            CHILD,
            "--work",
            work.toString());
    if (data.given() != null) {
      builder.command().addAll(List.of("--data", data.given().toString()));
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exit = process.waitFor();
    if (exit != 0 && exit != OUT_OF_MEMORY) {
      throw new IOException("the process with %d MB of heap ended with %d".formatted(heapMb, exit));
    }
    return exit == 0 ? answer : "is not enough";
  }

  /** What a process of its own does; it prints what it took. */
  static void runChild(Data data, Path work, PrintStream out) throws Exception {
    Archive archive = Data.archive(work);
    SourceDay source = archive.days().get(0);
    Path own = Files.createTempDirectory(work, "run");
    try (LocalJobs jobs = new LocalJobs(archive, data.dialect(), own, 1)) {
      jobs.replay(archive.newest(source).orElseThrow(), Files.readAllLines(rules(work)));
      out.printf(
          Locale.ROOT,
          "enough; %,d MB of heap taken at most, %,d MB resident%n",
          peakHeapBytes() >> 20,
          MemoryBench.peakKilobytes() >> 10);
    } finally {
      Data.delete(own);
    }
  }

  /** Garbage that nobody had to collect is in it. */
  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }
}
