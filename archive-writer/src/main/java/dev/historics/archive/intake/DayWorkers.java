package dev.historics.archive.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does the same with many days, several at a time: most of it is waiting until the storage has made
 * files durable, and it does that for several as fast as for one.
 *
 * @param threads how many days at a time; with one, no other thread is used
 */
record DayWorkers(int threads) {
  /** What is to be done with one day. */
  @FunctionalInterface
  interface Work {
    void on(LocalDate day, DayStage stage) throws IOException;
  }

  /**
   * Does it; when it fails for a day, no other day is begun.
   *
   * @param work if there are several threads, safe for them
   */
  void run(SortedMap<LocalDate, DayStage> days, Work work) throws IOException {
    int workers = Math.min(threads, days.size());
    if (workers <= 1) {
      for (LocalDate day : days.keySet()) {
        work.on(day, days.get(day));
      }
      return;
    }
    AtomicBoolean hasFailed = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>();
    days.forEach((day, stage) -> tasks.add(() -> run(day, stage, work, hasFailed)));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      await(pool.invokeAll(tasks));
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void run(LocalDate day, DayStage stage, Work work, AtomicBoolean hasFailed)
      throws IOException {
    if (!hasFailed.get()) {
      boolean isDone = false;
      try {
        work.on(day, stage);
        isDone = true;
      } finally {
        if (!isDone) {
          hasFailed.set(true);
        }
      }
    }
    return null;
  }

  /** Throws what failed first, with what failed besides. */
  private static void await(List<Future<Void>> done) throws IOException, InterruptedException {
    Throwable failure = null;
    for (Future<Void> each : done) {
      try {
        each.get();
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = e.getCause();
        } else {
          failure.addSuppressed(e.getCause());
        }
      }
    }
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new IllegalStateException("a day of the import failed: " + failure, failure);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted while storing");
    interrupted.initCause(cause);
    return interrupted;
  }
}
