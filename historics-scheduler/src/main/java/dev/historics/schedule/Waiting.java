package dev.historics.schedule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The chunks that may be started, by the day they want.
 *
 * <p>A ticket is drawn when a chunk opens a job. What comes back after that keeps its ticket, and
 * so is the first to go again. The others stand in their users' queues: {@link Turns} say which of
 * them is next.
 */
final class Waiting {
  /** A chunk that may be started. */
  record Slot(LiveQuery query, int index) {
    Chunk chunk() {
      return query.chunk(index);
    }
  }

  /** How many chunks in a row may be found too much for a scan before no more are tried. */
  private static final int REFUSALS_MAX = 20;

  /** How many of those who wait for a day and a source are asked to ride at most. */
  private static final int CANDIDATES_MAX = 2000;

  private final SchedulerSettings settings;
  private final Predictor predictor;
  private final Pool pool;
  private final Turns turns;
  private final TreeSet<Slot> returned =
      new TreeSet<>(
          Comparator.comparingLong((Slot slot) -> slot.chunk().ticket().orElseThrow())
              .thenComparingLong(slot -> slot.query().number()));
  private final Map<LocalDate, Map<String, TreeMap<Long, LiveQuery>>> byDay = new HashMap<>();
  private final Map<LocalDate, Integer> waiters = new HashMap<>();
  private final TreeMap<Integer, TreeSet<LocalDate>> byWaiters =
      new TreeMap<>(Comparator.reverseOrder());

  /** How long all that waits would take chunk by chunk; whole, so that its order is all one. */
  private long millis;

  private long chunks;

  /**
   * @param dealt the youngest query whose chunks have been dealt tickets
   */
  Waiting(SchedulerSettings settings, Pool pool, Predictor predictor, long dealt) {
    this.settings = settings;
    this.pool = pool;
    this.predictor = predictor;
    this.turns = settings.policy().turns(settings, pool, this, dealt);
  }

  /** Whose chunk opens the next scan. */
  Turns turns() {
    return turns;
  }

  boolean isEmpty() {
    return pool.isEmpty();
  }

  void add(LiveQuery query, int index, long now) {
    Chunk chunk = query.chunk(index);
    boolean first = query.ready().isEmpty();
    query.ready(index);
    if (chunk.ticket().isPresent()) {
      returned.add(new Slot(query, index));
    }
    LocalDate day = chunk.id().day();
    Map<String, TreeMap<Long, LiveQuery>> sources =
        byDay.computeIfAbsent(day, wanted -> new HashMap<>());
    for (String source : query.request().sources()) {
      sources.computeIfAbsent(source, name -> new TreeMap<>()).put(query.number(), query);
    }
    count(day, 1);
    millis += aloneMillis(query, index);
    chunks++;
    if (first) {
      pool.join(query, now);
      turns.joined(query, now);
    }
  }

  void remove(LiveQuery query, int index, long now) {
    Chunk chunk = query.chunk(index);
    query.unready(index);
    if (chunk.ticket().isPresent()) {
      returned.remove(new Slot(query, index));
    }
    LocalDate day = chunk.id().day();
    Map<String, TreeMap<Long, LiveQuery>> sources = byDay.get(day);
    for (String source : query.request().sources()) {
      TreeMap<Long, LiveQuery> queries = sources.get(source);
      queries.remove(query.number());
      if (queries.isEmpty()) {
        sources.remove(source);
      }
    }
    if (sources.isEmpty()) {
      byDay.remove(day);
    }
    count(day, -1);
    millis -= aloneMillis(query, index);
    chunks--;
    if (query.ready().isEmpty()) {
      pool.leave(query);
      turns.left(query, now);
    }
  }

  private void count(LocalDate day, int more) {
    int before = waiters.getOrDefault(day, 0);
    int now = before + more;
    if (before > 0) {
      TreeSet<LocalDate> days = byWaiters.get(before);
      days.remove(day);
      if (days.isEmpty()) {
        byWaiters.remove(before);
      }
    }
    if (now > 0) {
      waiters.put(day, now);
      byWaiters.computeIfAbsent(now, waiting -> new TreeSet<>()).add(day);
    } else {
      waiters.remove(day);
    }
  }

  /** The chunk with the lowest ticket that was drawn before, of those there is room for. */
  Optional<Slot> lowestReturned(Room room) {
    return returned.stream().filter(room::fits).findFirst();
  }

  /** The query's chunks that there is room for and that have not been started before. */
  static Stream<Slot> fresh(LiveQuery query, Room room) {
    return query.ready().stream()
        .mapToObj(index -> new Slot(query, index))
        .filter(slot -> slot.chunk().ticket().isEmpty() && room.fits(slot));
  }

