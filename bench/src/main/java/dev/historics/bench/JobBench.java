package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.files.LocalFiles;
import dev.historics.filter.Library;
import dev.historics.jobs.Dialect;
import dev.historics.jobs.JobSetting;
import dev.historics.jobs.ReplayCluster;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobListener;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.QueryId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;

/** What a local job costs when there is next to nothing to read. */
final class JobBench {
  private static final int RUNS = 15;
  private static final long ROWS = 1_000;

  private JobBench() {}

  static void run(PrintStream out) throws Exception {
    Path work = Data.work();
    Data data = new Data(null, ROWS);
    try {
      Manifest day = data.sealed(work);
      Archive archive = Data.archive(work);
      Dialect dialect = data.dialect();
      JobSetting setting =
          new JobSetting(
              archive,
              new LocalFiles(work.resolve("results")),
              source -> dialect,
              Library.empty(),
              new JobSetting.Local(2, work.resolve("tmp")),
              new Configuration());
      try (ReplayCluster cluster = new ReplayCluster(setting)) {
        int[] number = {0};
        long started = System.nanoTime();
        replay(cluster, day, ++number[0]);
        double first = (System.nanoTime() - started) / 1e9;
        Runs warm = Runs.of(RUNS, () -> replay(cluster, day, ++number[0]));
        out.printf(Locale.ROOT, "a job over %,d interactions, local runner%n", day.rows());
        out.printf(Locale.ROOT, "first in its process  %.3f s%n", first);
        out.printf(Locale.ROOT, "later ones            %s%n", warm);
      }
    } finally {
      Data.delete(work);
    }
  }

  private static void replay(ReplayCluster cluster, Manifest day, int number) throws Exception {
    LocalDate date = day.day().day();
    Instant start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    ChunkWork chunk =
        new ChunkWork(
            new ChunkId(new QueryId(String.format(Locale.ROOT, "%020x", number)), date),
            "interaction.content contains \"music\"",
            new TreeSet<>(List.of(day.day().source())),
            start,
            start.plus(Duration.ofDays(1)),
            100);
    CompletableFuture<List<ChunkOutcome>> end = new CompletableFuture<>();
    cluster.start(
        new JobPlan(new JobId("j" + number), date, List.of(chunk)),
        new JobListener() {
          @Override
          public void progressed(JobId job, double fraction) {
            // Only the end counts.
          }

          @Override
          public void finished(JobId job, List<ChunkOutcome> outcomes) {
            end.complete(outcomes);
          }
        });
    ChunkOutcome outcome = end.get().get(0);
    if (!(outcome instanceof ChunkOutcome.Done)) {
      throw new IllegalStateException("the job did not succeed: " + outcome);
    }
  }
}
