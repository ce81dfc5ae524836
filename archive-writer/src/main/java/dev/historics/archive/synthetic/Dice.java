package dev.historics.archive.synthetic;

/**
 * Random numbers that only depend on their seed (SplitMix64 of Steele, Lea and Flood, 2014). Owned
 * by one thread. Written out here so that no release of Java can change the stream.
 */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Dice of their own for each {@code part} of what {@code seed} decides. */
  static Dice of(long seed, long part) {
    return new Dice(mixed(mixed(seed) + part));
  }

  /** A permutation of all numbers that looks like none. */
  static long mixed(long number) {
    long z = number;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    return mixed(state);
  }

  /** One of {@code 0 … bound - 1}, each as likely as the other but for one part in 2³². */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** One of {@code [0, 1)}, a multiple of 2⁻⁵³. */
  double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }

  boolean chance(int perMille) {
    return below(1000) < perMille;
  }
}