  /**
   * The query's chunk for whose day most others wait; of several the earliest.
   *
   * @param bytesMax what it may be to read at most; some chunk of the query is not larger
   */
  Slot mostWanted(LiveQuery query, long bytesMax) {
    BitSet ready = query.ready();
    int best = query.firstReady(bytesMax);
    int most = 0;
    for (int i = best; i >= 0; i = ready.nextSetBit(i + 1)) {
      int companions = query.chunk(i).volume().bytes() <= bytesMax ? companions(query, i) : 0;
      if (companions > most) {
        most = companions;
        best = i;
      }
    }
    return new Slot(query, best);
  }

  private int companions(LiveQuery query, int index) {
    LocalDate day = query.chunk(index).id().day();
    if (waiters.get(day) == 1) {
      return 1;
    }
    Map<String, TreeMap<Long, LiveQuery>> sources = byDay.get(day);
    int most = 0;
    for (String source : query.request().sources()) {
      most = Math.max(most, sources.get(source).size());
    }
    return most;
  }

  /** The days that somebody waits for, the most wanted first. */
  Stream<LocalDate> byWaiters() {
    return byWaiters.values().stream().flatMap(TreeSet::stream);
  }

  /** The oldest query's chunk of a day, of those there is room for. */
  Optional<Slot> oldest(LocalDate day, Room room) {
    return byDay.get(day).values().stream()
        .flatMap(
            queries ->
                queries.values().stream()
                    .map(query -> new Slot(query, query.indexOf(day)))
                    .filter(room::fits)
                    .findFirst()
                    .stream())
        .min(Comparator.comparingLong(slot -> slot.query().number()));
  }

  /**
   * Who rides on a scan for {@code opener}: chunks of other queries that want the same day and
   * share a source with it, oldest first, as many as are allowed and do not slow it down too much.
   *
   * @param may whether a chunk may be started now, beside those that ride already
   */
  List<Slot> riders(Slot opener, long now, BiPredicate<Slot, List<Slot>> may) {
    List<Slot> aboard = new ArrayList<>(List.of(opener));
    double bound = slowest(opener);
    int ridersMax = ridersMax(opener);
    int refusals = 0;
    for (Slot slot : turns.boarding(candidates(opener), now)) {
      if (aboard.size() > ridersMax || refusals == REFUSALS_MAX) {
        break;
      }
      if (may.test(slot, aboard)) {
        aboard.add(slot);
        if (predictor.seconds(aboard) > bound) {
          aboard.remove(aboard.size() - 1);
          refusals++;
        } else {
          refusals = 0;
        }
      }
    }
    return aboard.subList(1, aboard.size());
  }

  /** How long the chunk would take in a job of its own. */
  double aloneSeconds(Slot slot) {
    return predictor.seconds(List.of(slot));
  }

  private long aloneMillis(LiveQuery query, int index) {
    return Math.round(aloneSeconds(new Slot(query, index)) * 1000);
  }

  /** How long a chunk of those that wait would take in a job of its own, on average; 0 of none. */
  double meanSeconds() {
    return chunks == 0 ? 0 : millis / 1000.0 / chunks;
  }

  private double slowest(Slot opener) {
    return settings.policy().slowsOpenersFreely()
        ? Double.POSITIVE_INFINITY
        : aloneSeconds(opener) * (1 + settings.fairness().slowdownMax());
  }

  /** Those who wait for the opener's day and share a source with it, oldest first. */
  private List<Slot> candidates(Slot opener) {
    if (settings.ridersMax() == 0) {
      return List.of();
    }
    LocalDate day = opener.chunk().id().day();
    TreeMap<Long, LiveQuery> queries = new TreeMap<>();
    for (String source : opener.query().request().sources()) {
      byDay.get(day).get(source).values().stream()
          .filter(query -> query != opener.query())
          .limit(CANDIDATES_MAX)
          .forEach(query -> queries.put(query.number(), query));
    }
    return queries.values().stream()
        .map(query -> new Slot(query, query.indexOf(day)))
        .filter(slot -> goTogether(slot.chunk(), opener.chunk()) && turns.mayRide(slot, opener))
        .toList();
  }

  /** Who may bring down a job goes with those alone who were in it too. */
  private static boolean goTogether(Chunk one, Chunk other) {
    boolean suspect = one.caution().suspect();
    return suspect == other.caution().suspect()
        && (!suspect || one.ticket().equals(other.ticket()));
  }

  private int ridersMax(Slot opener) {
    Caution caution = opener.chunk().caution();
    return caution.suspect()
        ? Math.min(settings.ridersMax(), caution.partyMax() - 1)
        : settings.ridersMax();
  }
}
