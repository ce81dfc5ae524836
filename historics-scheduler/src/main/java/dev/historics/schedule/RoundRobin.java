package dev.historics.schedule;

import dev.historics.schedule.Waiting.Slot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The users of the pool take turns, each with the oldest chunk of the oldest query.
 *
 * <p>A ticket is drawn when a chunk opens a job. Those of the others follow from whose turn it is,
 * and are dealt anew at every dispatch: before it, so that every chunk has one; or after it, so
 * that chunks that came since have none.
 */
final class RoundRobin implements Turns {
  private enum Deal {
    BEFORE,
    AFTER
  }

  private final Pool pool;
  private final Deal deal;

  /** The youngest query whose chunks have tickets. */
  private long dealt;

  private RoundRobin(Pool pool, Deal deal, long dealt) {
    this.pool = pool;
    this.deal = deal;
    this.dealt = dealt;
  }

  /** Every waiting chunk of the pool has a ticket, and every chunk may ride. */
  static RoundRobin dealtBefore(Pool pool, long dealt) {
    return new RoundRobin(pool, Deal.BEFORE, dealt);
  }

  /** Chunks that came since the last dispatch have no ticket, and only those without may ride. */
  static RoundRobin dealtAfter(Pool pool, long dealt) {
    return new RoundRobin(pool, Deal.AFTER, dealt);
  }

  @Override
  public Optional<Slot> next(long youngest, long now, Room room) {
    if (deal == Deal.BEFORE) {
      dealt = youngest;
    }
    return pool.next(dealt, room)
        .or(() -> pool.next(youngest, room))
        .or(() -> pool.nextOutside(room));
  }

  @Override
  public boolean mayRide(Slot rider, Slot opener) {
    if (deal == Deal.BEFORE) {
      return true;
    }
    OptionalLong ticket = rider.chunk().ticket();
    if (ticket.isPresent()) {
      return ticket.equals(opener.chunk().ticket());
    }
    return rider.query().number() > dealt || !pool.member(rider.query().user());
  }

  @Override
  public void opened(Slot opener) {
    pool.take(opener.query().user());
  }

  @Override
  public void started(long youngest) {
    dealt = youngest;
  }

  @Override
  public long dealt(long youngest) {
    return deal == Deal.BEFORE ? youngest : dealt;
  }

  @Override
  public Map<ChunkId, Long> tickets(Set<String> users, long next, long youngest, Room room) {
    Map<Pool.Seat, List<Slot>> hands = new LinkedHashMap<>();
    Map<Pool.Seat, Long> lengths = new LinkedHashMap<>();
    for (Pool.Seat seat : pool.members()) {
      List<Slot> hand = hand(seat, dealt(youngest), room);
      hands.put(seat, hand);
      lengths.put(seat, (long) hand.size());
    }
    Map<ChunkId, Long> tickets = new HashMap<>();
    hands.forEach(
        (seat, hand) -> {
          if (users.contains(seat.user())) {
            long own = 0;
            for (Slot slot : hand) {
              tickets.put(slot.chunk().id(), next + own + pool.before(seat, own, lengths));
              own++;
            }
          }
        });
    return tickets;
  }

  private static List<Slot> hand(Pool.Seat seat, long dealt, Room room) {
    return seat.queue().stream()
        .filter(query -> query.number() <= dealt)
        .flatMap(query -> Waiting.fresh(query, room))
        .toList();
  }
}
