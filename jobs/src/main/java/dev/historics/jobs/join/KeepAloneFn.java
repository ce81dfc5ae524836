package dev.historics.jobs.join;

import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** The facts that have no partner and are known to have none: they need no reducer. */
final class KeepAloneFn<V> extends DoFn<Pair<String, V>, Pair<String, Pair<V, String>>> {
  private static final long serialVersionUID = 1L;

  private final Placement placement;
  private long kept;

  KeepAloneFn(Placement placement) {
    this.placement = placement;
  }

  @Override
  public void process(Pair<String, V> fact, Emitter<Pair<String, Pair<V, String>>> emitter) {
    String key = fact.first();
    if (!JoinKeys.canMatch(key) || placement.isAlone(key)) {
      kept++;
      emitter.emit(Pair.of(key == null ? "" : key, Pair.of(fact.second(), null)));
    }
  }

  @Override
  public void cleanup(Emitter<Pair<String, Pair<V, String>>> emitter) {
    increment(SkewedJoin.COUNTERS, "join facts past the shuffle", kept);
  }
}
