package dev.historics.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What estimators say that know no policy: to see what ours is good for.
 *
 * @param meanSeconds what a job takes
 * @param jobs how many run at a time
 */
record SimpleEstimates(List<Query> queries, double meanSeconds, int jobs) {

  /** Chunks left, shared with everybody who waits. */
  double naive(Query query) {
    Set<String> users = new HashSet<>();
    for (Query each : queries) {
      if (Ends.open(each) > 0) {
        users.add(each.head().request().user());
      }
    }
    return Ends.open(query) * meanSeconds / jobs * Math.max(1, users.size());
  }

  /** One query after the other, without shared scans. */
  double fifo(Query query) {
    long chunks = 0;
    for (Query each : queries) {
      if (each.head().number() <= query.head().number()) {
        chunks += Ends.open(each);
      }
    }
    return chunks * meanSeconds / jobs;
  }
}
