package dev.historics.schedule.simulation;

import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Rehearsal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Estimates of some queries' ends, asked for at set times during a run, and how they compare with
 * what happened. Beside the queue's own stand two that know little of it. One thread's.
 */
final class Promises {
  private enum Kind {
    SUBMISSION,
    HALF_LIFE
  }

  private record Question(long at, int query, Kind kind) {}

  private record Answer(Question question, FinishTimes times, double naive, double fifo) {}

  /** What else there is to tell about the queue. */
  interface Glance {
    /** Chunks that are not over, of the query. */
    int open(int query);

    /** Chunks that are not over, of the query and of those that came before it. */
    long openUpTo(int query);

    /** Users with chunks waiting. */
    int waitingUsers();
  }

  private final Workload workload;
  private final long[] finished;
  private final List<Question> questions = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private int next;

  /**
   * @param finished when each query ends, known from a run before
   * @param sample how many queries are asked about
   */
  Promises(Workload workload, long[] finished, int sample) {
    this.workload = workload;
    this.finished = finished;
    int queries = finished.length;
    int asked = Math.min(sample, queries);
    for (int i = 0; i < asked; i++) {
      int query = (int) ((i + 0.5) / asked * queries);
      long submitted = workload.submissions().get(query).at();
      questions.add(new Question(submitted, query, Kind.SUBMISSION));
      questions.add(
          new Question(submitted + (finished[query] - submitted) / 2, query, Kind.HALF_LIFE));
    }
    questions.sort(Comparator.comparingLong(Question::at).thenComparingInt(Question::query));
  }

  /** Asks what was to be asked by {@code now}. */
  void ask(long now, Rehearsal queue, Glance glance) {
    while (next < questions.size() && questions.get(next).at() <= now) {
      Question question = questions.get(next++);
      Instant at = Simulation.START.plusMillis(now);
      queue
          .estimate(at, new QueryId("%020x".formatted(question.query())))
          .ifPresent(times -> answers.add(answer(question, now, times, glance)));
    }
  }

  private Answer answer(Question question, long now, FinishTimes times, Glance glance) {
    double chunk = workload.chunkSeconds() * 1000 / workload.cluster().slots();
    int users = Math.max(1, glance.waitingUsers());
    return new Answer(
        question,
        times,
        now + glance.open(question.query()) * chunk * users,
        now + glance.openUpTo(question.query()) * chunk);
  }

  /** What came of them, once the run is over. */
  Eta eta() {
    List<Answer> first = of(Kind.SUBMISSION);
    return new Eta(accuracy(first), accuracy(of(Kind.HALF_LIFE)), naive(first), fifo(first));
  }

  /** How far off each was. */
  Run.Misses misses() {
    return new Run.Misses(errors(Kind.SUBMISSION), errors(Kind.HALF_LIFE));
  }

  private List<Double> errors(Kind kind) {
    return of(kind).stream()
        .map(answer -> error(answer, millis(answer.times().p50())))
        .sorted()
        .toList();
  }

  private List<Answer> of(Kind kind) {
    return answers.stream().filter(answer -> answer.question().kind() == kind).toList();
  }

  private Eta.Accuracy accuracy(List<Answer> of) {
    double[] errors =
        of.stream().mapToDouble(answer -> error(answer, millis(answer.times().p50()))).toArray();
    double covered =
        of.stream().mapToDouble(answer -> covers(answer) ? 1 : 0).average().orElse(Double.NaN);
    return accuracy(errors, covered);
  }

  private boolean covers(Answer answer) {
    long end = finished[answer.question().query()];
    return millis(answer.times().p10()) <= end && end <= millis(answer.times().p90());
  }

  private Eta.Accuracy naive(List<Answer> of) {
    return accuracy(
        of.stream().mapToDouble(answer -> error(answer, answer.naive())).toArray(), Double.NaN);
  }

  private Eta.Accuracy fifo(List<Answer> of) {
    return accuracy(
        of.stream().mapToDouble(answer -> error(answer, answer.fifo())).toArray(), Double.NaN);
  }

  private double error(Answer answer, double expected) {
    int query = answer.question().query();
    long life = finished[query] - workload.submissions().get(query).at();
    return Math.abs(expected - finished[query]) / Math.max(1, life);
  }

  private static double millis(Instant moment) {
    return (double) Simulation.START.until(moment, ChronoUnit.MILLIS);
  }

  private static Eta.Accuracy accuracy(double[] errors, double coverage) {
    if (errors.length == 0) {
      return Eta.Accuracy.NONE;
    }
    Arrays.sort(errors);
    return new Eta.Accuracy(Spread.quantile(errors, 0.5), Spread.quantile(errors, 0.9), coverage);
  }
}
