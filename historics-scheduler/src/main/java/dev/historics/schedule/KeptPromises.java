package dev.historics.schedule;

import java.util.List;
import java.util.Optional;

/**
 * A query that ended well, and what was promised of it before. All times are such in which a
 * dispatcher was at work: nobody promises when one is started.
 *
 * @param promises in the order in which they were made, at least one
 */
public record KeptPromises(Finish finish, List<Promise> promises) {
  public KeptPromises {
    promises = List.copyOf(promises);
    if (promises.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing was promised of query %s".formatted(finish.query()));
    }
  }

  /** From the first promise to the end, in seconds, over 0. */
  public double life() {
    return left(promises.get(0));
  }

  /** From a promise to the end, in seconds, over 0. */
  double left(Promise promise) {
    return Math.max(1, finish.workedMillis() - promise.workedMillis()) / 1000.0;
  }

  /**
   * What people were told when a share of the query's life was over.
   *
   * @param share 0 for the promise at submission; below 1
   * @return empty if that promise is older than a quarter of the life before it
   */
  public Optional<Outcome> at(double share) {
    double passed = life() * share;
    Promise latest = promises.get(0);
    for (Promise promise : promises) {
      if (life() - left(promise) <= passed) {
        latest = promise;
      }
    }
    double age = life() - left(latest);
    return age < passed - life() / 4
        ? Optional.empty()
        : Optional.of(new Outcome(life(), left(latest), latest));
  }

  /**
   * One promise beside what came.
   *
   * @param life of the query, in seconds
   * @param left from the promise to the end, in seconds
   */
  public record Outcome(double life, double left, Promise promise) {
    /** How far off the middle was, as a share of the life; over 0 if it came too late. */
    double error() {
      return error(promise.p50());
    }

    double error(double expected) {
      return (expected - left) / life;
    }

    boolean inside() {
      return promise.p10() <= left && left <= promise.p90();
    }

    double width() {
      return (promise.p90() - promise.p10()) / life;
    }
  }
}
