package dev.historics.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Queries that wait for room in the queue: each user's in the order they came. Owned by one thread.
 */
final class Admission {
  private final Usage usage;
  private final Map<String, TreeMap<Long, LiveQuery>> byUser = new HashMap<>();

  Admission(Usage usage) {
    this.usage = usage;
  }

  void add(LiveQuery query) {
    byUser.computeIfAbsent(query.user(), user -> new TreeMap<>()).put(query.number(), query);
  }

  void remove(LiveQuery query) {
    TreeMap<Long, LiveQuery> waiting = byUser.get(query.user());
    if (waiting != null && waiting.remove(query.number()) != null && waiting.isEmpty()) {
      byUser.remove(query.user());
    }
  }

  boolean isEmpty() {
    return byUser.isEmpty();
  }

  /** Takes out the oldest query for which there is room; nobody overtakes a user's older one. */
  Optional<LiveQuery> next() {
    TreeMap<Long, LiveQuery> firsts = new TreeMap<>();
    byUser.values().forEach(waiting -> firsts.put(waiting.firstKey(), first(waiting)));
    for (LiveQuery query : firsts.values()) {
      if (hold(query).isEmpty()) {
        remove(query);
        return Optional.of(query);
      }
    }
    return Optional.empty();
  }

  private static LiveQuery first(NavigableMap<Long, LiveQuery> waiting) {
    return waiting.firstEntry().getValue();
  }

  private Optional<Hold> hold(LiveQuery query) {
    return usage.queueHold(query.user(), query.open());
  }

  /** What keeps a query that waits here from being queued. */
  Optional<Hold> holdOf(LiveQuery query) {
    return Optional.ofNullable(byUser.get(query.user())).flatMap(waiting -> hold(first(waiting)));
  }

  /** The user's queries that are to be queued before this one. */
  List<QueryId> ahead(LiveQuery query) {
    List<QueryId> older = new ArrayList<>();
    TreeMap<Long, LiveQuery> waiting = byUser.getOrDefault(query.user(), new TreeMap<>());
    waiting.headMap(query.number()).values().forEach(other -> older.add(other.id()));
    return older;
  }
}
