package dev.historics.schedule;

import dev.historics.schedule.JobFactors.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well estimates held.
 *
 * @param queries how many queries that ended well had promises
 * @param stages at submission, and after a quarter, half and three quarters of a query's life
 */
public record EstimatesReport(int queries, List<Stage> stages, Model model) {
  /** How many queries are looked back at. */
  public static final int QUERIES_MAX = 2_000;

  /** How many jobs are looked back at. */
  public static final int JOBS_MAX = 400;

  /** From how many jobs on the time model is judged. */
  public static final int LEARNED_FROM = 20;

  /** An error that counts as good. */
  static final double GOOD = 0.25;

  private static final double[] SHARES = {0, 0.25, 0.5, 0.75};

  public EstimatesReport {
    stages = List.copyOf(stages);
  }

  /**
   * One moment of queries' lives.
   *
   * @param share of the life that is over
   * @param naive chunks left times mean job time times users, by jobs at a time
   * @param fifo as if queries were served one after the other
   */
  public record Stage(double share, Accuracy ours, Accuracy naive, Accuracy fifo) {}

  /**
   * The time model of jobs.
   *
   * @param jobs how many were judged: those after the first twenty
   * @param medianError as a share of the real time
   * @param good the share of jobs that were within a quarter of their real time
   * @param terms what each term of the model is good for
   */
  public record Model(
      int jobs, double medianError, double p90Error, double good, Map<Term, Contribution> terms) {
    public Model {
      terms = Collections.unmodifiableMap(new EnumMap<>(terms));
    }
  }

  /**
   * What a term of the model is good for.
   *
   * @param share of the time of all jobs that it explains
   * @param errorWithout the median error of the model without it
   */
  public record Contribution(double share, double errorWithout) {}

  /**
   * Puts a report together.
   *
   * @param observations the newest first
   */
  public static EstimatesReport of(
      Rates rates, List<KeptPromises> kept, List<Observation> observations) {
    List<Stage> stages = new ArrayList<>();
    for (double share : SHARES) {
      List<KeptPromises.Outcome> outcomes =
          kept.stream().map(each -> each.at(share)).flatMap(Optional::stream).toList();
      stages.add(
          new Stage(
              share,
              Accuracy.of(outcomes),
              Accuracy.of(outcomes, outcome -> outcome.error(outcome.promise().naive())),
              Accuracy.of(outcomes, outcome -> outcome.error(outcome.promise().fifo()))));
    }
    return new EstimatesReport(kept.size(), stages, model(rates, observations));
  }

  private static Model model(Rates rates, List<Observation> observations) {
    double[] errors =
        observations.stream()
            .limit(Math.max(0, observations.size() - LEARNED_FROM))
            .filter(each -> each.factors().reads())
            .mapToDouble(each -> Math.abs(each.error()))
            .toArray();
    Map<Term, Contribution> terms = new EnumMap<>(Term.class);
    TimeModel whole = TimeModel.of(rates, observations);
    for (Term term : Term.values()) {
      TimeModel without = TimeModel.of(rates, observations, EnumSet.complementOf(EnumSet.of(term)));
      terms.put(
          term, new Contribution(share(whole, observations, term), error(without, observations)));
    }
    return new Model(
        errors.length,
        Accuracy.quantile(errors, 0.5),
        Accuracy.quantile(errors, 0.9),
        Arrays.stream(errors).filter(error -> error <= GOOD).count()
            / (double) Math.max(1, errors.length),
        terms);
  }

  private static double share(TimeModel model, List<Observation> observations, Term term) {
    double part = 0;
    double all = 0;
    for (Observation each : observations) {
      Map<Term, Double> shares = model.shares(each.factors());
      part += shares.get(term);
      all += shares.values().stream().mapToDouble(Double::doubleValue).sum();
    }
    return all == 0 ? 0 : part / all;
  }

  /** The median error of a model on the jobs that it was fitted to. */
  private static double error(TimeModel model, List<Observation> observations) {
    double[] errors =
        observations.stream()
            .limit(TimeModel.OBSERVATIONS_MAX)
            .filter(each -> each.factors().reads())
            .mapToDouble(each -> Math.abs(model.seconds(each.factors()) / each.realSeconds() - 1))
            .toArray();
    return Accuracy.quantile(errors, 0.5);
  }
}
