package dev.historics.jobs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Adds up how long one thread is in each stage of its work. Owned by that thread. */
final class StageClock {
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private final LongSupplier ticker;
  private Stage stage;
  private long since;

  /** A clock that runs with this machine's. */
  StageClock(Stage first) {
    this(first, System::nanoTime);
  }

  /**
   * @param ticker nanoseconds since some moment
   */
  StageClock(Stage first, LongSupplier ticker) {
    this.ticker = ticker;
    stage = first;
    since = ticker.getAsLong();
  }

  /** Ends the stage that the thread is in. */
  void enter(Stage next) {
    long now = ticker.getAsLong();
    nanos.merge(stage, now - since, Long::sum);
    stage = next;
    since = now;
  }

  /** What was added up, in nanoseconds; the stage that goes on is not in it. */
  Map<Stage, Long> nanos() {
    return Collections.unmodifiableMap(nanos);
  }
}
