package dev.historics.cli.archive;

import dev.historics.archive.intake.CommitPolicy;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rings at regular intervals of real time.
 *
 * @param interval from one ring to the next
 */
record TimerBell(Duration interval) implements CommitPolicy.Bell {
  @Override
  public Closeable start(Runnable ring) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "historics-commit");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = interval.toNanos();
    ScheduledFuture<?> ringing =
        timer.scheduleWithFixedDelay(ring, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> {
      ringing.cancel(false);
      timer.shutdownNow();
    };
  }
}
