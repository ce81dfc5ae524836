package dev.historics.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How users share, as the operator decides.
 *
 * @param slowdownMax the share by which riders may lengthen a scan over running for its opener
 *     alone; 0.25 is a quarter
 * @param aheadMax how far a user may be ahead of the others and still ride, in chunks of mean size;
 *     half as far with a query of more than a week
 * @param halfLife after how long half of what somebody is ahead is forgotten, in time during which
 *     a dispatcher was at work
 * @param stretchMax how many times as long as alone a query is to take at most: of a user's queries
 *     the one that would first be late goes first; with 0 the oldest
 * @param weights of users and groups by name; whoever has none has 1
 * @param groups the group of each user who is in one; a group shares as if it were one user
 */
public record Fairness(
    double slowdownMax,
    double aheadMax,
    Duration halfLife,
    double stretchMax,
    SortedMap<String, Double> weights,
    SortedMap<String, String> groups) {
  public static final Fairness DEFAULTS =
      new Fairness(0.25, 20, Duration.ofHours(1), 30, new TreeMap<>(), new TreeMap<>());

  public Fairness {
    Objects.requireNonNull(halfLife);
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    List<String> problems = new ArrayList<>();
    notNegative("slowdownMax", slowdownMax, problems);
    notNegative("aheadMax", aheadMax, problems);
    notNegative("stretchMax", stretchMax, problems);
    if (halfLife.isNegative() || halfLife.isZero()) {
      problems.add("halfLife must be over 0, got " + halfLife);
    }
    weights.forEach(
        (name, weight) -> {
          if (!(weight > 0 && weight <= 1_000_000)) {
            problems.add(
                "the weight of '%s' must be over 0 and at most 1000000, got %s"
                    .formatted(name, weight));
          }
        });
    for (Map.Entry<String, String> entry : groups.entrySet()) {
      if (groups.containsKey(entry.getValue()) || entry.getKey().equals(entry.getValue())) {
        problems.add("'%s' cannot be both a user and a group".formatted(entry.getValue()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void notNegative(String name, double value, List<String> problems) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      problems.add("%s must not be negative, got %s".formatted(name, value));
    }
  }

  double weight(String name) {
    return weights.getOrDefault(name, 1.0);
  }

  public Fairness withSlowdownMax(double share) {
    return new Fairness(share, aheadMax, halfLife, stretchMax, weights, groups);
  }

  public Fairness withAhead(double chunks, Duration forgottenByHalf) {
    return new Fairness(slowdownMax, chunks, forgottenByHalf, stretchMax, weights, groups);
  }

  public Fairness withStretchMax(double times) {
    return new Fairness(slowdownMax, aheadMax, halfLife, times, weights, groups);
  }

  public Fairness withWeights(Map<String, Double> byName) {
    return new Fairness(slowdownMax, aheadMax, halfLife, stretchMax, new TreeMap<>(byName), groups);
  }

  public Fairness withGroups(Map<String, String> byUser) {
    return new Fairness(
        slowdownMax, aheadMax, halfLife, stretchMax, weights, new TreeMap<>(byUser));
  }
}
