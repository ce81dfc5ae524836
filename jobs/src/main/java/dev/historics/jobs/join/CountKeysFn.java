package dev.historics.jobs.join;

import java.util.Map;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Tells the frequent keys of what a task reads; under the empty key, how often others came. */
final class CountKeysFn<V> extends DoFn<Pair<String, V>, Pair<String, Long>> {
  private static final long serialVersionUID = 1L;

  private final int reducers;
  private transient FrequentKeys keys;

  CountKeysFn(int reducers) {
    this.reducers = reducers;
  }

  @Override
  public void initialize() {
    keys = FrequentKeys.forReducers(reducers);
  }

  @Override
  public void process(Pair<String, V> fact, Emitter<Pair<String, Long>> emitter) {
    if (JoinKeys.canMatch(fact.first())) {
      keys.add(fact.first());
    }
  }

  @Override
  public void cleanup(Emitter<Pair<String, Long>> emitter) {
    long others = keys.total();
    for (Map.Entry<String, Long> frequent :
        keys.atLeast(Math.max(1, keys.total() / keys.capacity())).entrySet()) {
      emitter.emit(Pair.of(frequent.getKey(), frequent.getValue()));
      others -= frequent.getValue();
    }
    emitter.emit(Pair.of("", others));
  }
}
