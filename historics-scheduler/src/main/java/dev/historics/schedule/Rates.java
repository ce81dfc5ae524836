package dev.historics.schedule;

/**
 * How long a job takes, before there is any experience.
 *
 * @param secondsPerJob what every job costs, however little it reads
 * @param recordsPerSecond how fast one job reads records
 * @param bytesPerSecond how fast one job reads bytes as stored
 * @param extraPerRider the share of the reading time that each further rule adds
 * @param extraPerComplexity the share of the reading time that each point of complexity over 1 adds
 * @param sigma the spread of real times around predicted ones, as the standard deviation of the
 *     logarithm
 */
public record Rates(
    double secondsPerJob,
    double recordsPerSecond,
    double bytesPerSecond,
    double extraPerRider,
    double extraPerComplexity,
    double sigma) {
  /** For one small machine. */
  public static final Rates DEFAULTS = new Rates(1, 200_000, 50e6, 0.05, 0.01, 0.3);

  public Rates {
    positive("secondsPerJob", secondsPerJob);
    positive("recordsPerSecond", recordsPerSecond);
    positive("bytesPerSecond", bytesPerSecond);
    notNegative("extraPerRider", extraPerRider);
    notNegative("extraPerComplexity", extraPerComplexity);
    notNegative("sigma", sigma);
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be over 0, got %s".formatted(name, value));
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must not be negative, got %s".formatted(name, value));
    }
  }
}
