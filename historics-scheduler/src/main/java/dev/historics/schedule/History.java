package dev.historics.schedule;

import java.util.List;

/**
 * What was asked and what was run.
 *
 * @param queries every one that was not deleted, by submission
 * @param jobs every one that ran for one of them, by number; those that run now have no end
 */
public record History(List<Query> queries, List<Job> jobs) {
  public History {
    queries = List.copyOf(queries);
    jobs = List.copyOf(jobs);
  }
}
