package dev.historics.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that decides what happens next.
 *
 * @param queries those for which there is something to do, by number
 * @param jobs those that run, by number
 * @param accounts of everybody who was ever charged
 * @param buckets of those for whom bytes are counted
 * @param results of everybody who ever had some
 */
public record Snapshot(
    Counters counters,
    List<Query> queries,
    List<Job> jobs,
    List<Turn> turns,
    List<Account> accounts,
    List<Bucket> buckets,
    List<KeptResults> results) {
  /** Of a queue that nobody has used. */
  static final Snapshot EMPTY =
      new Snapshot(
          Counters.FIRST, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Snapshot {
    queries = List.copyOf(queries);
    jobs = List.copyOf(jobs);
    turns = List.copyOf(turns);
    accounts = List.copyOf(accounts);
    buckets = List.copyOf(buckets);
    results = List.copyOf(results);
  }

  /**
   * What it has become.
   *
   * @param newer the state now, of whose queries only those that changed are given
   * @param live the queries for which there is something to do now
   */
  Snapshot become(Snapshot newer, Set<QueryId> live) {
    Set<QueryId> missing = new HashSet<>(live);
    TreeMap<Long, Query> now = new TreeMap<>();
    for (List<Query> source : List.of(newer.queries, queries)) {
      for (Query query : source) {
        if (missing.remove(query.id())) {
          now.put(query.head().number(), query);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("queries " + missing + " changed without a trace");
    }
    Counters theirs = newer.counters;
    // Nobody else is told of time that passed without a change.
    long worked = Math.max(theirs.dispatchedMillis(), counters.dispatchedMillis());
    return new Snapshot(
        theirs.withDispatchedMillis(worked),
        List.copyOf(now.values()),
        newer.jobs,
        newer.turns,
        newer.accounts,
        newer.buckets,
        newer.results);
  }

  /** The same with one more query at the end. */
  Snapshot plus(Query query) {
    List<Query> more = new ArrayList<>(queries);
    more.add(query);
    return new Snapshot(
        counters.after(query.head().number()), more, jobs, turns, accounts, buckets, results);
  }
}
