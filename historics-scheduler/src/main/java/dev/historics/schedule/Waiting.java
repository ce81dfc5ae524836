package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The chunks that may be started, in the order of their tickets and by the day they want.
 *
 * <p>A ticket is drawn when a chunk opens a job. What comes back after that keeps its ticket, and
 * so is the first to go again. The others stand in their users' queues: their tickets follow from
 * whose turn it is, and are dealt anew at every dispatch.
 */
final class Waiting {
  /** A chunk that may be started. */
  record Slot(LiveQuery query, int index) {
    Chunk chunk() {
      return query.chunk(index);
    }
  }

  private final Policy policy;
  private final int ridersMax;
  private final Pool pool;
  private final TreeSet<Slot> returned =
      new TreeSet<>(
          Comparator.comparingLong((Slot slot) -> slot.chunk().ticket().orElseThrow())
              .thenComparingLong(slot -> slot.query().number()));
  private final Map<LocalDate, Map<String, TreeMap<Long, LiveQuery>>> byDay = new HashMap<>();

  Waiting(SchedulerSettings settings, Pool pool) {
    this.policy = settings.policy();
    this.ridersMax = settings.ridersMax();
    this.pool = pool;
  }

  boolean isEmpty() {
    return pool.isEmpty();
  }

  void add(LiveQuery query, int index, long now) {
    Chunk chunk = query.chunk(index);
    query.ready().set(index);
    if (chunk.ticket().isPresent()) {
      returned.add(new Slot(query, index));
    }
    Map<String, TreeMap<Long, LiveQuery>> sources =
        byDay.computeIfAbsent(chunk.id().day(), day -> new HashMap<>());
    for (String source : query.request().sources()) {
      sources.computeIfAbsent(source, name -> new TreeMap<>()).put(query.number(), query);
    }
    pool.join(query, now);
  }

  void remove(LiveQuery query, int index) {
    Chunk chunk = query.chunk(index);
    query.ready().clear(index);
    if (chunk.ticket().isPresent()) {
      returned.remove(new Slot(query, index));
    }
    Map<String, TreeMap<Long, LiveQuery>> sources = byDay.get(chunk.id().day());
    for (String source : query.request().sources()) {
      TreeMap<Long, LiveQuery> queries = sources.get(source);
      queries.remove(query.number());
      if (queries.isEmpty()) {
        sources.remove(source);
      }
    }
    if (sources.isEmpty()) {
      byDay.remove(chunk.id().day());
    }
    if (query.ready().isEmpty()) {
      pool.leave(query);
    }
  }

  /** The chunk with the lowest ticket that was drawn before. */
  Optional<Slot> lowestReturned() {
    return returned.isEmpty() ? Optional.empty() : Optional.of(returned.first());
  }

  /** The user's oldest chunk. */
  static Slot first(Pool.Seat seat) {
    LiveQuery query = seat.oldest();
    return new Slot(query, query.ready().nextSetBit(0));
  }

  /**
   * Who rides on a scan for {@code opener}: chunks of other queries that want the same day and
   * share a source with it, oldest first.
   */
  List<Slot> riders(Slot opener, long dealt) {
    LocalDate day = opener.chunk().id().day();
    List<Pool.Seat> members = policy == Policy.SEED ? pool.members() : List.of();
    TreeMap<Long, Slot> riders = new TreeMap<>();
    for (String source : opener.query().request().sources()) {
      Map<Long, LiveQuery> queries =
          byDay.getOrDefault(day, Map.of()).getOrDefault(source, new TreeMap<>());
      int found = 0;
      for (LiveQuery query : queries.values()) {
        if (found == ridersMax) {
          break;
        }
        Slot slot = new Slot(query, query.indexOf(day));
        if (query != opener.query() && mayRide(slot, opener, members, dealt)) {
          riders.put(query.number(), slot);
          found++;
        }
      }
    }
    return riders.values().stream().limit(ridersMax).toList();
  }

  private boolean mayRide(Slot slot, Slot opener, List<Pool.Seat> members, long dealt) {
    return switch (policy) {
      case TICKETS -> true;
      case SEED -> {
        boolean dealtIn =
            slot.query().number() <= dealt
                && members.stream().anyMatch(seat -> seat.user().equals(slot.query().user()));
        OptionalLong ticket = slot.chunk().ticket();
        yield ticket.isEmpty() ? !dealtIn : ticket.equals(opener.chunk().ticket());
      }
    };
  }

  /**
   * The tickets of a user's chunks as they stand now.
   *
   * @param next the number of the next ticket to be drawn
   * @param dealt the youngest query whose chunks have tickets
   */
  Map<ChunkId, Long> tickets(String user, long next, long dealt) {
    Map<Pool.Seat, Long> lengths = new LinkedHashMap<>();
    for (Pool.Seat seat : pool.members()) {
      lengths.put(seat, length(seat, dealt));
    }
    Map<ChunkId, Long> tickets = new HashMap<>();
    for (Pool.Seat seat : lengths.keySet()) {
      if (seat.user().equals(user)) {
        long own = 0;
        for (Slot slot : dealtTo(seat, dealt)) {
          tickets.put(slot.chunk().id(), next + own + pool.before(seat, own, lengths));
          own++;
        }
      }
    }
    return tickets;
  }

  private static long length(Pool.Seat seat, long dealt) {
    return dealtTo(seat, dealt).size();
  }

  private static List<Slot> dealtTo(Pool.Seat seat, long dealt) {
    return seat.queue().stream()
        .filter(query -> query.number() <= dealt)
        .flatMap(query -> query.ready().stream().mapToObj(index -> new Slot(query, index)))
        .filter(slot -> slot.chunk().ticket().equals(OptionalLong.empty()))
        .toList();
  }
}
