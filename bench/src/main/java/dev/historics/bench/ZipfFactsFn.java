package dev.historics.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Makes up facts with Zipf keys; the same for the same seed. */
final class ZipfFactsFn extends DoFn<String, Pair<String, String>> {
  private static final long serialVersionUID = 1L;

  static final int KEYS = 200_000;
  private static final double EXPONENT = 1.5;

  private final long count;
  private transient double[] sums;

  /**
   * @param count how many for each seed
   */
  ZipfFactsFn(long count) {
    this.count = count;
  }

  @Override
  public void initialize() {
    sums = new double[KEYS];
    double sum = 0;
    for (int rank = 1; rank <= KEYS; rank++) {
      sum += Math.pow(rank, -EXPONENT);
      sums[rank - 1] = sum;
    }
  }

  static String key(int rank) {
    return "author" + rank;
  }

  @Override
  public void process(String seed, Emitter<Pair<String, String>> emitter) {
    SplittableRandom random = new SplittableRandom(Long.parseLong(seed));
    for (long i = 0; i < count; i++) {
      int found = Arrays.binarySearch(sums, random.nextDouble(sums[KEYS - 1]));
      String fact = seed + "-" + i;
      emitter.emit(Pair.of(key((found < 0 ? -found - 1 : found) + 1), fact));
    }
  }
}
