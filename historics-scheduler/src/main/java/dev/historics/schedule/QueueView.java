package dev.historics.schedule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everybody's queue as people see it.
 *
 * @param poolSize how many users are served at a time
 * @param poolNow how many are at present; more than {@code poolSize} when somebody had to wait too
 *     long
 * @param users those with a query that has not ended: who has chunks to start first, the oldest
 *     query before the others
 */
public record QueueView(int poolSize, int poolNow, List<User> users) {
  public QueueView {
    users = List.copyOf(users);
  }

  /**
   * One user's queue.
   *
   * @param nextTicket of her next chunk, if it has one
   * @param queries by submission
   */
  public record User(
      String user,
      boolean inPool,
      int chunksWaiting,
      int chunksRunning,
      OptionalLong nextTicket,
      List<Line> queries) {
    public User {
      queries = List.copyOf(queries);
    }
  }

  /**
   * One query that has not ended.
   *
   * @param chunksWaiting how many have not started, be it because it is paused
   * @param why a sentence that says what it waits for
   * @param ahead the first ten queries whose next chunks go before its next; of one that is not
   *     queued yet, those of its user that are queued before it
   * @param help a sentence that says what would let it go on sooner; empty if nothing would
   */
  public record Line(
      QueryId query,
      String name,
      QueryStatus status,
      int chunks,
      int chunksWaiting,
      int chunksRunning,
      Optional<FinishTimes> estimate,
      String why,
      List<QueryId> ahead,
      String help) {
    public Line {
      ahead = List.copyOf(ahead);
    }
  }
}
