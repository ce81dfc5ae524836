package dev.historics.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well promises held.
 *
 * @param count of how many queries
 * @param medianError of the finish time, as a share of the query's life
 * @param p90Error nine in ten were at most so far off
 * @param bias the median of the signed error: over 0 where promises were too late
 * @param coverage the share of queries that ended between P10 and P90
 * @param width the median of the distance of P10 and P90, as a share of the life
 */
public record Accuracy(
    int count, double medianError, double p90Error, double bias, double coverage, double width) {

  /** Of promises with intervals; all figures are 0 for none. */
  public static Accuracy of(List<KeptPromises.Outcome> outcomes) {
    double inside =
        outcomes.stream().filter(KeptPromises.Outcome::inside).count()
            / (double) Math.max(1, outcomes.size());
    double[] widths = outcomes.stream().mapToDouble(KeptPromises.Outcome::width).toArray();
    return of(outcomes, KeptPromises.Outcome::error, inside, quantile(widths, 0.5));
  }

  /** Of an estimator that gives no interval. */
  static Accuracy of(
      List<KeptPromises.Outcome> outcomes, ToDoubleFunction<KeptPromises.Outcome> error) {
    return of(outcomes, error, 0, 0);
  }

  private static Accuracy of(
      List<KeptPromises.Outcome> outcomes,
      ToDoubleFunction<KeptPromises.Outcome> error,
      double coverage,
      double width) {
    double[] errors = outcomes.stream().mapToDouble(error).toArray();
    double[] sizes = Arrays.stream(errors).map(Math::abs).toArray();
    return new Accuracy(
        errors.length,
        quantile(sizes, 0.5),
        quantile(sizes, 0.9),
        quantile(errors, 0.5),
        coverage,
        width);
  }

  /** The value that a share of the values do not exceed; 0 of none. */
  static double quantile(double[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
