package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A query while there is something to do for it. Owned by the core. */
final class LiveQuery {
  private static final long UNKNOWN = -1;

  private final Chunk[] chunks;
  private final Map<QueryStatus, Integer> counts = new EnumMap<>(QueryStatus.class);
  private final BitSet ready = new BitSet();

  /** The bytes of the smallest chunk in {@link #ready}; {@link #UNKNOWN} until it is asked for. */
  private long leastReady = UNKNOWN;

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

  /** Its chunks that wait for their turn, by index, to be read only; see {@link #ready(int)}. */
  BitSet ready() {
    return ready;
  }

  /** The chunk waits for its turn from now on. */
  void ready(int index) {
    ready.set(index);
    if (leastReady != UNKNOWN) {
      leastReady = Math.min(leastReady, chunks[index].volume().bytes());
    }
  }

  /** The chunk does not wait for its turn any more. */
  void unready(int index) {
    ready.clear(index);
    if (chunks[index].volume().bytes() == leastReady) {
      leastReady = UNKNOWN;
    }
  }

  /**
   * How many bytes the smallest of its chunks is to read that wait for their turn; as many as can
   * be if none waits.
   */
  long leastReadyBytes() {
    if (leastReady == UNKNOWN) {
      leastReady =
          ready.stream()
              .mapToLong(index -> chunks[index].volume().bytes())
              .min()
              .orElse(Long.MAX_VALUE);
    }
    return leastReady;
  }

  /** Whether a chunk waits for its turn that is to read no more than so much. */
  boolean anyReady(long bytesMax) {
    return !ready.isEmpty() && (bytesMax == Long.MAX_VALUE || leastReadyBytes() <= bytesMax);
  }

  /** The first chunk that waits for its turn and is to read no more than so much; -1 if none. */
  int firstReady(long bytesMax) {
    int first = ready.nextSetBit(0);
    while (first >= 0 && chunks[first].volume().bytes() > bytesMax) {
      first = ready.nextSetBit(first + 1);
    }
    return first;
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
      case STOP ->
          open() == 0 && unclosed(attemptsMax) ? QueryStatus.DELAYED : QueryStatus.STOPPING;
      case DELETE -> QueryStatus.STOPPING;
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
    boolean stuck = count(QueryStatus.DELAYED) > 0 || unclosed(attemptsMax);
    return stuck ? QueryStatus.DELAYED : QueryStatus.RUNNING;
  }

  /** Whether its results could not be put together, and somebody has to say what then. */
  private boolean unclosed(int attemptsMax) {
    return head.closeFailures() >= attemptsMax;
  }

  /** How it ends, once its books are closed. */
  QueryStatus ending() {
    if (head.wish().isFinal() || count(QueryStatus.STOPPED) > 0) {
      return QueryStatus.STOPPED;
    }
    return count(QueryStatus.FAILED) > 0 ? QueryStatus.FAILED : QueryStatus.SUCCEEDED;
  }
}
