package dev.historics.filter;

import java.util.Arrays;
import java.util.Collection;

/** A set of whole numbers, made for many millions of them: 8 bytes each. Immutable. */
final class LongSet {
  private final long[] sorted;

  private LongSet(long[] sorted) {
    this.sorted = sorted;
  }

  /** The set of these numbers. */
  static LongSet of(long... values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (long value : sorted) {
      if (count == 0 || value != sorted[count - 1]) {
        sorted[count] = value;
        count++;
      }
    }
    return new LongSet(Arrays.copyOf(sorted, count));
  }

  /** The set of these numbers. */
  static LongSet of(Collection<Long> values) {
    return of(values.stream().mapToLong(Long::longValue).toArray());
  }

  int size() {
    return sorted.length;
  }

  boolean contains(long value) {
    return Arrays.binarySearch(sorted, value) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongSet set && Arrays.equals(set.sorted, sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return "a set of %d numbers".formatted(sorted.length);
  }
}
