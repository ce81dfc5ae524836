package dev.historics.schedule;

import dev.historics.schedule.Waiting.Slot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The oldest query goes first with its earliest day, whoever asked it. */
final class OldestFirst implements Turns {
  private final Pool pool;

  OldestFirst(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Optional<Slot> next(long youngest, long now, Predicate<Slot> may) {
    // Each user's oldest stands for the user: what stops it stops her others too.
    return pool.everybody().stream().map(Waiting::first).filter(may).findFirst();
  }

  @Override
  public Map<ChunkId, Long> tickets(Set<String> users, long next, long youngest) {
    Map<ChunkId, Long> tickets = new HashMap<>();
    long ticket = next;
    Stream<LiveQuery> queries =
        pool.everybody().stream()
            .flatMap(seat -> seat.queue().stream())
            .sorted(Comparator.comparingLong(LiveQuery::number));
    for (Slot slot : (Iterable<Slot>) queries.flatMap(Waiting::fresh)::iterator) {
      if (users.contains(slot.query().user())) {
        tickets.put(slot.chunk().id(), ticket);
      }
      ticket++;
    }
    return tickets;
  }
}
