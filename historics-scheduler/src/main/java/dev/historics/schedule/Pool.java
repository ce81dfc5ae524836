package dev.historics.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose turn it is. The pool is the {@code size} users whose queues hold the oldest queries, and
 * those who waited longer than the starvation interval until their queues are empty or they are
 * among the oldest themselves.
 *
 * <p>The users in the pool stand in line. Who comes in goes to the end of it, and so does who takes
 * a turn: between two turns of a user, every other one has at most one.
 *
 * <p>Owned by one thread. A choice costs O(pool), a change O(log users).
 */
final class Pool {
  /** A user with the user's queue. */
  static final class Seat {
    private final String user;
    private final TreeMap<Long, LiveQuery> queue = new TreeMap<>();
    private long place;
    private long waitingSince;
    private boolean starved;
    private boolean pooled;

    private Seat(String user) {
      this.user = user;
    }

    String user() {
      return user;
    }

    /** The user's queries with chunks to start, oldest first. */
    Collection<LiveQuery> queue() {
      return queue.values();
    }

    LiveQuery oldest() {
      return queue.firstEntry().getValue();
    }

    /**
     * The user's oldest chunk that there is room for.
     *
     * @param dealt the youngest query whose chunks take part
     */
    Optional<Waiting.Slot> first(long dealt, Room room) {
      long bytesMax = room.bytes(user);
      return queue.headMap(dealt, true).values().stream()
          .filter(query -> query.anyReady(bytesMax))
          .findFirst()
          .map(query -> new Waiting.Slot(query, query.firstReady(bytesMax)));
    }

    /** How many bytes the smallest of the user's chunks is to read. */
    long leastBytes() {
      return queue.values().stream().mapToLong(LiveQuery::leastReadyBytes).min().orElseThrow();
    }

    private Turn turn() {
      return new Turn(user, place, waitingSince, starved, pooled);
    }
  }

  private final int size;
  private final long starvationMillis;
  private final Map<String, Seat> seats = new HashMap<>();
  private final TreeMap<Long, Seat> byOldest = new TreeMap<>();
  private final TreeSet<Seat> byWait =
      new TreeSet<>(
          Comparator.comparingLong((Seat seat) -> seat.waitingSince)
              .thenComparing(seat -> seat.user));
  private final TreeMap<String, Seat> starving = new TreeMap<>();
  private final TreeMap<Long, Seat> line = new TreeMap<>();
  private final Set<Seat> changed = new LinkedHashSet<>();
  private long nextPlace;

  /**
   * A pool without users.
   *
   * @param nextPlace at the end of the line
   */
  Pool(int size, Duration starvationInterval, long nextPlace) {
    this.size = size;
    this.starvationMillis = starvationInterval.toMillis();
    this.nextPlace = nextPlace;
  }

  long nextPlace() {
    return nextPlace;
  }

  boolean isEmpty() {
    return byOldest.isEmpty();
  }

  /** Puts users where they stood before. */
  void restore(List<Turn> turns, long next) {
    for (Turn turn : turns) {
      Seat seat = seats.get(turn.user());
      if (seat != null) {
        unlist(seat);
        seat.place = turn.place();
        seat.waitingSince = turn.waitingSince();
        seat.starved = turn.starved();
        seat.pooled = turn.pooled();
        list(seat);
      }
    }
    nextPlace = next;
    changed.clear();
  }

  /** The query has a chunk to start. */
  void join(LiveQuery query, long now) {
    Seat seat = seats.computeIfAbsent(query.user(), Seat::new);
    if (seat.queue.containsKey(query.number())) {
      return;
    }
    unlist(seat);
    if (seat.queue.isEmpty()) {
      seat.waitingSince = now;
      changed.add(seat);
    }
    seat.queue.put(query.number(), query);
    list(seat);
  }

  /** The query has no chunk to start any more. */
  void leave(LiveQuery query) {
    Seat seat = seats.get(query.user());
    unlist(seat);
    seat.queue.remove(query.number());
    if (seat.queue.isEmpty()) {
      seat.starved = false;
      seat.pooled = false;
      changed.add(seat);
    }
    list(seat);
  }

