package dev.historics.schedule;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one chunk asks of the job that runs it.
 *
 * @param rule the CSDL text
 * @param sources which sources of the day to read; never empty
 * @param from the first instant wanted, inclusive; within the chunk's day
 * @param to the end, exclusive; at most the end of the chunk's day
 * @param samplePercent the share of interactions to read, over 0 and at most 100
 */
public record ChunkWork(
    ChunkId id,
    String rule,
    SortedSet<String> sources,
    Instant from,
    Instant to,
    double samplePercent) {
  public ChunkWork {
    Objects.requireNonNull(id);
    Objects.requireNonNull(rule);
    sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("chunk %s has no source".formatted(id));
    }
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "chunk %s needs from < to, got [%s, %s)".formatted(id, from, to));
    }
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(
          "chunk %s needs a sample in (0, 100], got %s".formatted(id, samplePercent));
    }
  }
}
