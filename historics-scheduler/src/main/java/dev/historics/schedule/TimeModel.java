package dev.historics.schedule;

import dev.historics.schedule.JobFactors.Term;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How long jobs take: a price for each {@link Term}, never below 0, and a correction for each set
 * of sources. The prices begin at the rates of the settings and are fitted to the last jobs by
 * least squares of the relative error, in which recent jobs count more, and jobs that are far off
 * count less (Huber's weights).
 *
 * <p>It never changes; the same observations give the same model.
 */
public final class TimeModel {
  /** How many jobs it is fitted to at most. */
  public static final int OBSERVATIONS_MAX = 150;

  /** How much less each job counts than the one after it. */
  private static final double FORGETTING = 0.98;

  /** How many jobs the settings' rates count as. */
  private static final double PRIOR = 0.5;

  /** From how many jobs on residuals say more than the settings about the spread. */
  private static final double SPREAD_PRIOR = 5;

  private static final double HUBER = 1.345;
  private static final double SPREAD_LEAST = 0.02;
  private static final double SPREAD_MOST = 1.5;
  private static final int ROUNDS = 8;
  private static final int SWEEPS = 60;
  private static final int SOURCE_PRIOR = 5;

  /** The share of a job's fixed time that is spent where there is no data and no task starts. */
  private static final double NOTHING_TO_READ = 0.2;

  /** Turns a median absolute deviation into a standard deviation. */
  private static final double DEVIATION = 1.4826;

  private static final double SECONDS_LEAST = 1e-3;

  private static final Term[] TERMS = Term.values();

  private final double[] prices;
  private final Map<String, Double> corrections = new HashMap<>();
  private double spread;

  private TimeModel(double[] prices, double spread) {
    this.prices = prices;
    this.spread = spread;
  }

  /** By the settings alone. */
  public static TimeModel of(Rates rates) {
    double perRecord = 1 / rates.recordsPerSecond();
    return new TimeModel(
        each(
            term ->
                switch (term) {
                  case JOB -> rates.secondsPerJob();
                  case RIDERS -> rates.secondsPerJob() * rates.extraPerRider();
                  case BYTES -> 1 / rates.bytesPerSecond();
                  case RECORDS, MATCHES -> perRecord;
                  case PASSED_OVER -> perRecord * rates.extraPerRider();
                  case RULES -> perRecord * rates.extraPerComplexity();
                }),
        rates.sigma());
  }

  /**
   * By the settings and what was seen.
   *
   * @param observations the newest first
   */
  public static TimeModel of(Rates rates, List<Observation> observations) {
    return of(rates, observations, EnumSet.allOf(Term.class));
  }

  /** Leaves terms out, which shows what they are good for. */
  static TimeModel of(Rates rates, List<Observation> observations, Set<Term> terms) {
    TimeModel all = of(rates);
    TimeModel start =
        new TimeModel(each(term -> terms.contains(term) ? all.price(term) : 0), rates.sigma());
    List<Observation> some =
        observations.stream()
            .filter(each -> each.factors().reads())
            .limit(OBSERVATIONS_MAX)
            .toList();
    return some.isEmpty() ? start : new Fit(start, some).model();
  }

  /** How long a job is expected to take, over 0. */
  public double seconds(JobFactors job) {
    if (!job.reads()) {
      return Math.max(SECONDS_LEAST, price(Term.JOB) * NOTHING_TO_READ);
    }
    return plain(job) * corrections.getOrDefault(job.sources(), 1.0);
  }

  /** The standard deviation of the logarithm of real over expected time of one job. */
  public double spread() {
    return spread;
  }

  /** What each term adds to the time that a job is expected to take, in seconds. */
  public Map<Term, Double> shares(JobFactors job) {
    double correction = corrections.getOrDefault(job.sources(), 1.0);
    Map<Term, Double> shares = new EnumMap<>(Term.class);
    for (Term term : TERMS) {
      shares.put(term, price(term) * job.amount(term) * correction);
    }
    return shares;
  }

  /** A value for each term, in their order. */
  private static double[] each(ToDoubleFunction<Term> value) {
    return Arrays.stream(TERMS).mapToDouble(value).toArray();
  }

  private double price(Term term) {
    for (int i = 0; i < prices.length; i++) {
      if (TERMS[i] == term) {
        return prices[i];
      }
    }
    throw new IllegalStateException(term + " is no term");
  }

  private double plain(JobFactors job) {
    double seconds = 0;
    for (int i = 0; i < prices.length; i++) {
      seconds += prices[i] * job.amount(TERMS[i]);
    }
    return Math.max(SECONDS_LEAST, seconds);
  }

  /** A model in the making. */
  private static final class Fit {
    private final TimeModel start;
    private final List<Observation> seen;
    private final double[] scales;
    private final double[] weights;
    private double[] prices;

    Fit(TimeModel start, List<Observation> seen) {
      this.start = start;
      this.seen = seen;
      this.prices = start.prices.clone();
      this.scales = new double[seen.size()];
      this.weights = new double[seen.size()];
    }

    TimeModel model() {
      // What the rates say of one thing beside another is kept until jobs tell otherwise.
      double factor = median(ratios());
      scale(prices, factor);
      double[] prior = prices.clone();
      for (int round = 0; round < ROUNDS; round++) {
        weigh();
        prices = solve(prior);
      }
      scale(prices, median(ratios()));
      TimeModel model = new TimeModel(prices, 0);
      correct(model);
      model.spread = spread(model);
      return model;
    }

    private static void scale(double[] values, double factor) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
    }

    private double expected(Observation each) {
      return new TimeModel(prices, 0).plain(each.factors());
    }

    private double[] ratios() {
      return seen.stream().mapToDouble(each -> each.realSeconds() / expected(each)).toArray();
    }

    /** Relative to what is expected, not to what was: else jobs that took long would not count. */
    private void weigh() {
      double[] residuals = new double[seen.size()];
      for (int i = 0; i < residuals.length; i++) {
        scales[i] = expected(seen.get(i));
        residuals[i] = seen.get(i).realSeconds() / scales[i] - 1;
      }
      double usual = Math.max(SPREAD_LEAST, DEVIATION * median(absolute(residuals)));
      for (int i = 0; i < residuals.length; i++) {
        double off = Math.abs(residuals[i]) / usual;
        weights[i] = Math.pow(FORGETTING, i) * (off <= HUBER ? 1 : HUBER / off);
      }
    }

    /** Least squares with no price below 0, one price after the other until they hold still. */
    private double[] solve(double[] prior) {
      int count = TERMS.length;
      double[][] products = new double[count][count];
      double[] goals = new double[count];
      double[] sizes = new double[count];
      double all = 0;
      for (int i = 0; i < seen.size(); i++) {
        double[] amounts = each(seen.get(i).factors()::amount);
        scale(amounts, 1 / scales[i]);
        double real = seen.get(i).realSeconds() / scales[i];
        all += weights[i];
        for (int j = 0; j < count; j++) {
          goals[j] += weights[i] * amounts[j] * real;
          sizes[j] += weights[i] * amounts[j];
          for (int k = 0; k < count; k++) {
            products[j][k] += weights[i] * amounts[j] * amounts[k];
          }
        }
      }
      for (int j = 0; j < count; j++) {
        double mean = sizes[j] / all;
        products[j][j] += PRIOR * mean * mean;
        goals[j] += PRIOR * mean * mean * prior[j];
      }
      return descend(products, goals, prior);
    }

    private double[] descend(double[][] products, double[] goals, double[] prior) {
      double[] found = prices.clone();
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (int j = 0; j < found.length; j++) {
          if (products[j][j] <= 0 || prior[j] == 0) {
            found[j] = prior[j];
            continue;
          }
          double rest = goals[j];
          for (int k = 0; k < found.length; k++) {
            rest -= k == j ? 0 : products[j][k] * found[k];
          }
          found[j] = Math.max(0, rest / products[j][j]);
        }
      }
      return found;
    }

    /** What is special about a source, as far as there is experience with it. */
    private void correct(TimeModel model) {
      Map<String, double[]> logs = new HashMap<>();
      for (Observation each : seen) {
        double log = Math.log(each.realSeconds() / model.plain(each.factors()));
        logs.merge(each.factors().sources(), new double[] {log}, Fit::joined);
      }
      if (logs.size() > 1) {
        logs.forEach(
            (sources, values) ->
                model.corrections.put(
                    sources,
                    Math.exp(median(values) * values.length / (values.length + SOURCE_PRIOR))));
      }
    }

    private static double[] joined(double[] some, double[] more) {
      double[] all = Arrays.copyOf(some, some.length + more.length);
      System.arraycopy(more, 0, all, some.length, more.length);
      return all;
    }

    /** Of what the fit leaves unexplained, and a little of what the settings say. */
    private double spread(TimeModel model) {
      double[] off = new double[seen.size()];
      for (int i = 0; i < off.length; i++) {
        Observation each = seen.get(i);
        off[i] = Math.abs(Math.log(each.realSeconds() / model.seconds(each.factors())));
      }
      double found = DEVIATION * median(off);
      double squares =
          (found * found * off.length + start.spread * start.spread * SPREAD_PRIOR)
              / (off.length + SPREAD_PRIOR);
      return Math.max(SPREAD_LEAST, Math.min(SPREAD_MOST, Math.sqrt(squares)));
    }
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  /** The median, where each value counts a little less than the one before it. */
  private static double median(double[] values) {
    Integer[] order = new Integer[values.length];
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      order[i] = i;
      all += Math.pow(FORGETTING, i);
    }
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double below = 0;
    for (int i : order) {
      below += Math.pow(FORGETTING, i);
      if (below >= all / 2) {
        return values[i];
      }
    }
    throw new IllegalArgumentException("nothing has no median");
  }
}
