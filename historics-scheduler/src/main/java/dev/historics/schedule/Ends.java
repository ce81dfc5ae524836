package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** When the chunks of one moment end in one future, in milliseconds after that moment. */
final class Ends {
  /** Of a chunk that does not end. */
  static final long NEVER = -1;

  /** A query's chunks: when each ends, and whether it waits for nothing but its turn. */
  private static final class Row {
    private final Query query;
    private final boolean asked;
    private final LocalDate first;
    private final long[] ends;
    private final boolean[] open;
    private int done;
    private boolean extrapolated;

    Row(Query query, boolean asked) {
      this.query = query;
      this.asked = asked;
      this.first = query.chunks().get(0).id().day();
      this.ends = new long[query.chunks().size()];
      this.open = new boolean[ends.length];
      Arrays.fill(ends, NEVER);
      boolean waits = query.head().wish() == Wish.RUN;
      for (int i = 0; i < open.length; i++) {
        QueryStatus status = query.chunks().get(i).status();
        open[i] = status == QueryStatus.RUNNING || (waits && status == QueryStatus.QUEUED);
      }
    }

    int left() {
      int left = 0;
      for (int i = 0; i < open.length; i++) {
        left += open[i] && ends[i] == NEVER ? 1 : 0;
      }
      return left;
    }
  }

  /** From fewer of its chunks it cannot be told how fast a query is. */
  private static final int PACE_CHUNKS = 3;

  private final Map<QueryId, Row> rows = new HashMap<>();
  private long open;

  /**
   * @param asked whose ends are looked for
   */
  Ends(List<Query> queries, Set<QueryId> asked) {
    for (Query query : queries) {
      Row row = new Row(query, asked.contains(query.id()));
      rows.put(query.id(), row);
      open += row.asked ? row.left() : 0;
    }
  }

  /** How many chunks of those asked about can end and have not. */
  long open() {
    return open;
  }

  void end(ChunkId chunk, long at) {
    Row row = rows.get(chunk.query());
    if (row == null) {
      return;
    }
    int index = (int) (chunk.day().toEpochDay() - row.first.toEpochDay());
    if (row.ends[index] == NEVER) {
      open -= row.asked && row.open[index] ? 1 : 0;
      row.done++;
      row.ends[index] = at;
    }
  }

  long chunk(ChunkId chunk) {
    Row row = rows.get(chunk.query());
    int index = row == null ? -1 : (int) (chunk.day().toEpochDay() - row.first.toEpochDay());
    return index < 0 || index >= row.ends.length ? NEVER : row.ends[index];
  }

  /** When the last chunk of a query ends; {@link #NEVER} if one of them does not. */
  long query(QueryId id) {
    Row row = rows.get(id);
    return row == null || row.left() > 0 ? NEVER : Arrays.stream(row.ends).max().orElse(NEVER);
  }

  /** Whether a part of a query was not replayed. */
  boolean extrapolated(QueryId id) {
    Row row = rows.get(id);
    return row != null && row.extrapolated;
  }

  /** How many chunks of a query had not ended at the start. */
  static int open(Query query) {
    int open = 0;
    for (boolean each : new Row(query, false).open) {
      open += each ? 1 : 0;
    }
    return open;
  }

  /**
   * Lets the rest be served as fast as before, every user as fast as any other, and each user's
   * queries one after the other, in {@code order}. When {@code c} chunks of a user are to be
   * served, the others are served as many each, or all that they have.
   *
   * @param served how many chunks have ended until {@code now}
   */
  void extrapolate(long now, long served, Comparator<QueryHead> order) {
    TreeMap<String, TreeMap<QueryHead, Row>> users = new TreeMap<>();
    for (Row row : rows.values()) {
      if (row.left() > 0) {
        users
            .computeIfAbsent(row.query.head().request().user(), user -> new TreeMap<>(order))
            .put(row.query.head(), row);
      }
    }
    long[] left =
        users.values().stream()
            .mapToLong(queue -> queue.values().stream().mapToLong(Row::left).sum())
            .sorted()
            .toArray();
    long[] sums = new long[left.length + 1];
    for (int i = 0; i < left.length; i++) {
      sums[i + 1] = sums[i] + left[i];
    }
    double millisPerChunk = (double) Math.max(1, now) / Math.max(1, served);
    for (TreeMap<QueryHead, Row> queue : users.values()) {
      long own = 0;
      for (Row row : queue.values()) {
        row.extrapolated = true;
        double pace = row.done < PACE_CHUNKS ? Double.POSITIVE_INFINITY : (double) now / row.done;
        int further = 0;
        for (int i = 0; i < row.open.length; i++) {
          if (row.open[i] && row.ends[i] == NEVER) {
            own++;
            further++;
            double turns = millisPerChunk * servedBefore(own, left, sums);
            row.ends[i] = now + Math.round(Math.min(turns, pace * further));
          }
        }
      }
    }
    open = 0;
  }

  private static long servedBefore(long own, long[] left, long[] sums) {
    int at = Arrays.binarySearch(left, own);
    int smaller = at < 0 ? -at - 1 : at;
    return sums[smaller] + own * (left.length - smaller);
  }
}
