package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows everybody's queue, and says why each query waits. */
final class Waits {
  private final SchedulerSettings settings;
  private final Core core;
  private final Views views;
  private final Instant now;
  private final Set<String> members;
  private final Map<ChunkId, Long> tickets;

  Waits(SchedulerSettings settings, Core core, Views views, Instant now) {
    this.now = now;
    this.settings = settings;
    this.core = core;
    this.views = views;
    Collection<Pool.Seat> served =
        settings.policy().pools() ? core.pool().members() : core.pool().everybody();
    this.members = served.stream().map(Pool.Seat::user).collect(Collectors.toSet());
    this.tickets =
        core.tickets(
            core.pool().everybody().stream().map(Pool.Seat::user).collect(Collectors.toSet()));
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
    List<QueueView.Line> lines = queries.stream().map(query -> line(user, query)).toList();
    return new QueueView.User(
        user,
        members.contains(user),
        lines.stream().mapToInt(QueueView.Line::chunksWaiting).sum(),
        lines.stream().mapToInt(QueueView.Line::chunksRunning).sum(),
        queries.stream().map(this::lowest).flatMapToLong(OptionalLong::stream).min(),
        lines);
  }

  private QueueView.Line line(String user, Query query) {
    return new QueueView.Line(
        query.id(),
        query.head().request().name(),
        query.head().status(),
        query.chunks().size(),
        count(query, QueryStatus.QUEUED),
        count(query, QueryStatus.RUNNING),
        views.estimate(query),
        why(user, query, lowest(query)));
  }

  private static int count(Query query, QueryStatus status) {
    return (int) query.chunks().stream().filter(chunk -> chunk.status() == status).count();
  }

  /** The lowest ticket that a waiting chunk of the query has. */
  private OptionalLong lowest(Query query) {
    return query.chunks().stream()
        .filter(chunk -> chunk.status() == QueryStatus.QUEUED)
        .flatMapToLong(
            chunk ->
                tickets.containsKey(chunk.id())
                    ? OptionalLong.of(tickets.get(chunk.id())).stream()
                    : chunk.ticket().stream())
        .min();
  }

  private String why(String user, Query query, OptionalLong ticket) {
    return switch (query.head().status()) {
      case PAUSING -> "it pauses as soon as its running chunks end";
      case PAUSED -> "it is paused; 'resume' lets it go on";
      case STOPPING ->
          "it stops as soon as its running chunks end and its results are put together";
      case DELAYED -> delayed(query);
      case INIT, QUEUED, SUBMITTED, RUNNING ->
          count(query, QueryStatus.QUEUED) > 0 ? waits(user, query, ticket) : running(query);
      case STOPPED, SUCCEEDED, FAILED -> "it has ended";
    };
  }

  private static String delayed(Query query) {
    return query.chunks().stream()
        .filter(chunk -> chunk.status() == QueryStatus.DELAYED)
        .findFirst()
        .map(
            chunk ->
                "%s failed %d times (%s); 'resume' tries it again"
                    .formatted(chunk.id().day(), chunk.attempts(), chunk.failure()))
        .orElse("its results could not be put together; 'resume' tries it again");
  }

  private static String running(Query query) {
    return count(query, QueryStatus.RUNNING) > 0
        ? "all its remaining chunks are running"
        : "all its chunks are over; its results are being put together";
  }

  private String waits(String user, Query query, OptionalLong ticket) {
    Optional<Hold> hold = core.hold(query.id(), now);
    if (hold.isPresent()) {
      return held(hold.get());
    }
    if (!members.contains(user)) {
      return "%s is not in the pool of %d: users with older queries go first; %s gets in when there is room, or after %s of waiting"
          .formatted(user, settings.poolSize(), user, words(settings.starvationInterval()));
    }
    if (ticket.isEmpty()) {
      return settings.policy().pools()
          ? "it is new: its chunks get their tickets at the next dispatch"
          : "an older query of %s goes first; it rides when others scan its days".formatted(user);
    }
    long before = ticket.getAsLong() - core.nextTicket();
    return before > 0
        ? "its next chunk has ticket %d; %d before it".formatted(ticket.getAsLong(), before)
        : "its next chunk has ticket %d and is the next to start".formatted(ticket.getAsLong());
  }

  private static String held(Hold hold) {
    String quota = hold.quota().key();
    String owner = hold.owner().name();
    return switch (hold.quota()) {
      case QUEUED ->
          "%s has as many chunks queued as %s allows; it is queued when some of them are over"
              .formatted(owner, quota);
      case RUNNING ->
          "%s runs as many chunks as %s allows; it goes on when one ends".formatted(owner, quota);
      case BYTES_PER_DAY ->
          "%s has read what %s allows; it goes on as the day passes".formatted(owner, quota);
      case RESULT_BYTES ->
          "%s keeps as many results as %s allows; it goes on when some are deleted"
              .formatted(owner, quota);
    };
  }

  private static String words(Duration length) {
    if (length.toSeconds() % 3600 == 0) {
      return length.toHours() + " h";
    }
    return length.toSeconds() % 60 == 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }
}
