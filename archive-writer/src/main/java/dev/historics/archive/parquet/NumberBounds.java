package dev.historics.archive.parquet;

/** The whole numbers from {@code least} to {@code greatest}, both included. */
public record NumberBounds(long least, long greatest) {
  /** Around every number. */
  public static final NumberBounds ALL = new NumberBounds(Long.MIN_VALUE, Long.MAX_VALUE);

  public NumberBounds {
    if (least > greatest) {
      throw new IllegalArgumentException(
          "bounds need least <= greatest, got [%d, %d]".formatted(least, greatest));
    }
  }

  /** The narrowest bounds around both. */
  NumberBounds with(NumberBounds other) {
    return new NumberBounds(Math.min(least, other.least), Math.max(greatest, other.greatest));
  }

  /** Whether some number is within both. */
  public boolean meets(NumberBounds other) {
    return least <= other.greatest && other.least <= greatest;
  }
}
