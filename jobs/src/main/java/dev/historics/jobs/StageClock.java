package dev.historics.jobs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Adds up how long one thread is in each stage of its work. Owned by that thread. */
final class StageClock {
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private Stage stage;
  private long since;

  StageClock(Stage first) {
    stage = first;
    since = System.nanoTime();
  }

  /** Ends the stage that the thread is in. */
  void enter(Stage next) {
    long now = System.nanoTime();
    nanos.merge(stage, now - since, Long::sum);
    stage = next;
    since = now;
  }

  /** What was added up, in nanoseconds; the stage that goes on is not in it. */
  Map<Stage, Long> nanos() {
    return Collections.unmodifiableMap(nanos);
  }
}
