package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A query while there is something to do for it. Owned by the core. */
final class LiveQuery {
  private final Chunk[] chunks;
  private final Map<QueryStatus, Integer> counts = new EnumMap<>(QueryStatus.class);
  private final BitSet ready = new BitSet();
  private QueryHead head;

  /** Whether there is room for it in the queue. */
  private boolean admitted;

  private Usage.Share counted = Usage.Share.NONE;

  LiveQuery(Query query) {
    head = query.head();
    admitted = head.wish() == Wish.RUN && head.status() != QueryStatus.INIT;
    chunks = query.chunks().toArray(Chunk[]::new);
    for (Chunk chunk : chunks) {
      counts.merge(chunk.status(), 1, Integer::sum);
    }
  }

  Query query() {
    return new Query(head, List.of(chunks));
  }

  QueryHead head() {
    return head;
  }

  void head(QueryHead now) {
    head = now;
  }

  boolean admitted() {
    return admitted;
  }

  void admitted(boolean now) {
    admitted = now;
  }

  /** How many of its chunks are queued or run, or could be once it has rested. */
  int queueing() {
    return admitted ? open() : count(QueryStatus.RUNNING);
  }

  /** What was counted of it; kept by {@link Usage}. */
  Usage.Share counted() {
    return counted;
  }

  void counted(Usage.Share now) {
    counted = now;
  }

  QueryId id() {
    return head.id();
  }

  long number() {
    return head.number();
  }

  QueryRequest request() {
    return head.request();
  }

  String user() {
    return head.request().user();
  }

  int size() {
    return chunks.length;
  }

  Chunk chunk(int index) {
    return chunks[index];
  }

  void chunk(int index, Chunk now) {
    counts.merge(chunks[index].status(), -1, Integer::sum);
    counts.merge(now.status(), 1, Integer::sum);
    chunks[index] = now;
  }

  int indexOf(LocalDate day) {
    return (int) (day.toEpochDay() - chunks[0].id().day().toEpochDay());
  }

  /** Its chunks that may be started, by index; kept by {@link Waiting}. */
  BitSet ready() {
    return ready;
  }

  int count(QueryStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** How many chunks are not over. */
  int open() {
    return count(QueryStatus.QUEUED) + count(QueryStatus.RUNNING) + count(QueryStatus.DELAYED);
  }

  /** The bytes of its results. */
  long delivered() {
    return Arrays.stream(chunks).mapToLong(Chunk::delivered).sum();
  }

  ChunkWork work(int index) {
    QueryRequest request = head.request();
    Chunk chunk = chunks[index];
    return new ChunkWork(
        chunk.id(),
        request.rule(),
        request.sources(),
        chunk.from(),
        chunk.to(),
        request.samplePercent());
  }

  /** Where it stands, until its books are closed. */
  QueryStatus standing(int attemptsMax) {
    if (head.ended().isPresent()) {
      return head.status();
    }
    return switch (head.wish()) {
      case STOP, DELETE -> QueryStatus.STOPPING;
      case PAUSE -> {
        if (count(QueryStatus.RUNNING) > 0) {
          yield QueryStatus.PAUSING;
        }
        yield count(QueryStatus.QUEUED) > 0 ? QueryStatus.PAUSED : going(attemptsMax);
      }
      case RUN -> admitted ? going(attemptsMax) : QueryStatus.INIT;
    };
  }

  private QueryStatus going(int attemptsMax) {
    if (count(QueryStatus.RUNNING) > 0) {
      return QueryStatus.RUNNING;
    }
    if (count(QueryStatus.QUEUED) > 0) {
      return count(QueryStatus.QUEUED) == chunks.length ? QueryStatus.QUEUED : QueryStatus.RUNNING;
    }
    boolean stuck = count(QueryStatus.DELAYED) > 0 || head.closeFailures() >= attemptsMax;
    return stuck ? QueryStatus.DELAYED : QueryStatus.RUNNING;
  }

  /** How it ends, once its books are closed. */
  QueryStatus ending() {
    if (head.wish().isFinal()) {
      return QueryStatus.STOPPED;
    }
    return count(QueryStatus.FAILED) > 0 ? QueryStatus.FAILED : QueryStatus.SUCCEEDED;
  }
}
