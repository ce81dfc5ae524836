package dev.historics.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query and its chunks, as the scheduler keeps them.
 *
 * @param chunks one for each UTC day that its range touches, in order, without a gap
 */
public record Query(QueryHead head, List<Chunk> chunks) {
  /** The longest range of one query. */
  public static final int DAYS_MAX = 36_525;

  public Query {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("query %s has no chunk".formatted(head.id()));
    }
    LocalDate day = chunks.get(0).id().day();
    for (Chunk chunk : chunks) {
      if (!chunk.id().equals(new ChunkId(head.id(), day))) {
        throw new IllegalArgumentException(
            "expected chunk %s/%s, got %s".formatted(head.id(), day, chunk.id()));
      }
      day = day.plusDays(1);
    }
  }

  public QueryId id() {
    return head.id();
  }

  /** A query that waits with all its chunks, until there is room for it in the queue. */
  static Query waiting(
      QueryId id,
      long number,
      QueryRequest request,
      List<Chunk> chunks,
      Instant submitted,
      Optional<FinishTimes> estimate) {
    return new Query(
        new QueryHead(
            id,
            number,
            request,
            Wish.RUN,
            QueryStatus.INIT,
            submitted,
            Optional.empty(),
            estimate,
            0,
            0),
        chunks);
  }

  /** How many UTC days {@code [start, end)} touches. */
  public static long days(Instant start, Instant end) {
    return ChronoUnit.DAYS.between(
            LocalDate.ofInstant(start, ZoneOffset.UTC),
            LocalDate.ofInstant(end.minusNanos(1), ZoneOffset.UTC))
        + 1;
  }

  /** The days of the range; the first and the last may be wanted in part only. */
  static List<LocalDate> days(QueryRequest request) {
    LocalDate first = LocalDate.ofInstant(request.start(), ZoneOffset.UTC);
    long count = days(request.start(), request.end());
    if (count > DAYS_MAX) {
      throw new IllegalArgumentException(
          "a query covers at most %d days, got %d: [%s, %s)"
              .formatted(DAYS_MAX, count, request.start(), request.end()));
    }
    List<LocalDate> days = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      days.add(first.plusDays(i));
    }
    return days;
  }

  /**
   * The part of {@code day} that the request wants.
   *
   * @param whole what its sources hold of the whole day
   */
  static Chunk cut(QueryId id, QueryRequest request, LocalDate day, Volume whole) {
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant next = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant from = request.start().isAfter(midnight) ? request.start() : midnight;
    Instant to = request.end().isBefore(next) ? request.end() : next;
    double part = part(request, from, to);
    Volume wanted =
        new Volume(Math.round(whole.records() * part), Math.round(whole.bytes() * part));
    return Chunk.waiting(new ChunkId(id, day), from, to, wanted);
  }

  /** How much the request's sample wants between two moments, in whole days; over 0. */
  static double part(QueryRequest request, Instant from, Instant to) {
    return request.samplePercent() / 100 * from.until(to, ChronoUnit.MILLIS) / DAY_MILLIS;
  }

  /** What a whole day holds of which a part holds {@code volume}. */
  static Volume whole(Volume volume, double part) {
    return new Volume(Math.round(volume.records() / part), Math.round(volume.bytes() / part));
  }

  private static final double DAY_MILLIS = 86_400_000;
}
