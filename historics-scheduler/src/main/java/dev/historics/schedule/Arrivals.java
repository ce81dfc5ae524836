package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Queries that may come: drawn from those that came, and from the times between them. It begins
 * anywhere between two of them, and so rather in a long pause than in a short one.
 */
final class Arrivals {
  /** From fewer nothing is concluded. */
  private static final int PAST_MIN = 5;

  /** Who came all at once says nothing about how often somebody comes. */
  private static final Duration PAST_LEAST = Duration.ofMinutes(1);

  /** How many chunks come at most in one future, but for the last query. */
  private static final int CHUNKS_MAX = 10_000;

  private final List<Arrival> past;
  private final long[] pauses;
  private final SplittableRandom random;
  private final DayVolumes volumes;
  private long next;
  private int chunks;

  /**
   * @param past the newest first
   * @param volumes what days are taken to hold
   */
  Arrivals(List<Arrival> past, DayVolumes volumes, SplittableRandom random) {
    this.past = past;
    this.volumes = volumes;
    this.random = random;
    this.pauses = new long[Math.max(0, past.size() - 1)];
    long all = 0;
    for (int i = 0; i < pauses.length; i++) {
      Duration pause = Duration.between(past.get(i + 1).submitted(), past.get(i).submitted());
      pauses[i] = Math.max(1, pause.toMillis());
      all += pauses[i];
    }
    boolean enough = past.size() >= PAST_MIN && all >= PAST_LEAST.toMillis();
    this.next = enough ? first(all) : Long.MAX_VALUE;
  }

  /** What is left of a pause that a random moment falls into. */
  private long first(long all) {
    long at = random.nextLong(all);
    for (long pause : pauses) {
      if (at < pause) {
        return pause - at;
      }
      at -= pause;
    }
    throw new IllegalStateException("a moment lies in no pause");
  }

  /** When the next one comes, in milliseconds after the start; the largest number for never. */
  long next() {
    return next;
  }

  /** The next one, as if it were submitted. */
  Query take(long number, Instant submitted) {
    Arrival model = past.get(random.nextInt(past.size()));
    QueryRequest request = model.request();
    QueryId id = new QueryId("ffff%016x".formatted(number));
    List<LocalDate> days = Query.days(request);
    chunks += days.size();
    next = chunks < CHUNKS_MAX ? next + pauses[random.nextInt(pauses.length)] : Long.MAX_VALUE;
    Volume usual = Query.whole(model.volume(), Query.part(request, request.start(), request.end()));
    List<Chunk> waiting = new ArrayList<>(days.size());
    for (LocalDate day : days) {
      waiting.add(Query.cut(id, request, day, volumes.of(request.sources(), day, usual)));
    }
    return Query.waiting(id, number, request, waiting, submitted, Optional.empty());
  }
}