  /** Lets in whoever belongs in the pool now, and out who does not. */
  void evaluate(long now) {
    Set<Seat> target = new LinkedHashSet<>(oldest());
    for (Seat seat : target) {
      if (seat.starved) {
        mark(seat, false, seat.pooled);
      }
    }
    for (Seat seat : late(now)) {
      if (!target.contains(seat)) {
        mark(seat, true, seat.pooled);
      }
    }
    target.addAll(starving.values());
    for (Seat seat : members()) {
      if (!target.contains(seat)) {
        mark(seat, seat.starved, false);
      }
    }
    for (Seat seat : target) {
      if (!seat.pooled) {
        unlist(seat);
        seat.place = nextPlace++;
        list(seat);
        mark(seat, seat.starved, true);
      }
    }
  }

  private List<Seat> late(long now) {
    return byWait.stream().takeWhile(seat -> now - seat.waitingSince > starvationMillis).toList();
  }

  private void mark(Seat seat, boolean starved, boolean pooled) {
    unlist(seat);
    seat.starved = starved;
    seat.pooled = pooled;
    changed.add(seat);
    list(seat);
  }

  /** Who is served at present, the next one first. */
  List<Seat> members() {
    return List.copyOf(line.values());
  }

  private List<Seat> oldest() {
    return byOldest.values().stream().limit(size).toList();
  }

  /** Everybody whose queue holds something, oldest query first. */
  Collection<Seat> everybody() {
    return byOldest.values();
  }

  /**
   * The chunk whose turn it is: of the first in line who has one that there is room for.
   *
   * @param dealt the youngest query whose chunks take part
   */
  Optional<Waiting.Slot> next(long dealt, Room room) {
    return first(line.values(), dealt, room);
  }

  /** The chunk that is next if nobody in the pool has one that there is room for. */
  Optional<Waiting.Slot> nextOutside(Room room) {
    return first(byOldest.values(), Long.MAX_VALUE, room);
  }

  private static Optional<Waiting.Slot> first(Collection<Seat> from, long dealt, Room room) {
    return from.stream().flatMap(seat -> seat.first(dealt, room).stream()).findFirst();
  }

  /** Whether the user is served at present. */
  boolean member(String user) {
    Seat seat = seats.get(user);
    return seat != null && seat.pooled;
  }

  /** The user takes her turn. */
  void take(String user) {
    Seat seat = seats.get(user);
    unlist(seat);
    seat.place = nextPlace++;
    changed.add(seat);
    list(seat);
  }

  /** One of the user's chunks has been started, by whatever ticket. */
  void serve(String user, long now) {
    Seat seat = seats.get(user);
    unlist(seat);
    seat.waitingSince = now;
    changed.add(seat);
    list(seat);
  }

  /**
   * How many turns of others come before the user's turn after {@code own} more of her own.
   *
   * @param lengths how many turns each member will take
   */
  long before(Seat seat, long own, Map<Seat, Long> lengths) {
    long turns = 0;
    for (Map.Entry<Seat, Long> other : lengths.entrySet()) {
      if (other.getKey() != seat) {
        long first = other.getKey().place < seat.place ? 1 : 0;
        turns += Math.min(own + first, other.getValue());
      }
    }
    return turns;
  }

  /** Where each user stands who has something to start. */
  List<Turn> turns() {
    return new TreeMap<>(seats)
        .values().stream().filter(seat -> !seat.queue.isEmpty()).map(Seat::turn).toList();
  }

  /** The turns that changed since this was last asked. */
  List<Turn> drain() {
    List<Turn> turns = changed.stream().map(Seat::turn).toList();
    changed.clear();
    return turns;
  }

  private void unlist(Seat seat) {
    if (!seat.queue.isEmpty()) {
      byOldest.remove(seat.queue.firstKey());
      byWait.remove(seat);
      starving.remove(seat.user);
      line.remove(seat.place, seat);
    }
  }

  private void list(Seat seat) {
    if (!seat.queue.isEmpty()) {
      byOldest.put(seat.queue.firstKey(), seat);
      if (seat.pooled) {
        line.put(seat.place, seat);
      }
      if (seat.starved) {
        starving.put(seat.user, seat);
      } else {
        byWait.add(seat);
      }
    }
  }
}
