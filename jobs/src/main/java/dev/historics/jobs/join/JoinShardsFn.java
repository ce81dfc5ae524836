package dev.historics.jobs.join;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/**
 * What a reducer does: it meets the row of a key, if there is one, and then the key's facts. Holds
 * one row and one fact.
 */
final class JoinShardsFn<V>
    extends DoFn<Pair<ShardKey, Iterable<ByteBuffer>>, Pair<String, Pair<V, String>>> {
  private static final long serialVersionUID = 1L;

  /** With more reducers than this, Hadoop would have too many counters. */
  private static final int COUNTED_REDUCERS_MAX = 32;

  private final SkewedJoin.Kind kind;
  private final WireFormat<V> format;
  private transient Map<Integer, Load> loads;
  private transient int rowReducer;
  private transient String rowKey;
  private transient String row;

  JoinShardsFn(SkewedJoin.Kind kind, WireFormat<V> format) {
    this.kind = kind;
    this.format = format;
  }

  private static final class Load {
    private long records;
    private long bytes;

    void add(int recordBytes) {
      records++;
      bytes += recordBytes;
    }
  }

  @Override
  public void initialize() {
    format.initialize(getConfiguration());
    loads = new TreeMap<>();
    rowKey = null;
  }

  @Override
  public void process(
      Pair<ShardKey, Iterable<ByteBuffer>> group, Emitter<Pair<String, Pair<V, String>>> emitter) {
    ShardKey shard = group.first();
    int reducer = shard.reducer();
    String key = shard.key();
    int keyBytes = shard.keyBytes();
    Load load = loads.computeIfAbsent(reducer, each -> new Load());
    if (shard.isRow()) {
      Iterator<ByteBuffer> rows = group.second().iterator();
      ByteBuffer bytes = rows.next();
      load.add(keyBytes + bytes.remaining());
      meet(reducer, key, bytes, rows);
      return;
    }
    String partner = key.equals(rowKey) && reducer == rowReducer ? row : null;
    for (ByteBuffer bytes : group.second()) {
      load.add(keyBytes + bytes.remaining());
      if (partner != null || kind == SkewedJoin.Kind.LEFT) {
        emitter.emit(Pair.of(key, Pair.of(format.decode(bytes), partner)));
      }
    }
  }

  private void meet(int reducer, String key, ByteBuffer bytes, Iterator<ByteBuffer> others) {
    rowReducer = reducer;
    rowKey = key;
    row = StandardCharsets.UTF_8.decode(bytes).toString();
    if (others.hasNext()) {
      throw new IllegalStateException(
          "the side table has two rows for '%s': %s and %s"
              .formatted(key, row, StandardCharsets.UTF_8.decode(others.next())));
    }
  }

  @Override
  public void cleanup(Emitter<Pair<String, Pair<V, String>>> emitter) {
    loads.forEach(
        (reducer, load) -> {
          increment(SkewedJoin.COUNTERS, "join records", load.records);
          increment(SkewedJoin.COUNTERS, "join bytes", load.bytes);
          if (reducer < COUNTED_REDUCERS_MAX) {
            increment(SkewedJoin.COUNTERS, "join records of reducer " + reducer, load.records);
            increment(SkewedJoin.COUNTERS, "join bytes of reducer " + reducer, load.bytes);
          }
        });
  }
}
