package dev.historics.schedule;

import dev.historics.schedule.Waiting.Slot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The oldest query goes first with its earliest day, whoever asked it. */
final class OldestFirst implements Turns {
  private final Pool pool;

  OldestFirst(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Optional<Slot> next(long youngest, long now, Room room) {
    Optional<Slot> oldest = Optional.empty();
    for (Pool.Seat seat : pool.everybody()) {
      long older = oldest.map(slot -> slot.query().number() - 1).orElse(youngest);
      if (seat.oldest().number() > older) {
        break;
      }
      Optional<Slot> found = seat.first(older, room);
      oldest = found.isPresent() ? found : oldest;
    }
    return oldest;
  }

  @Override
  public Map<ChunkId, Long> tickets(Set<String> users, long next, long youngest, Room room) {
    Map<ChunkId, Long> tickets = new HashMap<>();
    long ticket = next;
    Stream<LiveQuery> queries =
        pool.everybody().stream()
            .flatMap(seat -> seat.queue().stream())
            .sorted(Comparator.comparingLong(LiveQuery::number));
    for (Slot slot :
        (Iterable<Slot>) queries.flatMap(query -> Waiting.fresh(query, room))::iterator) {
      if (users.contains(slot.query().user())) {
        tickets.put(slot.chunk().id(), ticket);
      }
      ticket++;
    }
    return tickets;
  }
}
