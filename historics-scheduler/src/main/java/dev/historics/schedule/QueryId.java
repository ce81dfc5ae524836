package dev.historics.schedule;

import java.util.random.RandomGenerator;

/** Names a query: 20 hex digits in lower case, as the old service's Historics ids were. */
public record QueryId(String value) implements Comparable<QueryId> {
  public QueryId {
    if (!value.matches("[0-9a-f]{20}")) {
      throw new IllegalArgumentException(
          "expected a query id of 20 hex digits, got '%s'".formatted(value));
    }
  }

  /** Draws an id. */
  public static QueryId draw(RandomGenerator random) {
    return new QueryId("%016x%04x".formatted(random.nextLong(), random.nextInt(0x10000)));
  }

  @Override
  public int compareTo(QueryId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
