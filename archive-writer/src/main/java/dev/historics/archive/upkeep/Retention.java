package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drops old days: their next version has no files, and says how many interactions it lost. Who
 * reads a version before goes on; the files are swept. What is imported into such a day later is
 * stored, and dropped by the next run.
 */
public final class Retention {
  private final Archive archive;
  private final Duration keep;

  /**
   * @param keep how long a day is kept after its end
   */
  public Retention(Archive archive, Duration keep) {
    if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("expected a time to keep days above zero, got " + keep);
    }
    this.archive = archive;
    this.keep = keep;
  }

  /** Those of {@code days} that have data and are to be dropped, as they are now. */
  public List<Manifest> due(List<SourceDay> days) throws IOException {
    Instant limit = archive.clock().instant().minus(keep);
    List<Manifest> due = new ArrayList<>();
    for (SourceDay day : days) {
      Instant end = day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!end.isAfter(limit)) {
        archive.newest(day).filter(newest -> !newest.files().isEmpty()).ifPresent(due::add);
      }
    }
    return due;
  }

  /**
   * Drops a day.
   *
   * @return the version without files; empty if it had none already
   */
  public Optional<Manifest> drop(SourceDay day) throws IOException {
    return archive.publish(
        day,
        newest ->
            newest
                .filter(manifest -> !manifest.files().isEmpty())
                .map(manifest -> manifest.content().withoutFiles()));
  }
}
