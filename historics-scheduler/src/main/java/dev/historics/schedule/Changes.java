package dev.historics.schedule;

import java.util.List;

/**
 * What one event changed, to be kept whole or not at all.
 *
 * @param created queries that are new, with their chunks
 * @param heads queries that changed
 * @param chunks chunks that changed
 * @param erased queries to forget, with all that belongs to them
 */
public record Changes(
    Counters counters,
    List<Query> created,
    List<QueryHead> heads,
    List<Chunk> chunks,
    List<Job> jobs,
    List<Turn> turns,
    List<Account> accounts,
    List<Bucket> buckets,
    List<KeptResults> results,
    List<QueryId> erased) {
  public Changes {
    created = List.copyOf(created);
    heads = List.copyOf(heads);
    chunks = List.copyOf(chunks);
    jobs = List.copyOf(jobs);
    turns = List.copyOf(turns);
    accounts = List.copyOf(accounts);
    buckets = List.copyOf(buckets);
    results = List.copyOf(results);
    erased = List.copyOf(erased);
  }

  /** Whether nothing happened that anybody must remember. */
  boolean none() {
    return created.isEmpty()
        && heads.isEmpty()
        && chunks.isEmpty()
        && jobs.isEmpty()
        && turns.isEmpty()
        && accounts.isEmpty()
        && buckets.isEmpty()
        && results.isEmpty()
        && erased.isEmpty();
  }
}
