package dev.historics.schedule.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How fair and how quick one run was, or several on average. NaN where there is nothing to tell,
 * such as the fairness of a window in which fewer than two users had something waiting. Times are
 * counted in chunks: one is the mean time of a chunk with a job of its own.
 *
 * @param queries how many there were
 * @param chunks how many chunks they had
 * @param jainMean of all windows: Jain's index over the charged work of those users who had chunks
 *     waiting during the whole window; 1 is an equal share for each
 * @param jainMin of the least fair window
 * @param largestGapRounds the longest that anybody with chunks waiting saw none of them start; a
 *     round is as many jobs as there were users with chunks waiting when they were most
 * @param largestGap the same as a time
 * @param scans jobs that were started
 * @param failures jobs that broke off
 * @param sharingFactor chunks done in one scan, on average
 * @param makespan from the first submission to the end of everything
 * @param makespanRatio the same over what the best order is expected to take, in mean job times:
 *     each day read once, on all slots; and each query alone from when it was submitted. Since job
 *     times are drawn, it can be a little below 1
 * @param idleWhileWaiting free slots while chunks waited, times how long
 */
public record Figures(
    double queries,
    double chunks,
    double jainMean,
    double jainMin,
    double largestGapRounds,
    double largestGap,
    double scans,
    double failures,
    double sharingFactor,
    double makespan,
    double makespanRatio,
    double idleWhileWaiting,
    Slowdowns slowdowns,
    Eta eta) {

  /**
   * How many times as long queries took as they would have had the cluster been theirs, at least 1;
   * what takes less than one chunk alone counts as one chunk.
   *
   * @param small queries of up to {@value #SMALL_MAX} days
   * @param medium of up to {@value #MEDIUM_MAX} days
   * @param large of more
   */
  public record Slowdowns(Spread small, Spread medium, Spread large, Spread all) {
    static final int SMALL_MAX = 7;
    static final int MEDIUM_MAX = 31;
  }

  /** Each figure's mean. */
  public static Figures mean(List<Figures> runs) {
    return new Figures(
        mean(runs, Figures::queries),
        mean(runs, Figures::chunks),
        mean(runs, Figures::jainMean),
        mean(runs, Figures::jainMin),
        mean(runs, Figures::largestGapRounds),
        mean(runs, Figures::largestGap),
        mean(runs, Figures::scans),
        mean(runs, Figures::failures),
        mean(runs, Figures::sharingFactor),
        mean(runs, Figures::makespan),
        mean(runs, Figures::makespanRatio),
        mean(runs, Figures::idleWhileWaiting),
        new Slowdowns(
            spread(runs, Slowdowns::small),
            spread(runs, Slowdowns::medium),
            spread(runs, Slowdowns::large),
            spread(runs, Slowdowns::all)),
        new Eta(
            accuracy(runs, Eta::submission),
            accuracy(runs, Eta::halfLife),
            accuracy(runs, Eta::naive),
            accuracy(runs, Eta::fifo)));
  }

  private static Eta.Accuracy accuracy(List<Figures> runs, Function<Eta, Eta.Accuracy> part) {
    return new Eta.Accuracy(
        mean(runs, run -> part.apply(run.eta()).medianError()),
        mean(runs, run -> part.apply(run.eta()).p90Error()),
        mean(runs, run -> part.apply(run.eta()).coverage()));
  }

  Figures with(Eta promises) {
    return new Figures(
        queries,
        chunks,
        jainMean,
        jainMin,
        largestGapRounds,
        largestGap,
        scans,
        failures,
        sharingFactor,
        makespan,
        makespanRatio,
        idleWhileWaiting,
        slowdowns,
        promises);
  }

  private static Spread spread(List<Figures> runs, Function<Slowdowns, Spread> part) {
    return new Spread(
        mean(runs, run -> part.apply(run.slowdowns()).p50()),
        mean(runs, run -> part.apply(run.slowdowns()).p95()),
        mean(runs, run -> part.apply(run.slowdowns()).max()));
  }

  private static double mean(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return runs.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
