package dev.historics.jobs.join;

import java.nio.ByteBuffer;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Sends facts to where their rows are; those that have none stay behind. */
final class RouteFactsFn<V> extends DoFn<Pair<String, V>, Pair<ShardKey, ByteBuffer>> {
  private static final long serialVersionUID = 1L;

  private final Placement placement;
  private final FactIds<V> ids;
  private final WireFormat<V> format;

  RouteFactsFn(Placement placement, FactIds<V> ids, WireFormat<V> format) {
    this.placement = placement;
    this.ids = ids;
    this.format = format;
  }

  @Override
  public void initialize() {
    format.initialize(getConfiguration());
  }

  @Override
  public void process(Pair<String, V> fact, Emitter<Pair<ShardKey, ByteBuffer>> emitter) {
    if (JoinKeys.canMatch(fact.first())) {
      placement
          .reducer(fact.first(), fact.second(), ids)
          .ifPresent(reducer -> emitter.emit(sent(reducer, fact)));
    }
  }

  private Pair<ShardKey, ByteBuffer> sent(int reducer, Pair<String, V> fact) {
    return Pair.of(ShardKey.fact(reducer, fact.first()), format.encode(fact.second()));
  }
}
