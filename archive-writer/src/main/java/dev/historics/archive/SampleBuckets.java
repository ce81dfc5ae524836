package dev.historics.archive;

/**
 * The place of an interaction in every sample: the first 32 bits of the SHA-256 of its id, scaled
 * to [0, 100). A sample of p percent is everything below p, so that a smaller sample is a subset of
 * a larger one, on every machine and in every run.
 */
public final class SampleBuckets {
  /** How many buckets there are, from 0 on. */
  public static final int COUNT = 100;

  private SampleBuckets() {}

  /** The whole part of {@link #position}, 0 to 99: the {@code bucket} column of a sealed day. */
  public static int of(String id) {
    return of(IdHash.of(id));
  }

  public static int of(IdHash hash) {
    return (int) (((hash.high() >>> 32) * COUNT) >>> 32);
  }

  /** Where the id stands from 0 (inclusive) to 100 (exclusive). */
  public static double position(String id) {
    // Exact: 39 bits times a power of two.
    return (IdHash.of(id).high() >>> 32) * (double) COUNT / (1L << 32);
  }
}
