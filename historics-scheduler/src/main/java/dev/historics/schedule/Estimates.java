package dev.historics.schedule;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the chunks and queries of one moment are expected to end, out of {@value #REPLAYS_MAX}
 * replays of the queue, or fewer where many chunks wait: at most {@value #STEPS_MAX} chunks are
 * replayed in all, but at least {@value #REPLAYS_MIN} times. Beyond {@value #CHUNKS_MAX} waiting
 * chunks nothing is said.
 */
final class Estimates {
  static final int REPLAYS_MAX = 20;
  static final int REPLAYS_MIN = 3;
  static final int STEPS_MAX = 100_000;
  static final int CHUNKS_MAX = 200_000;
  private static final int RATIOS_MIN = 5;

  /** How many finished jobs the correction is learned from. */
  static final int RATIOS_MAX = 50;

  /** Says nothing. */
  static final Estimates NONE = new Estimates();

  private final Map<ChunkId, FinishTimes> chunks = new HashMap<>();
  private final Map<QueryId, FinishTimes> queries = new HashMap<>();

  private Estimates() {}

  /**
   * @param ratios real over predicted time of finished jobs
   */
  Estimates(SchedulerSettings settings, Snapshot snapshot, Instant now, List<Double> ratios) {
    long open =
        snapshot.queries().stream()
            .flatMap(query -> query.chunks().stream())
            .filter(chunk -> !chunk.over())
            .count();
    if (open == 0 || open > CHUNKS_MAX) {
      return;
    }
    int replays = (int) Math.max(REPLAYS_MIN, Math.min(REPLAYS_MAX, STEPS_MAX / open));
    double correction = correction(ratios);
    Map<ChunkId, long[]> ends = new HashMap<>();
    Map<QueryId, long[]> lasts = new HashMap<>();
    for (int i = 0; i < replays; i++) {
      int replay = i;
      Map<ChunkId, Long> run = new Replay(settings, snapshot, now, correction, replay).ends();
      run.forEach(
          (chunk, end) -> {
            ends.computeIfAbsent(chunk, id -> new long[replays])[replay] = end;
            long[] last = lasts.computeIfAbsent(chunk.query(), id -> new long[replays]);
            last[replay] = Math.max(last[replay], end);
          });
    }
    ends.forEach((chunk, millis) -> chunks.put(chunk, times(now, millis)));
    lasts.forEach((query, millis) -> queries.put(query, times(now, millis)));
  }

  /** The median, once there is enough experience. */
  static double correction(List<Double> ratios) {
    if (ratios.size() < RATIOS_MIN) {
      return 1;
    }
    List<Double> sorted = ratios.stream().sorted().toList();
    return Math.max(0.001, Math.min(1000, sorted.get(sorted.size() / 2)));
  }

  private static FinishTimes times(Instant now, long[] millis) {
    Arrays.sort(millis);
    return new FinishTimes(
        now.plusMillis(rank(millis, 0.1)),
        now.plusMillis(rank(millis, 0.5)),
        now.plusMillis(rank(millis, 0.9)));
  }

  private static long rank(long[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** Empty for a chunk that is over, or that nothing can be said of, such as a paused one. */
  Optional<FinishTimes> chunk(ChunkId id) {
    return Optional.ofNullable(chunks.get(id));
  }

  Optional<FinishTimes> query(QueryId id) {
    return Optional.ofNullable(queries.get(id));
  }
}
