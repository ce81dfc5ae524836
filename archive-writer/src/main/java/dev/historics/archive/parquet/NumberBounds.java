package dev.historics.archive.parquet;

/** The whole numbers from {@code least} to {@code greatest}, both included. */
public record NumberBounds(long least, long greatest) {
  public NumberBounds {
    if (least > greatest) {
      throw new IllegalArgumentException(
          "bounds need least <= greatest, got [%d, %d]".formatted(least, greatest));
    }
  }

  /** Whether some number is within both. */
  public boolean meets(NumberBounds other) {
    return least <= other.greatest && other.least <= greatest;
  }
}
