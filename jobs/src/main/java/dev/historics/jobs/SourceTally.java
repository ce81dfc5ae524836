package dev.historics.jobs;

import java.util.List;

/**
 * What one task found for one query in one source. Owned by one thread.
 *
 * <p>{@code inRange = matched + unmatched + quarantined} holds by construction: what is neither
 * matched nor quarantined is unmatched.
 */
final class SourceTally {
  private final String query;
  private final String source;
  private long inRange;
  private long matched;
  private long quarantined;
  private long takenDown;
  private String failure = "";

  SourceTally(String query, String source) {
    this.query = query;
    this.source = source;
  }

  /** Counts rows in range, and how many of them cannot be read. */
  void read(long rows, long unreadable) {
    inRange += rows;
    quarantined += unreadable;
  }

  /** Counts rows that would be in range, had nobody had them taken down. */
  void takenDown(long rows) {
    takenDown += rows;
  }

  void matched(long rows) {
    matched += rows;
  }

  void fail(String reason) {
    failure = reason;
  }

  String query() {
    return query;
  }

  String source() {
    return source;
  }

  long inRange() {
    return inRange;
  }

  long hits() {
    return matched;
  }

  long quarantined() {
    return quarantined;
  }

  /** Why the query cannot go on; empty if it can. */
  String failure() {
    return failure;
  }

  boolean failed() {
    return !failure.isEmpty();
  }

  /**
   * The counts as the task reports them.
   *
   * @param parts what was written for the matched rows
   */
  TaskReport.Count count(List<PartFile> parts) {
    return new TaskReport.Count(
        query, source, inRange, matched, quarantined, takenDown, failure, parts);
  }
}
