package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When what is expected of a query is written down anew: whenever it has become older by a quarter,
 * but in all no more often than takes a twentieth of the time.
 */
final class Reminders {
  private static final Duration PAUSE_LEAST = Duration.ofSeconds(1);
  private static final int PAUSE_SHARE = 20;
  private static final int AGE_SHARE = 4;

  private final Map<QueryId, Instant> next = new HashMap<>();
  private Instant quietUntil = Instant.MIN;

  boolean quiet(Instant now) {
    return now.isBefore(quietUntil);
  }

  /** Tells how long writing down took. */
  void took(Instant from, Instant to) {
    Duration share = Duration.between(from, to).multipliedBy(PAUSE_SHARE);
    quietUntil = to.plus(share.compareTo(PAUSE_LEAST) > 0 ? share : PAUSE_LEAST);
  }

  /**
   * Whose turn it is.
   *
   * @param queries all that have not ended
   */
  List<QueryId> due(List<Query> queries, Instant now) {
    Set<QueryId> known = new HashSet<>();
    List<QueryId> due = new ArrayList<>();
    for (Query query : queries) {
      known.add(query.id());
      Instant submitted = query.head().submitted();
      if (!now.isBefore(next.getOrDefault(query.id(), submitted))) {
        due.add(query.id());
        Duration age = Duration.between(submitted, now).dividedBy(AGE_SHARE);
        next.put(query.id(), now.plus(age.compareTo(PAUSE_LEAST) > 0 ? age : PAUSE_LEAST));
      }
    }
    next.keySet().retainAll(known);
    return due;
  }
}
