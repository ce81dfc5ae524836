package dev.historics.bench;

import java.util.Arrays;
import java.util.Locale;

/** The times of repeated runs. */
final class Runs {
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
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = time(work);
    }
    return new Runs(seconds);
  }

  /** Runs two in turn, so that both meet the same machine; the first round is not counted. */
  static Runs[] inTurn(int count, Work a, Work b) throws Exception {
    a.run();
    b.run();
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
