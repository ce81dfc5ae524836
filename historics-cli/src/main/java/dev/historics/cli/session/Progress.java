package dev.historics.cli.session;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows how far something is: on a terminal one line that is rewritten, elsewhere a line every few
 * seconds. Nothing is shown in the first second, so that quick commands stay quiet. Safe for
 * several threads.
 */
public final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration TERMINAL_PACE = Duration.ofMillis(200);
  private static final Duration LOG_PACE = Duration.ofSeconds(5);

  private final PrintStream err;
  private final boolean terminal;
  private final boolean shown;
  private final InstantSource clock;
  private final Instant started;
  private Instant next;
  private int lineLength;

  Progress(PrintStream err, boolean terminal, boolean shown, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.shown = shown;
    this.clock = clock;
    this.started = clock.instant();
    this.next = started.plus(terminal ? PATIENCE : LOG_PACE);
  }

  /**
   * Tells how much of a known amount is done.
   *
   * @param total 0 when it is not known
   * @param what the unit done is counted in for the rate, such as {@code records}
   */
  public synchronized void update(String label, long done, long total, long count, String what) {
    Instant now = clock.instant();
    if (!shown || now.isBefore(next)) {
      return;
    }
    double seconds = Math.max(0.001, Duration.between(started, now).toMillis() / 1000.0);
    double share = total > 0 ? Math.min(1, (double) done / total) : 0;
    String rate =
        String.format(Locale.ROOT, "  %,d %s  %,d/s", count, what, (long) (count / seconds));
    show(label + (total > 0 ? percent(share) : "") + rate + left(seconds, share), now);
  }

  /** Tells which share of something is done that is counted in no unit. */
  public synchronized void share(String label, double share) {
    Instant now = clock.instant();
    if (shown && !now.isBefore(next)) {
      show(label + percent(share), now);
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "  %3d %%", (int) (share * 100));
  }

  private static String left(double seconds, double share) {
    if (share == 0 || share == 1) {
      return "";
    }
    return "  %s left"
        .formatted(length(Duration.ofSeconds((long) (seconds * (1 - share) / share))));
  }

  private void show(String line, Instant now) {
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, lineLength - line.length())));
      err.flush();
      lineLength = line.length();
      next = now.plus(TERMINAL_PACE);
    } else {
      err.println(line);
      next = now.plus(LOG_PACE);
    }
  }

  /** A line that stays. */
  public synchronized void event(String line) {
    if (shown) {
      clear();
      err.println(line);
    }
  }

  /** Takes the rewritten line away until there is more to show, so that another can stand there. */
  public synchronized void makeWay() {
    clear();
  }

  private void clear() {
    if (lineLength > 0) {
      err.print("\r" + " ".repeat(lineLength) + "\r");
      lineLength = 0;
    }
  }

  /** Takes the rewritten line away. */
  @Override
  public synchronized void close() {
    clear();
  }

  /**
   * A length of time for people: {@code 0.4 s}, {@code 12 s}, {@code 3 m 20 s}, {@code 2 h 5 m}.
   */
  public static String length(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " m " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " m";
  }
}
