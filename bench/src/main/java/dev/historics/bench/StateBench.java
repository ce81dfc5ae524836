package dev.historics.bench;

import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.Volume;
import dev.historics.schedule.store.SqliteStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a long queue costs those who keep it in a file: submitting one more query, its estimate
 * included, and reading everything after a restart.
 */
final class StateBench {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private static final Volume VOLUME = new Volume(1_000_000, 3_000_000_000L);
  private static final int USERS = 100;
  private static final int SUBMITS = 20;
  private static final int LOADS = 5;

  /**
   * What was measured.
   *
   * @param chunks how many waited
   * @param submit keeping one more query with its estimate
   * @param load until a process that begins knows the queue
   * @param bytes of the file
   */
  record Result(long chunks, QueueResult.Times submit, QueueResult.Times load, long bytes) {
    static final String HEADER =
        String.format(
            Locale.ROOT,
            "%-8s %10s  %22s  %22s  %8s",
            "state",
            "waiting",
            "submit p50 / max ms",
            "restart p50 / max ms",
            "MB");

    String line() {
      return String.format(
          Locale.ROOT,
          "%-8s %,10d  %22s  %22s  %,8d",
          "SQLite",
          chunks,
          String.format(Locale.ROOT, "%,.1f / %,.1f", submit.p50(), submit.max()),
          String.format(Locale.ROOT, "%,.0f / %,.0f", load.p50(), load.max()),
          bytes >> 20);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"state\":\"sqlite\",\"chunks\":%d,\"submit\":%s,\"restart\":%s,\"bytes\":%d}",
          chunks,
          submit.json(),
          load.json(),
          bytes);
    }
  }

  private final Path file;
  private final Askers askers = new Askers(USERS, 1);
  private long ids;

  private StateBench(Path file) {
    this.file = file;
  }

  /**
   * @param counts how many chunks wait at least
   */
  static List<Result> run(List<Integer> counts, PrintStream out) throws IOException {
    out.println(Result.HEADER);
    List<Result> results = new ArrayList<>();
    for (int chunks : counts) {
      Path work = Data.work();
      try {
        Result result = new StateBench(work.resolve("state.db")).run(chunks);
        out.println(result.line());
        results.add(result);
      } finally {
        Data.delete(work);
      }
    }
    return results;
  }

  private Result run(int chunks) throws IOException {
    long waiting = 0;
    Percentiles submits = new Percentiles();
    try (Scheduling scheduling = open()) {
      for (int user = 0; waiting < chunks; user++) {
        QueryRequest whole = Askers.whole("u" + user % USERS);
        scheduling.submit(whole);
        waiting += Askers.days(whole);
      }
      for (int i = 0; i < SUBMITS; i++) {
        QueryRequest request = askers.next();
        long before = System.nanoTime();
        scheduling.submit(request);
        submits.add(System.nanoTime() - before);
        waiting += Askers.days(request);
      }
    }
    Percentiles loads = new Percentiles();
    for (int i = 0; i < LOADS; i++) {
      long before = System.nanoTime();
      try (Scheduling scheduling = open()) {
        if (scheduling.idle()) {
          throw new IllegalStateException("a queue that was kept is gone");
        }
        loads.add(System.nanoTime() - before);
      }
    }
    return new Result(
        waiting,
        QueueResult.Times.of(submits),
        QueueResult.Times.of(loads),
        file.toFile().length());
  }

  private Scheduling open() throws IOException {
    return new Scheduling(
        SqliteStore.open(file),
        SchedulerSettings.DEFAULTS,
        (source, day) -> VOLUME,
        CLOCK,
        () -> new QueryId("%020x".formatted(++ids)));
  }
}
