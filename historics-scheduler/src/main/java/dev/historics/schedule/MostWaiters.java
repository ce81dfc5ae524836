package dev.historics.schedule;

import dev.historics.schedule.Waiting.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The day that most queries wait for goes first, for the oldest of them. */
final class MostWaiters implements Turns {
  private final Waiting waiting;

  MostWaiters(Waiting waiting) {
    this.waiting = waiting;
  }

  @Override
  public Optional<Slot> next(long youngest, long now, Room room) {
    return inTurn(room).findFirst();
  }

  private Stream<Slot> inTurn(Room room) {
    return waiting.byWaiters().flatMap(day -> waiting.oldest(day, room).stream());
  }

  @Override
  public Map<ChunkId, Long> tickets(Set<String> users, long next, long youngest, Room room) {
    Map<ChunkId, Long> tickets = new HashMap<>();
    long ticket = next;
    for (Slot slot : (Iterable<Slot>) inTurn(room)::iterator) {
      if (users.contains(slot.query().user()) && slot.chunk().ticket().isEmpty()) {
        tickets.put(slot.chunk().id(), ticket);
      }
      ticket++;
    }
    return tickets;
  }
}
