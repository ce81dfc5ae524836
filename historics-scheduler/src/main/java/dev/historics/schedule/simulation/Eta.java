package dev.historics.schedule.simulation;

/**
 * How good estimates of finish times were, for a sample of the queries.
 *
 * @param submission those made when the query was submitted
 * @param halfLife those made half-way between its submission and its end
 * @param naive beside the first, as if the query's chunks took turns with all who wait: remaining
 *     chunks times the mean time of one, times users, over slots
 * @param fifo beside the first, as if everything before it were done first and nothing shared
 */
public record Eta(Accuracy submission, Accuracy halfLife, Accuracy naive, Accuracy fifo) {
  /** Of nothing asked. */
  static final Eta NONE = new Eta(Accuracy.NONE, Accuracy.NONE, Accuracy.NONE, Accuracy.NONE);

  /**
   * How far off finish times were, as shares of the queries' lives; NaN where nothing was asked.
   *
   * @param medianError half of them were at most so far off
   * @param p90Error nine in ten were at most so far off
   * @param coverage the share of ends between P10 and P90
   */
  public record Accuracy(double medianError, double p90Error, double coverage) {
    static final Accuracy NONE = new Accuracy(Double.NaN, Double.NaN, Double.NaN);
  }
}
