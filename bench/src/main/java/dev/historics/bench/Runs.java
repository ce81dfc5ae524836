package dev.historics.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The times of repeated runs. */
final class Runs {
  private static final Duration WARMING = Duration.ofSeconds(3);

  private final double[] seconds;

  private Runs(double[] seconds) {
    this.seconds = seconds;
  }

  /** Something that takes time. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Runs {@code work} once without counting it, then {@code count} times. */
  static Runs of(int count, Work work) throws Exception {
    work.run();
    return counted(count, work);
  }

  /** Runs {@code work} for some seconds without counting it, then {@code count} times. */
  static Runs warmed(int count, Work work) throws Exception {
    warm(work);
    return counted(count, work);
  }

  private static void warm(Work work) throws Exception {
    long end = System.nanoTime() + WARMING.toNanos();
    do {
      work.run();
    } while (System.nanoTime() < end);
  }

  private static Runs counted(int count, Work work) throws Exception {
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = time(work);
    }
    return new Runs(seconds);
  }

  /** Runs {@code work} once, and counts that. */
  static Runs once(Work work) throws Exception {
    return counted(1, work);
  }

  /**
   * Runs two in turn, so that both meet the same machine. They are not counted before they have run
   * for some seconds: short ones are compiled by then as those are that run for long.
   */
  static Runs[] inTurn(int count, Work a, Work b) throws Exception {
    warm(a);
    warm(b);
    double[] ofA = new double[count];
    double[] ofB = new double[count];
    for (int i = 0; i < count; i++) {
      ofA[i] = time(a);
      ofB[i] = time(b);
    }
    return new Runs[] {new Runs(ofA), new Runs(ofB)};
  }

  private static double time(Work work) throws Exception {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e9;
  }

  double median() {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** How many times as long as {@code other} these took, pair by pair: the median of the ratios. */
  double ratioTo(Runs other) {
    double[] ratios = new double[seconds.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = seconds[i] / other.seconds[i];
    }
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }

  /** Median, with the least and the most. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f s (%.3f to %.3f)",
        median(),
        Arrays.stream(seconds).min().orElseThrow(),
        Arrays.stream(seconds).max().orElseThrow());
  }
}
