package dev.historics.jobs.join;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often the frequent keys of a stream came, in bounded memory: counts are at most too low, and
 * by no more than a {@code capacity}-th of all. Two such of parts of a stream, added up, are as
 * good as one of all.
 *
 * <p>The algorithm is that of Misra and Gries (1982), which takes from all counters once they are
 * twice as many as should stay, and then what the median has (Anderson et al., 2017).
 */
public final class FrequentKeys {
  /** A key with a hundredth of a reducer's mean load is counted to a quarter of that. */
  private static final int CAPACITY_PER_REDUCER = 400;

  private static final int CAPACITY_MAX = 1 << 17;

  /** Longer keys are not looked at: nobody would be able to hold thousands of them. */
  private static final int KEY_CHARACTERS_MAX = 256;

  private final int capacity;
  private final Map<String, long[]> counts = new HashMap<>();
  private long total;

  /**
   * @param capacity so many keys are counted, and up to twice as many are held
   */
  public FrequentKeys(int capacity) {
    this.capacity = capacity;
  }

  /** One that is good enough to spread the load over so many reducers, up to some 300. */
  static FrequentKeys forReducers(int reducers) {
    return new FrequentKeys((int) Math.min(CAPACITY_MAX, (long) CAPACITY_PER_REDUCER * reducers));
  }

  int capacity() {
    return capacity;
  }

  public void add(String key) {
    add(key, 1);
  }

  public void add(String key, long count) {
    total += count;
    if (key.length() > KEY_CHARACTERS_MAX) {
      return;
    }
    long[] known = counts.get(key);
    if (known != null) {
      known[0] += count;
      return;
    }
    counts.put(key, new long[] {count});
    if (counts.size() > 2 * capacity) {
      takeMedian();
    }
  }

  /** Adds what came of keys that are not told. */
  void addOthers(long count) {
    total += count;
  }

  private void takeMedian() {
    long[] sorted = counts.values().stream().mapToLong(count -> count[0]).sorted().toArray();
    long median = sorted[sorted.length / 2];
    counts.values().removeIf(count -> (count[0] -= median) <= 0);
  }

  /** All that came, also what is not counted any more. */
  long total() {
    return total;
  }

  /** The keys that came {@code atLeast} times, in their order. */
  public SortedMap<String, Long> atLeast(long atLeast) {
    SortedMap<String, Long> frequent = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          if (count[0] >= atLeast) {
            frequent.put(key, count[0]);
          }
        });
    return frequent;
  }
}
