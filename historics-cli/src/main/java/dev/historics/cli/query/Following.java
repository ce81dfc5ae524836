package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches a query until it has ended. */
final class Following {
  private static final long POLL_MILLIS = 300;

  private Following() {}

  /**
   * Waits for the end of a query.
   *
   * @return the exit code that says how it ended, or that {@code patience} was not enough
   */
  static int untilEnded(Session session, Scheduling scheduling, QueryId id, Duration patience)
      throws CliException, IOException {
    Instant deadline = session.clock().instant().plus(patience);
    try (Progress progress = session.progress()) {
      while (true) {
        QueryView query =
            scheduling
                .find(id)
                .orElseThrow(
                    () ->
                        new CliException(
                            ExitCode.NOT_FOUND, "query %s was deleted".formatted(id), ""));
        if (query.status().ended() || query.status() == QueryStatus.DELAYED) {
          return ended(session, query);
        }
        if (!session.clock().instant().isBefore(deadline)) {
          session.printer().warn("query %s has not ended yet; it goes on".formatted(id));
          return ExitCode.TIMED_OUT.number();
        }
        progress.update(
            QueryText.word(query.status()),
            Math.round(query.progress() * 1000),
            1000,
            query.read(),
            "interactions");
        pause();
      }
    }
  }

  private static int ended(Session session, QueryView query) {
    session.printer().hint("query %s %s".formatted(query.id(), QueryText.word(query.status())));
    if (query.status() != QueryStatus.SUCCEEDED) {
      return ExitCode.FAILED.number();
    }
    return query.quarantined() > 0 ? ExitCode.WARNINGS.number() : ExitCode.OK.number();
  }

  private static void pause() throws CliException {
    try {
      // Nothing counts it down: other processes' changes can only be looked for.
      if (new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", e);
    }
  }
}
