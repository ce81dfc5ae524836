package dev.historics.jobs.join;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.apache.crunch.GroupingOptions;
import org.apache.crunch.PCollection;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.Pipeline;
import org.apache.crunch.types.PTableType;
import org.apache.crunch.types.PType;
import org.apache.crunch.types.writable.WritableType;
import org.apache.crunch.types.writable.Writables;

/**
 * Joins facts with the rows of a side table, of which there is at most one for each key, and gives
 * every reducer about the same to do however skewed the facts' keys are.
 *
 * <p>The facts are read twice: first their frequent keys are told, and which of them have a row;
 * then they are joined. A frequent key is spread over several reducers by its facts' ids, and its
 * row goes to each of them; one without a row goes to none. Reducers hold one row and one fact at a
 * time.
 *
 * <p>Keys match exactly. A key that is null or empty, or has half a surrogate pair, matches none.
 * Counters in group {@code Historics} tell how many records and bytes were joined, for the first
 * reducers also by each.
 */
public final class SkewedJoin<V> {
  static final String COUNTERS = "Historics";

  private final FactIds<V> ids;
  private final int reducers;

  /** What becomes of facts without a partner. */
  enum Kind {
    INNER,
    LEFT
  }

  /**
   * @param reducers how many reducers join, 1 or more
   */
  public SkewedJoin(FactIds<V> ids, int reducers) {
    if (reducers < 1) {
      throw new IllegalArgumentException("expected 1 reducer or more, got " + reducers);
    }
    this.ids = ids;
    this.reducers = reducers;
  }

  /**
   * The facts that have a row, each with it, in no order. Runs the pipeline to count the keys, and
   * leaves the join itself to be run.
   *
   * @param facts of a {@link Writables} type; keys may be null
   * @param side at most one row for each key; two fail the join
   * @throws IOException if the keys could not be counted
   */
  public PTable<String, Pair<V, String>> inner(PTable<String, V> facts, PTable<String, String> side)
      throws IOException {
    return join(Kind.INNER, facts, side);
  }

  /**
   * All facts, with their row or null, in no order; a null key becomes an empty one. Otherwise as
   * {@link #inner}.
   */
  public PTable<String, Pair<V, String>> left(PTable<String, V> facts, PTable<String, String> side)
      throws IOException {
    return join(Kind.LEFT, facts, side);
  }

  private PTable<String, Pair<V, String>> join(
      Kind kind, PTable<String, V> facts, PTable<String, String> side) throws IOException {
    if (!(facts.getValueType() instanceof WritableType)) {
      throw new IllegalArgumentException(
          "expected facts of a Writables type, got " + facts.getValueType());
    }
    PType<V> type = facts.getValueType();
    Placement placement = placement(facts, side);
    WireFormat<V> format = new WireFormat<>(type);
    PTableType<ShardKey, ByteBuffer> shuffled =
        Writables.tableOf(Writables.writables(ShardKey.class), Writables.bytes());
    PTableType<String, Pair<V, String>> joined =
        Writables.tableOf(Writables.strings(), Writables.pairs(type, Writables.strings()));
    PTable<String, Pair<V, String>> met =
        facts
            .parallelDo("route facts", new RouteFactsFn<>(placement, ids, format), shuffled)
            .union(side.parallelDo("route rows", new RouteRowsFn(placement), shuffled))
            .groupByKey(
                GroupingOptions.builder()
                    .numReducers(reducers)
                    .partitionerClass(ShardPartitioner.class)
                    .build())
            .parallelDo("join", new JoinShardsFn<>(kind, format), joined);
    return switch (kind) {
      case INNER -> met;
      case LEFT -> met.union(facts.parallelDo("keep alone", new KeepAloneFn<>(placement), joined));
    };
  }

  private Placement placement(PTable<String, V> facts, PTable<String, String> side)
      throws IOException {
    FrequentKeys keys = FrequentKeys.forReducers(reducers);
    PTable<String, Long> counts =
        facts.parallelDo(
            "count keys",
            new CountKeysFn<>(reducers),
            Writables.tableOf(Writables.strings(), Writables.longs()));
    for (Pair<String, Long> count : read(counts, "count the facts' keys")) {
      if (count.first().isEmpty()) {
        keys.addOthers(count.second());
      } else {
        keys.add(count.first(), count.second());
      }
    }
    Set<String> known = keys.atLeast(1).keySet();
    return Placement.of(reducers, keys, known.isEmpty() ? Set.of() : matched(known, side));
  }

  private static Set<String> matched(Set<String> keys, PTable<String, String> side)
      throws IOException {
    PCollection<String> found =
        side.parallelDo("look up frequent keys", new OfKeysFn(keys), Writables.strings());
    Set<String> matched = new HashSet<>();
    read(found, "look up the frequent keys").forEach(matched::add);
    return matched;
  }

  /** Runs what is needed for {@code collection}; a pipeline that fails does not throw. */
  private static <T> Iterable<T> read(PCollection<T> collection, String purpose)
      throws IOException {
    Iterable<T> values = collection.materialize();
    Pipeline pipeline = collection.getPipeline();
    if (!pipeline.run().succeeded()) {
      throw new IOException("the job that was to %s failed; its log says why".formatted(purpose));
    }
    return values;
  }
}
