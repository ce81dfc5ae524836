package dev.historics.archive.testing;

import java.util.stream.LongStream;

/** The seeds of random tests: the same ones on every run, and one that nobody has seen. */
public final class Seeds {
  private Seeds() {}

  /**
   * Seeds 1 to {@code fixed} and a fresh one; with {@code -Dseed=N} only that one. A test has its
   * seed in its name, which says what to pass to see it again.
   */
  public static LongStream some(int fixed) {
    String asked = System.getProperty("seed", "");
    return asked.isEmpty()
        ? LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(fresh()))
        : LongStream.of(Long.parseLong(asked));
  }

  private static long fresh() {
    return Math.floorMod(System.nanoTime(), 1_000_000_000L);
  }
}
