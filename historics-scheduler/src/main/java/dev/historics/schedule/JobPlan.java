package dev.historics.schedule;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * One scan of one day for everybody who rides on it.
 *
 * @param chunks the opener, whose ticket was drawn, then the riders; all of {@code day}
 */
public record JobPlan(JobId id, LocalDate day, List<ChunkWork> chunks) {
  public JobPlan {
    Objects.requireNonNull(id);
    chunks = List.copyOf(chunks);
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
