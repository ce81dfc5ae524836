package dev.historics.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows everybody's queue, and of each query why it waits and who is ahead of it. */
final class Waits {
  /** How many of those ahead are named. */
  private static final int AHEAD_MAX = 10;

  private final SchedulerSettings settings;
  private final Core core;
  private final Views views;
  private final Set<String> members;
  private final Reasons reasons;
  private final Map<ChunkId, Long> tickets;
  private final Map<QueryId, Long> lowest = new HashMap<>();
  private final List<QueryId> inTurn;

  /**
   * @param led whether somebody dispatches
   */
  Waits(SchedulerSettings settings, Core core, Views views, boolean led, Instant now) {
    this.settings = settings;
    this.core = core;
    this.views = views;
    Collection<Pool.Seat> served =
        settings.policy().pools() ? core.pool().members() : core.pool().everybody();
    this.members = served.stream().map(Pool.Seat::user).collect(Collectors.toSet());
    this.reasons = new Reasons(settings, core, members, led, now);
    this.tickets =
        core.tickets(
            core.pool().everybody().stream().map(Pool.Seat::user).collect(Collectors.toSet()), now);
    for (Query query : core.snapshot().queries()) {
      ticket(query).ifPresent(ticket -> lowest.put(query.id(), ticket));
    }
    this.inTurn =
        lowest.entrySet().stream()
            .sorted(
                Map.Entry.<QueryId, Long>comparingByValue()
                    .thenComparing(entry -> entry.getKey().value()))
            .map(Map.Entry::getKey)
            .toList();
  }

  /** The lowest ticket that a chunk of the query has which may be started. */
  private OptionalLong ticket(Query query) {
    return query.head().wish() != Wish.RUN
        ? OptionalLong.empty()
        : query.chunks().stream()
            .filter(chunk -> chunk.status() == QueryStatus.QUEUED)
            .flatMapToLong(
                chunk ->
                    tickets.containsKey(chunk.id())
                        ? OptionalLong.of(tickets.get(chunk.id())).stream()
                        : chunk.ticket().stream())
            .min();
  }

  QueueView queue() {
    Map<String, List<Query>> users = new LinkedHashMap<>();
    core.pool().everybody().forEach(seat -> users.put(seat.user(), new ArrayList<>()));
    for (Query query : core.snapshot().queries()) {
      if (!query.head().status().ended()) {
        users.computeIfAbsent(query.head().request().user(), name -> new ArrayList<>()).add(query);
      }
    }
    List<QueueView.User> lines = new ArrayList<>();
    users.forEach((user, queries) -> lines.add(user(user, queries)));
    int size = settings.policy().pools() ? settings.poolSize() : members.size();
    return new QueueView(size, members.size(), lines);
  }

  private QueueView.User user(String user, List<Query> queries) {
    List<QueueView.Line> lines = queries.stream().map(this::line).toList();
    return new QueueView.User(
        user,
        members.contains(user),
        lines.stream().mapToInt(QueueView.Line::chunksWaiting).sum(),
        lines.stream().mapToInt(QueueView.Line::chunksRunning).sum(),
        queries.stream().map(Query::id).filter(lowest::containsKey).mapToLong(lowest::get).min(),
        lines);
  }

  private QueueView.Line line(Query query) {
    Long ticket = lowest.get(query.id());
    Reason reason =
        reasons.of(query, ticket == null ? OptionalLong.empty() : OptionalLong.of(ticket));
    return new QueueView.Line(
        query.id(),
        query.head().request().name(),
        query.head().status(),
        query.chunks().size(),
        count(query, QueryStatus.QUEUED),
        count(query, QueryStatus.RUNNING),
        views.estimate(query),
        reason.why(),
        ahead(query),
        reason.help());
  }

  private static int count(Query query, QueryStatus status) {
    return (int) query.chunks().stream().filter(chunk -> chunk.status() == status).count();
  }

  /** Whose next chunks go before this query's next, the first ones first. */
  private List<QueryId> ahead(Query query) {
    if (query.head().status() == QueryStatus.INIT) {
      return core.arrivingBefore(query.id()).stream().limit(AHEAD_MAX).toList();
    }
    return lowest.containsKey(query.id())
        ? inTurn.stream().takeWhile(other -> !other.equals(query.id())).limit(AHEAD_MAX).toList()
        : List.of();
  }
}
