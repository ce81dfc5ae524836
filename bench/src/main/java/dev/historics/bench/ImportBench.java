package dev.historics.bench;

import dev.historics.archive.intake.ImportReport;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** How many records a second one core imports. */
final class ImportBench {
  private static final int RUNS = 3;

  private ImportBench() {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      data.inputs(work);
      out.printf(Locale.ROOT, "import of %s%n", data.describe());
      for (int run = 0; run <= RUNS; run++) {
        Path home = work.resolve("run" + run);
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long started = System.nanoTime();
        ImportReport report = data.importAll(Data.archive(home), work, "bench");
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds =
            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        long records = report.stored() + report.duplicates();
        if (run > 0) {
          out.printf(
              Locale.ROOT,
              "%,d records: %,.0f a second of the clock, %,.0f a second of its core%n",
              records,
              records / seconds,
              records / cpuSeconds);
        }
        Data.delete(home);
      }
    } finally {
      Data.delete(work);
    }
  }
}
