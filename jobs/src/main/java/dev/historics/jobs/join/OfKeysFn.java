package dev.historics.jobs.join;

import java.util.HashSet;
import java.util.Set;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Which of some keys the rows have. */
final class OfKeysFn extends DoFn<Pair<String, String>, String> {
  private static final long serialVersionUID = 1L;

  private final HashSet<String> keys;

  OfKeysFn(Set<String> keys) {
    this.keys = new HashSet<>(keys);
  }

  @Override
  public void process(Pair<String, String> row, Emitter<String> emitter) {
    if (keys.contains(row.first())) {
      emitter.emit(row.first());
    }
  }
}
