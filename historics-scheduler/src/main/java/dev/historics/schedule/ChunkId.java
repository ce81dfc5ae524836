package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Objects;

/** One UTC day of one query. */
public record ChunkId(QueryId query, LocalDate day) {
  public ChunkId {
    Objects.requireNonNull(query);
    Objects.requireNonNull(day);
  }

  @Override
  public String toString() {
    return query + "/" + day;
  }
}
