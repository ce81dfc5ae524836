package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the chunks and queries of one moment are expected to end, out of replays of the queue: their
 * median, and around it a log-normal spread of as much as one more replay would differ, and as the
 * time model may be off as a whole.
 *
 * <p>The cost is bounded, whatever waits: after {@value #WORK_MAX} ended chunks and jobs, in all
 * replays together, there is no further one, and the end of a long one is extrapolated. The sooner
 * what is asked about ends, the more replays there are.
 */
final class Estimates {
  static final int REPLAYS_MAX = 40;
  static final int WORK_MAX = 30_000;

  /** How much of each replay is not extrapolated, whatever waits. */
  static final int WORK_LEAST = 3_000;

  /** With more waiting chunks than this there is one replay. */
  private static final int ONCE = 10_000;

  /** From fewer it cannot be told how much they differ. */
  private static final int SPREAD_REPLAYS = 5;

  /** How many chunks can be put into the queue in the time in which one ends. */
  private static final int QUEUED_CHEAPER = 6;

  /** How many standard deviations lie between the median and P10 or P90. */
  private static final double DEVIATIONS = 1.2816;

  /** How far off the time model is as a whole, however many jobs it has seen. */
  private static final double SPREAD_LEAST = 0.05;

  /** How far off is what was not replayed. */
  private static final double SPREAD_UNSEEN = 0.8;

  private static final double SPREAD_MOST = 2;

  /** How much wider it gets where two ways of telling differ by more than {@link #DOUBT}. */
  private static final double DOUBTED = 1.5;

  private static final double DOUBT = 2;
  private static final int PROGRESS_MIN = 3;

  /** Says nothing. */
  static final Estimates NONE = new Estimates();

  private final Instant now;
  private final List<Ends> futures;
  private final Experience experience;
  private final long workedMillis;
  private final SimpleEstimates beside;
  private final Map<QueryId, Query> queries = new HashMap<>();

  private Estimates() {
    now = Instant.EPOCH;
    futures = List.of();
    experience = Experience.none(Rates.DEFAULTS);
    workedMillis = 0;
    beside = new SimpleEstimates(List.of(), 1, 1);
  }

  /** Of everything. */
  Estimates(SchedulerSettings settings, Snapshot snapshot, Instant now, Experience experience) {
    this(
        settings,
        snapshot,
        now,
        experience,
        snapshot.queries().stream().map(Query::id).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Of some queries, more exactly.
   *
   * @param asked which; of others nothing may be said
   */
  Estimates(
      SchedulerSettings settings,
      Snapshot snapshot,
      Instant now,
      Experience experience,
      Set<QueryId> asked) {
    this.now = now;
    this.experience = experience;
    this.futures = new ArrayList<>();
    this.workedMillis = snapshot.counters().dispatchedMillis();
    this.beside =
        new SimpleEstimates(snapshot.queries(), experience.meanSeconds(), settings.jobs());
    long open = 0;
    for (Query query : snapshot.queries()) {
      queries.put(query.id(), query);
      open += Ends.open(query);
    }
    if (open == 0) {
      return;
    }
    long queueing = open / QUEUED_CHEAPER;
    int least = open > ONCE ? 1 : SPREAD_REPLAYS;
    int most = open > ONCE ? 1 : REPLAYS_MAX;
    long each = Math.max(WORK_LEAST, WORK_MAX / least - queueing);
    Map<QueryId, Double> matchShares = experience.matchShares(snapshot.queries());
    DayVolumes volumes = new DayVolumes(snapshot.queries());
    long work = 0;
    for (int seed = 0; seed < most && work < WORK_MAX; seed++) {
      Replay replay =
          new Replay(settings, snapshot, now, experience, matchShares, volumes, asked, seed);
      futures.add(replay.run(each));
      work += queueing + replay.work();
    }
  }

  /** Empty for a chunk that is over, or that nothing can be said of, such as a paused one. */
  Optional<FinishTimes> chunk(ChunkId id) {
    return times(futures.stream().mapToLong(future -> future.chunk(id)).toArray(), 1, 0, 1);
  }

  /** Empty for a query of which nothing waits for its turn only. */
  Optional<FinishTimes> query(QueryId id) {
    Query query = queries.get(id);
    if (query == null) {
      return Optional.empty();
    }
    long[] ends = futures.stream().mapToLong(future -> future.query(id)).toArray();
    double unseen =
        futures.stream().filter(future -> future.extrapolated(id)).count()
            / (double) Math.max(1, futures.size());
    return times(ends, Ends.open(query), unseen, doubt(query, ends));
  }

  /** What is expected of a query, as it is remembered. */
  Optional<Promise> promise(QueryId id) {
    return query(id)
        .map(
            times ->
                new Promise(
                    id,
                    now,
                    workedMillis,
                    seconds(times.p10()),
                    seconds(times.p50()),
                    seconds(times.p90()),
                    experience.caution(),
                    beside.naive(queries.get(id)),
                    beside.fifo(queries.get(id))));
  }

  private double seconds(Instant end) {
    return Duration.between(now, end).toMillis() / 1000.0;
  }

  /**
   * How much wider the interval gets because the query's own progress tells something else.
   *
   * @param ends in each future
   */
  private double doubt(Query query, long[] ends) {
    long done =
        query.chunks().stream().filter(chunk -> chunk.status() == QueryStatus.SUCCEEDED).count();
    long passed = Duration.between(query.head().submitted(), now).toMillis();
    double expected = Arrays.stream(ends).average().orElse(0);
    if (done < PROGRESS_MIN || passed <= 0 || expected <= 0) {
      return 1;
    }
    double bySelf = (double) passed / done * Ends.open(query);
    return bySelf > expected * DOUBT || expected > bySelf * DOUBT ? DOUBTED : 1;
  }

  /**
   * @param ends in each future
   * @param unseen in which share of the futures a part was extrapolated
   */
  private Optional<FinishTimes> times(long[] ends, int chunks, double unseen, double doubt) {
    if (ends.length == 0 || Arrays.stream(ends).anyMatch(end -> end == Ends.NEVER)) {
      return Optional.empty();
    }
    Arrays.sort(ends);
    double middle = middle(ends);
    double spread = doubt * experience.caution() * Math.sqrt(squares(ends, middle, chunks, unseen));
    double factor = Math.exp(DEVIATIONS * Math.min(SPREAD_MOST, spread));
    return Optional.of(
        new FinishTimes(after(middle / factor), after(middle), after(middle * factor)));
  }

  /** The median: of an even number the geometric mean of the two in the middle. */
  private static double middle(long[] sorted) {
    double below = Math.max(1, sorted[(sorted.length - 1) / 2]);
    double above = Math.max(1, sorted[sorted.length / 2]);
    return Math.sqrt(below * above);
  }

  /** The variance of the logarithm of what one more replay would tell, by Student. */
  private double squares(long[] ends, double middle, int chunks, double unseen) {
    double jobs = experience.model().spread();
    double between = jobs * jobs / Math.max(1, chunks);
    if (ends.length >= SPREAD_REPLAYS) {
      double sum = 0;
      for (long end : ends) {
        double log = Math.log(Math.max(1, end) / middle);
        sum += log * log;
      }
      between = sum * (1 + 1.0 / ends.length) / (ends.length - 3);
    }
    double whole = jobs / Math.sqrt(1.0 + experience.observations());
    double least = jobs == 0 ? 0 : SPREAD_LEAST;
    double beyond = jobs == 0 ? 0 : unseen * SPREAD_UNSEEN * SPREAD_UNSEEN;
    return between + whole * whole + least * least + beyond;
  }

  private Instant after(double millis) {
    return now.plusMillis(Math.round(millis));
  }
}
