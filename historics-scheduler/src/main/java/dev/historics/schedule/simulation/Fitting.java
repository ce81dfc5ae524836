package dev.historics.schedule.simulation;

import java.util.List;

/** A pretend cluster that behaves like one whose jobs were recorded. */
public final class Fitting {
  /** From fewer jobs nothing is concluded. */
  static final int JOBS_MIN = 3;

  /** Ratios beyond this are taken for a mistake of the model, not for a job. */
  private static final double RATIO_MAX = 100;

  private static final double SECONDS_MIN = 0.001;

  private Fitting() {}

  /**
   * The line of least squares through the times of clean jobs, how far jobs strayed from it, and
   * the share that broke off.
   *
   * @param usual what is not found out: riders' cost and slots always, all else from too few jobs
   */
  public static ClusterModel fit(List<RecordedJob> jobs, ClusterModel usual) {
    List<RecordedJob> clean =
        jobs.stream().filter(job -> job.clean() && job.seconds() > 0).toList();
    if (clean.size() < JOBS_MIN) {
      return usual;
    }
    double[] line = line(clean, usual);
    ClusterModel fitted =
        new ClusterModel(
            usual.slots(),
            line[0],
            line[1] > 0 ? 1 / line[1] : usual.bytesPerSecond(),
            usual.extraPerRider(),
            0,
            List.of(),
            Math.min(0.9, 1 - (double) clean.size() / jobs.size()),
            0);
    return new ClusterModel(
        fitted.slots(),
        fitted.secondsPerJob(),
        fitted.bytesPerSecond(),
        fitted.extraPerRider(),
        0,
        clean.stream().map(job -> ratio(job, fitted)).toList(),
        fitted.failures(),
        0);
  }

  private static double ratio(RecordedJob job, ClusterModel model) {
    double ratio = job.seconds() / model.seconds(job.bytes(), job.chunks());
    return Math.max(1 / RATIO_MAX, Math.min(RATIO_MAX, ratio));
  }

  /** Seconds of a job that reads nothing, and seconds per byte; neither below 0. */
  private static double[] line(List<RecordedJob> jobs, ClusterModel usual) {
    double meanAmount = jobs.stream().mapToDouble(job -> amount(job, usual)).average().orElse(0);
    double meanSeconds = jobs.stream().mapToDouble(RecordedJob::seconds).average().orElse(0);
    double squares = 0;
    double products = 0;
    for (RecordedJob job : jobs) {
      double away = amount(job, usual) - meanAmount;
      squares += away * away;
      products += away * (job.seconds() - meanSeconds);
    }
    double slope = squares > 0 ? Math.max(0, products / squares) : 0;
    double start = meanSeconds - slope * meanAmount;
    if (start < SECONDS_MIN && meanAmount > 0) {
      return new double[] {SECONDS_MIN, meanSeconds / meanAmount};
    }
    return new double[] {start, slope};
  }

  private static double amount(RecordedJob job, ClusterModel usual) {
    return job.bytes() * (1 + usual.extraPerRider() * job.chunks());
  }
}
