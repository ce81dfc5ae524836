package dev.historics.jobs;

import dev.historics.jobs.join.FrequentKeys;
import java.util.Map;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/**
 * Sends what the join gives to the task that makes its day anew: partners with their places, and
 * what the parts have. Of the keys without a partner, the frequent ones go under {@link #LONELY}.
 */
final class AugmentMetFn
    extends DoFn<Pair<String, Pair<String, String>>, Pair<String, Pair<String, String>>> {
  private static final long serialVersionUID = 1L;

  /** Where days have their number: keys without a partner, each with how often it came. */
  static final String LONELY = "lonely";

  /** So many different keys are held in memory. */
  static final int KEYS_MAX = 1000;

  private transient FrequentKeys lonely;

  @Override
  public void initialize() {
    lonely = new FrequentKeys(KEYS_MAX);
  }

  @Override
  public void process(
      Pair<String, Pair<String, String>> met, Emitter<Pair<String, Pair<String, String>>> emitter) {
    String place = met.second().first();
    String values = met.second().second();
    if (AugmentTally.is(place) || values != null) {
      String day = place.substring(0, RowPlace.dayText(0).length());
      emitter.emit(Pair.of(day, Pair.of(place, values == null ? "" : values)));
    } else {
      lonely.add(met.first());
    }
  }

  @Override
  public void cleanup(Emitter<Pair<String, Pair<String, String>>> emitter) {
    for (Map.Entry<String, Long> key : lonely.atLeast(1).entrySet()) {
      emitter.emit(Pair.of(LONELY, Pair.of(key.getKey(), Long.toString(key.getValue()))));
    }
  }
}
