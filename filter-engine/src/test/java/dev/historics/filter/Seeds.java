package dev.historics.filter;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** The seeds of property tests, the same on every run; {@code -Dseed=17} runs one alone. */
public final class Seeds {
  private Seeds() {}

  /** So many seeds. */
  public static LongStream first(int count) {
    Long only = Long.getLong("seed");
    return only == null ? LongStream.range(0, count) : LongStream.of(only);
  }

  /** One of several, each as likely. */
  public static <T> T oneOf(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
