package dev.historics.cli.doctor;

import dev.historics.cli.session.CliException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at many things at once, so that all of it takes no longer than one may: what has not
 * answered by then is told to have failed.
 *
 * @param patience how long to wait, in all
 */
record Examination(Duration patience) {
  private static final String HADOOPS_ADVICE = "For more details see";

  Examination {
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience is above zero, got " + patience);
    }
  }

  /** The findings of all checks, in their order. */
  List<Finding> run(List<Check> checks) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool(Examination::thread);
    try {
      long end = System.nanoTime() + patience.toNanos();
      List<Future<List<Finding>>> looks = new ArrayList<>();
      for (Check check : checks) {
        looks.add(threads.submit(() -> check.look().look()));
      }
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        findings.addAll(await(checks.get(i), looks.get(i), end - System.nanoTime()));
      }
      return findings;
    } finally {
      threads.shutdownNow();
    }
  }

  /** One that hangs does not keep the process from ending. */
  private static Thread thread(Runnable look) {
    Thread thread = new Thread(look, "doctor");
    thread.setDaemon(true);
    return thread;
  }

  private List<Finding> await(Check check, Future<List<Finding>> look, long nanos)
      throws InterruptedException {
    try {
      return look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return List.of(
          Finding.failed(
              check.name(),
              check.expected(),
              "no answer within %d s".formatted(patience.toSeconds()),
              "check that it runs and can be reached from here; --patience waits longer"));
    } catch (ExecutionException e) {
      return List.of(failed(check, e.getCause()));
    }
  }

  private static Finding failed(Check check, Throwable cause) {
    if (cause instanceof CliException known) {
      return Finding.failed(check.name(), check.expected(), known.getMessage(), known.advice());
    }
    if (cause instanceof UncheckedIOException unchecked) {
      return failed(check, unchecked.getCause());
    }
    String message = words(cause);
    int hadoops = message.indexOf(HADOOPS_ADVICE);
    int ours = message.lastIndexOf("; ");
    if (hadoops < 0 && ours >= 0) {
      return Finding.failed(
          check.name(), check.expected(), message.substring(0, ours), message.substring(ours + 2));
    }
    String found = hadoops < 0 ? message : message.substring(0, hadoops);
    return Finding.failed(
        check.name(),
        check.expected(),
        found.replaceAll("[;,. ]+$", ""),
        "check that what it names is there, runs, and is what the settings mean");
  }

  /** The first line of a message that is a sentence; otherwise the kind of failure, too. */
  private static String words(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage().strip();
    String line = message.lines().findFirst().orElse("");
    if (line.contains(" ")) {
      return line;
    }
    String kind = cause.getClass().getSimpleName();
    return line.isEmpty() ? kind : kind + ": " + line;
  }
}
