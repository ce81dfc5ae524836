package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Seals many days, several at a time. While the storage makes a day's file durable, which takes no
 * processor, the next day is begun. A day that cannot be sealed does not keep the others from it.
 */
public final class DaySealing {
  /** So many days wait for the storage beside those that are worked on. */
  private static final int WAITING_MAX = 2;

  private final Compactor compactor;
  private final int threads;

  /**
   * @param settings their memory for sorting is shared by the days; each has a row group of its own
   * @param threads how many days are worked on at a time
   */
  public DaySealing(Archive archive, CompactionSettings settings, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, got %d".formatted(threads));
    }
    this.compactor = new Compactor(archive, settings.dividedAmong(threads));
    this.threads = threads;
  }

  /**
   * What a source's days are sealed with.
   *
   * @param considered the targets that get a column, if they have a value
   */
  public record Columns(List<TargetColumn> considered, Stripping stripping) {
    public Columns {
      considered = List.copyOf(considered);
    }
  }

  /** Learns what becomes of the days, in their order, on the caller's thread. */
  public interface Watch {
    void sealed(CompactionReport report);

    /** There was no data, it was sealed already, or somebody else was faster. */
    void passedOver(SourceDay day);

    /** The day is as it was. */
    void failed(SourceDay day, IOException problem);
  }

  /**
   * Seals days.
   *
   * @param columns by source
   * @throws InterruptedIOException if the thread is interrupted; days that are not sealed by then
   *     are as they were
   */
  public void run(List<SourceDay> days, Function<String, Columns> columns, Watch watch)
      throws InterruptedIOException {
    Semaphore working = new Semaphore(threads, true);
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(days.size(), threads + WAITING_MAX)));
    try {
      List<Future<Optional<CompactionReport>>> reports = new ArrayList<>();
      for (SourceDay day : days) {
        Columns wanted = columns.apply(day.source());
        reports.add(pool.submit(() -> seal(day, wanted, working)));
      }
      for (int i = 0; i < days.size(); i++) {
        tell(days.get(i), reports.get(i), watch);
      }
    } catch (InterruptedException e) {
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while sealing; run the command again");
      interrupted.initCause(e);
      Thread.currentThread().interrupt();
      throw interrupted;
    } finally {
      end(pool);
    }
  }

  private Optional<CompactionReport> seal(SourceDay day, Columns columns, Semaphore working)
      throws IOException, InterruptedException {
    Optional<Compactor.Sealing> sealing;
    working.acquire();
    try {
      sealing = compactor.seal(day, columns.considered(), columns.stripping());
    } finally {
      working.release();
    }
    return sealing.isPresent() ? sealing.get().publish() : Optional.empty();
  }

  private static void tell(SourceDay day, Future<Optional<CompactionReport>> sealing, Watch watch)
      throws InterruptedException {
    if (Thread.interrupted()) {
      // A day that is done would be told all the same.
      throw new InterruptedException();
    }
    Optional<CompactionReport> report;
    try {
      report = sealing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException problem) {
        watch.failed(day, problem);
        return;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("%s: %s".formatted(day, e.getCause()), e.getCause());
    }
    report.ifPresentOrElse(watch::sealed, () -> watch.passedOver(day));
  }

  /** Nothing is written any more once the caller goes on. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean wasInterrupted = false;
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        hasEnded = pool.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
