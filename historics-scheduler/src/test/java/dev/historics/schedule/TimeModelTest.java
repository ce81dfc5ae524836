package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.JobFactors.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeModelTest {
  private static final Rates RATES = Rates.DEFAULTS;

  /** A cluster that the defaults know nothing of: slow to start, and quick to read. */
  private static double truth(JobFactors job) {
    double source = job.sources().equals("bitly") ? 1.6 : 1;
    return source
        * (25
            + 0.4 * (job.riders() - 1)
            + job.bytes() / 900e6
            + job.records() * (0.3e-6 + 0.05e-6 * job.complexity())
            + job.records() * (100 / job.samplePercent() - 1) * 0.1e-6
            + job.matches() * 4e-6);
  }

  private static JobFactors job(SplittableRandom random, String... sources) {
    double sample = new double[] {100, 100, 50, 10, 1}[random.nextInt(5)];
    long records = (long) (Math.exp(random.nextDouble(10, 18)) * sample / 100);
    int riders = 1 + random.nextInt(10);
    return new JobFactors(
        sources[random.nextInt(sources.length)],
        riders,
        records,
        records * random.nextLong(80, 120),
        riders * random.nextLong(1, 20),
        sample,
        records * random.nextDouble(0, 0.1) * riders);
  }

  /** The newest first. */
  private static List<Observation> history(
      SplittableRandom random, int count, double noise, String... sources) {
    List<Observation> history = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      JobFactors job = job(random, sources);
      double real = truth(job) * Math.exp(noise * random.nextGaussian());
      history.add(new Observation(JobId.of(i), job, 1, real));
    }
    Collections.reverse(history);
    return history;
  }

  private static double[] errors(TimeModel model, SplittableRandom random, String... sources) {
    double[] errors = new double[400];
    for (int i = 0; i < errors.length; i++) {
      JobFactors job = job(random, sources);
      errors[i] = Math.abs(model.seconds(job) / truth(job) - 1);
    }
    Arrays.sort(errors);
    return errors;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void twenty_jobs_are_enough_to_be_within_a_quarter_nine_times_in_ten(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TimeModel model = TimeModel.of(RATES, history(random, 20, 0.1, "twitter"));

    double[] errors = errors(model, random, "twitter");

    assertThat(errors[errors.length * 9 / 10]).isLessThan(0.25);
    assertThat(errors[errors.length / 2]).isLessThan(0.15);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void a_slow_source_is_told_from_a_quick_one(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TimeModel model = TimeModel.of(RATES, history(random, 80, 0.1, "twitter", "bitly"));

    assertThat(errors(model, random, "bitly")[360]).isLessThan(0.25);
    assertThat(errors(model, random, "twitter")[360]).isLessThan(0.25);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void one_job_in_ten_that_hangs_does_not_spoil_it(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Observation> history = history(random, 60, 0.1, "twitter");
    history.replaceAll(
        each ->
            each.job().number() % 10 == 0
                ? new Observation(each.job(), each.factors(), 1, 30 * each.realSeconds())
                : each);

    double[] errors = errors(TimeModel.of(RATES, history), random, "twitter");

    assertThat(errors[errors.length * 9 / 10]).isLessThan(0.25);
  }

  @Test
  void what_is_new_counts_more_than_what_was() {
    JobFactors job = new JobFactors("twitter", 1, 1_000_000, 100_000_000, 1, 100, 0);
    List<Observation> history = new ArrayList<>();
    for (int i = 150; i > 0; i--) {
      history.add(new Observation(JobId.of(i), job, 10, i > 75 ? 30 : 10));
    }

    assertThat(TimeModel.of(RATES, history).seconds(job))
        .isCloseTo(30, Percentage.withPercentage(10));
  }

  @Test
  void the_spread_is_that_of_the_jobs() {
    SplittableRandom random = new SplittableRandom(7);

    double calm = TimeModel.of(RATES, history(random, 150, 0.05, "twitter")).spread();
    double wild = TimeModel.of(RATES, history(random, 150, 0.5, "twitter")).spread();

    assertThat(calm).isLessThan(0.15);
    assertThat(wild).isBetween(0.35, 0.65);
  }

  @Test
  void without_jobs_the_settings_decide() {
    TimeModel model = TimeModel.of(RATES, List.of());

    assertThat(model.spread()).isEqualTo(RATES.sigma());
    assertThat(model.seconds(new JobFactors("a", 1, 200_000, 0, 0, 100, 0))).isEqualTo(2);
    assertThat(model.seconds(new JobFactors("a", 3, 0, 0, 3, 100, 0)))
        .as("a job over nothing")
        .isEqualTo(0.2);
  }

  @Test
  void no_price_falls_below_nothing_and_any_history_gives_a_time() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Observation> history = new ArrayList<>();
      for (int i = 1 + random.nextInt(30); i > 0; i--) {
        double real = Math.exp(random.nextDouble(-7, 15));
        history.add(new Observation(JobId.of(i), job(random, "a", "b"), 1, real));
      }
      TimeModel model = TimeModel.of(RATES, history);

      assertThat(model.shares(job(random, "a")).values()).as("seed %d", seed).allMatch(s -> s >= 0);
      assertThat(model.seconds(job(random, "b"))).as("seed %d", seed).isPositive().isFinite();
      assertThat(model.spread()).isBetween(0.02, 1.5);
    }
  }

  @Test
  void a_term_that_is_left_out_costs_nothing() {
    TimeModel model =
        TimeModel.of(
            RATES,
            history(new SplittableRandom(1), 50, 0.1, "twitter"),
            EnumSet.complementOf(EnumSet.of(Term.MATCHES)));

    assertThat(model.shares(job(new SplittableRandom(2), "twitter")).get(Term.MATCHES)).isZero();
  }
}
