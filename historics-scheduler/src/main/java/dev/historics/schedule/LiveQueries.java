package dev.historics.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The queries for which there is something to do, and where each of their chunks stands: whether it
 * waits for room in the queue, for its turn, for its next attempt, or for nothing. Keeps those
 * places in step with what changes. Owned by one thread.
 */
final class LiveQueries {
  private final SchedulerSettings settings;
  private final Waiting waiting;
  private final Usage usage;
  private final Unsaved unsaved;
  private final Admission arriving;
  private final SortedMap<Long, LiveQuery> byNumber = new TreeMap<>();
  private final Map<QueryId, LiveQuery> byId = new HashMap<>();
  private final SortedMap<Long, LiveQuery> closing = new TreeMap<>();
  private final SortedMap<Long, LiveQuery> erasing = new TreeMap<>();

  /** Chunks that are tried again later; some may not be wanted any more. */
  private final TreeSet<Chunk> resting =
      new TreeSet<>(
          Comparator.comparingLong((Chunk chunk) -> chunk.caution().notBefore())
              .thenComparing(chunk -> chunk.id().toString()));

  private long now;

  /**
   * @param now in dispatching time, in milliseconds
   */
  LiveQueries(SchedulerSettings settings, Waiting waiting, Usage usage, Unsaved unsaved, long now) {
    this.settings = settings;
    this.waiting = waiting;
    this.usage = usage;
    this.unsaved = unsaved;
    this.arriving = new Admission(usage);
    this.now = now;
  }

  /** How long a dispatcher has been at work in all, in milliseconds. */
  long now() {
    return now;
  }

  /** So much later, those start to wait for their turn who have rested. */
  void pass(Duration worked) {
    now += worked.toMillis();
    while (!resting.isEmpty() && resting.first().caution().notBefore() <= now) {
      ChunkId id = resting.pollFirst().id();
      LiveQuery query = byId.get(id.query());
      // Of some, meanwhile, nothing may be wanted any more.
      if (query != null && query.admitted()) {
        offer(query, query.indexOf(id.day()));
      }
    }
  }

  /** Whether a chunk will have rested, so much later. */
  boolean restedAfter(Duration more) {
    return !resting.isEmpty() && resting.first().caution().notBefore() <= now + more.toMillis();
  }

  // ---- which there are

  Optional<LiveQuery> find(QueryId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** One that is known to be here. */
  LiveQuery get(QueryId id) {
    return byId.get(id);
  }

  List<Query> all() {
    return byNumber.values().stream().map(LiveQuery::query).toList();
  }

  /** Those whose results are to be put together, by number. */
  Collection<LiveQuery> closing() {
    return closing.values();
  }

  boolean closes(LiveQuery query) {
    return closing.containsKey(query.number());
  }

  /** Those whose results are to go, by number. */
  Collection<LiveQuery> erasing() {
    return erasing.values();
  }

  boolean erases(LiveQuery query) {
    return erasing.containsKey(query.number());
  }

  boolean anyRests() {
    return !resting.isEmpty();
  }

  Admission arriving() {
    return arriving;
  }

  // ---- in and out

  LiveQuery adopt(Query kept) {
    LiveQuery query = new LiveQuery(kept);
    byNumber.put(query.number(), query);
    byId.put(query.id(), query);
    if (query.admitted()) {
      offer(query);
    } else if (query.head().wish() == Wish.RUN) {
      arriving.add(query);
    }
    settle(query);
    return query;
  }

  void forget(LiveQuery query) {
    byNumber.remove(query.number());
    byId.remove(query.id());
    closing.remove(query.number());
    erasing.remove(query.number());
  }

  /** Lets queries into the queue, in the order they came, as far as there is room for them. */
  void admit() {
    if (arriving.isEmpty()) {
      return;
    }
    for (Optional<LiveQuery> next = arriving.next(); next.isPresent(); next = arriving.next()) {
      next.get().admitted(true);
      offer(next.get());
      settle(next.get());
    }
  }

  /** Lets the query wait for room in the queue, unless it has some. */
  void arrive(LiveQuery query) {
    if (!query.admitted()) {
      arriving.add(query);
    }
  }

  /** Lets no further chunk of the query start, and makes room for others. */
  void withdraw(LiveQuery query) {
    int[] ready = query.ready().stream().toArray();
    for (int index : ready) {
      waiting.remove(query, index, now);
    }
    arriving.remove(query);
    query.admitted(false);
  }

  // ---- how the parts keep in step

  /** Lets the query's queued chunks be started. */
  void offer(LiveQuery query) {
    for (int i = 0; i < query.size(); i++) {
      offer(query, i);
    }
  }

  /** Lets a queued chunk be started, now or when it has rested. */
  void offer(LiveQuery query, int index) {
    Chunk chunk = query.chunk(index);
    if (chunk.status() == QueryStatus.QUEUED && !query.ready().get(index)) {
      if (chunk.caution().notBefore() > now) {
        resting.add(chunk);
      } else {
        waiting.add(query, index, now);
      }
    }
  }

  void change(LiveQuery query, int index, Chunk to) {
    query.chunk(index, to);
    unsaved.changed(to);
  }

  void change(LiveQuery query, QueryHead to) {
    query.head(to);
    settle(query);
  }

  /** After something of the query changed. */
  void settle(LiveQuery query) {
    query.head(query.head().with(query.standing(settings.attemptsMax())));
    usage.count(query);
    unsaved.changed(query);
    boolean over = query.open() == 0;
    QueryHead head = query.head();
    boolean close =
        over
            && head.wish() != Wish.DELETE
            && head.ended().isEmpty()
            && head.closeFailures() < settings.attemptsMax();
    place(query, close, closing);
    place(query, over && head.wish() == Wish.DELETE, erasing);
  }

  private static void place(LiveQuery query, boolean in, SortedMap<Long, LiveQuery> set) {
    if (in) {
      set.put(query.number(), query);
    } else {
      set.remove(query.number());
    }
  }
}
