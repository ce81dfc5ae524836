package dev.historics.bench;

import dev.historics.archive.Archive;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The most memory that an import and a compaction take, each in a process of its own. */
final class MemoryBench {
  private static final String HEAP = "256m";
  private static final int TIMES = 10;

  private MemoryBench() {}

  static void run(long rows, PrintStream out) throws Exception {
    out.printf(Locale.ROOT, "import and compaction of one day, -Xmx%s%n", HEAP);
    for (long each : List.of(rows, rows * TIMES)) {
      long kilobytes = child(each);
      out.printf(Locale.ROOT, "%,12d records: %,d KB resident at most%n", each, kilobytes);
    }
  }

  private static long child(long rows) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "memory-child",
                "--rows",
                String.valueOf(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("the process with %d records failed".formatted(rows));
    }
    return Long.parseLong(answer);
  }

  /** What the process of its own does; it prints the most that was resident, in KB. */
  static void runChild(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      Path input = data.inputFile(work);
      Archive archive = Data.archive(work);
      data.importPlain(archive, input);
      data.compact(archive);
      out.println(peakKilobytes());
    } finally {
      Data.delete(work);
    }
  }

  /** The most memory of this process that was resident. */
  static long peakKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
