package dev.historics.bench;

import dev.historics.archive.Manifest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a local job costs when there is next to nothing to read. */
final class JobBench {
  private static final int RUNS = 15;
  private static final int TASKS = 2;
  private static final long ROWS = 1_000;
  private static final List<String> RULE = List.of("interaction.content contains \"music\"");

  private JobBench() {}

  static void run(PrintStream out) throws Exception {
    Path work = Data.work();
    Data data = new Data(null, ROWS);
    try {
      Manifest day = data.sealed(work);
      try (LocalJobs jobs = new LocalJobs(Data.archive(work), data.dialect(), work, TASKS)) {
        long started = System.nanoTime();
        jobs.replay(day, RULE);
        double first = (System.nanoTime() - started) / 1e9;
        Runs later = Runs.warmed(RUNS, () -> jobs.replay(day, RULE));
        out.printf(Locale.ROOT, "a job over %,d interactions, local runner%n", day.rows());
        out.printf(Locale.ROOT, "first in its process  %.3f s%n", first);
        out.printf(Locale.ROOT, "later ones            %s%n", later);
      }
    } finally {
      Data.delete(work);
    }
  }
}
