package dev.historics.schedule;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One scan of one day for everybody who rides on it.
 *
 * @param chunks the opener, whose ticket was drawn, then the riders; all of {@code day}
 * @param earlier of some chunks, one that was done before by the same rule over the same part of
 *     the day; if the data are the same too, its results can be taken
 * @param users whose chunks they are, for people who look at the job; may be unknown
 */
public record JobPlan(
    JobId id,
    LocalDate day,
    List<ChunkWork> chunks,
    Map<ChunkId, ChunkId> earlier,
    SortedSet<String> users) {
  /** One for which nothing was done before, of users who are not known. */
  public JobPlan(JobId id, LocalDate day, List<ChunkWork> chunks) {
    this(id, day, chunks, Map.of());
  }

  /** One of users who are not known. */
  public JobPlan(JobId id, LocalDate day, List<ChunkWork> chunks, Map<ChunkId, ChunkId> earlier) {
    this(id, day, chunks, earlier, new TreeSet<>());
  }

  public JobPlan {
    Objects.requireNonNull(id);
    chunks = List.copyOf(chunks);
    earlier = Map.copyOf(earlier);
    users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("job %s has no chunk".formatted(id));
    }
    for (ChunkWork chunk : chunks) {
      if (!chunk.id().day().equals(day)) {
        throw new IllegalArgumentException(
            "chunk %s cannot ride on a scan of %s".formatted(chunk.id(), day));
      }
    }
  }
}
