package dev.historics.schedule.simulation;

import dev.historics.schedule.Rates;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pretend cluster behaves. A job takes {@code secondsPerJob} and the time to read its largest
 * chunk, made longer by the share {@code extraPerRider} for each of its chunks, the opener's too.
 *
 * @param slots how many jobs run at a time
 * @param secondsPerJob what every job costs, however little it reads
 * @param bytesPerSecond how fast a job reads, as stored
 * @param noise the standard deviation of the logarithm of real over modelled time
 * @param ratios real over modelled times that were observed, to draw from instead of {@code noise}
 * @param failures the share of jobs that break off at some point and have to be run again
 * @param stragglers the share of jobs that take {@value #STRAGGLE_MIN} to {@value #STRAGGLE_MAX}
 *     times as long
 */
public record ClusterModel(
    int slots,
    double secondsPerJob,
    double bytesPerSecond,
    double extraPerRider,
    double noise,
    List<Double> ratios,
    double failures,
    double stragglers) {
  static final double STRAGGLE_MIN = 3;
  static final double STRAGGLE_MAX = 10;

  /** Enough that no record is ever what a job waits for. */
  private static final double RECORDS_PER_SECOND = 1e15;

  private static final double SECONDS_MIN = 0.001;

  public ClusterModel {
    ratios = List.copyOf(ratios);
    List<String> problems = new ArrayList<>();
    check(slots >= 1, "slots must be at least 1, got " + slots, problems);
    check(
        finite(secondsPerJob),
        "secondsPerJob must not be negative, got " + secondsPerJob,
        problems);
    check(
        bytesPerSecond > 0 && finite(bytesPerSecond),
        "bytesPerSecond must be over 0, got " + bytesPerSecond,
        problems);
    check(
        finite(extraPerRider),
        "extraPerRider must not be negative, got " + extraPerRider,
        problems);
    check(finite(noise), "noise must not be negative, got " + noise, problems);
    check(failures >= 0 && failures < 1, "failures must be in [0, 1), got " + failures, problems);
    check(
        stragglers >= 0 && stragglers <= 1,
        "stragglers must be in [0, 1], got " + stragglers,
        problems);
    check(
        ratios.stream().allMatch(ratio -> ratio > 0 && finite(ratio)),
        "each ratio must be over 0",
        problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static boolean finite(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  private static void check(boolean holds, String otherwise, List<String> problems) {
    if (!holds) {
      problems.add(otherwise);
    }
  }

  /**
   * How long a job takes when nothing is out of the ordinary, in seconds.
   *
   * @param bytes what its largest chunk reads
   * @param chunks how many share the job
   */
  public double seconds(long bytes, int chunks) {
    return Math.max(SECONDS_MIN, secondsPerJob + scan(bytes) * (1 + extraPerRider * chunks));
  }

  /** The part of a job's time that its chunks share: all but their own filters. */
  double shared(long bytes) {
    return Math.max(SECONDS_MIN, secondsPerJob + scan(bytes));
  }

  private double scan(long bytes) {
    return bytes / bytesPerSecond;
  }

  /** What the scheduler is told to expect of this cluster before it has seen a job. */
  Rates rates() {
    return new Rates(
        Math.max(SECONDS_MIN, secondsPerJob),
        RECORDS_PER_SECOND,
        bytesPerSecond,
        extraPerRider,
        0,
        noise);
  }
}
