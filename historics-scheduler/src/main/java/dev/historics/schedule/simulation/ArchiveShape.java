package dev.historics.schedule.simulation;

import java.util.SplittableRandom;

/**
 * A made-up archive.
 *
 * @param days how many it holds, up to the day on which a workload begins
 * @param bytesPerDay the mean size of a day, as stored
 * @param spread the standard deviation of the logarithm of days' sizes
 * @param recency how old the days are that people ask for, on average; small is hot recent days
 */
public record ArchiveShape(int days, long bytesPerDay, double spread, double recency) {
  public ArchiveShape {
    if (days < 1 || bytesPerDay < 1 || !(spread >= 0) || !(recency > 0)) {
      throw new IllegalArgumentException(
          "an archive needs days and bytesPerDay of at least 1, a spread of at least 0 and a recency over 0, got %d, %d, %s, %s"
              .formatted(days, bytesPerDay, spread, recency));
    }
  }

  /** The size of each of {@code count} days. */
  long[] sizes(int count, SplittableRandom random) {
    double[] factors = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      factors[i] = StrictMath.exp(spread * random.nextGaussian());
      sum += factors[i];
    }
    long[] sizes = new long[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = Math.round(factors[i] / sum * count * bytesPerDay);
    }
    return sizes;
  }

  /** How many days lie between the end of what somebody asks for and today. */
  int age(SplittableRandom random) {
    double age = -recency * StrictMath.log(1 - random.nextDouble());
    return (int) Math.min(days - 1, age);
  }
}
