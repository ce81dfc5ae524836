package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes files that nobody needs: not named by a version that was in force within the grace
 * period, and not written to within it. The grace must be longer than any reader reads and any
 * writer writes. Manifests stay.
 */
public final class Sweeper {
  private final Archive archive;
  private final Duration grace;

  public Sweeper(Archive archive, Duration grace) {
    if (grace.isNegative() || grace.isZero()) {
      throw new IllegalArgumentException("expected a grace period above zero, got " + grace);
    }
    this.archive = archive;
    this.grace = grace;
  }

  /**
   * Sweeps one day.
   *
   * @return the paths of what was removed, below the archive's root
   */
  public List<String> sweep(SourceDay day) throws IOException {
    Instant limit = archive.clock().instant().minus(grace);
    List<String> removed = new ArrayList<>();
    for (String directory : List.of(Archive.DATA, Archive.STAGING)) {
      List<String> names = archive.files().list(day.directory() + "/" + directory);
      // Only now, so that a file published since then is seen as needed.
      Set<String> needed = needed(day, limit);
      for (String name : names) {
        String relative = directory + "/" + name;
        if (!needed.contains(relative)) {
          removeOld(day.directory() + "/" + relative, limit, removed);
        }
      }
    }
    return removed;
  }

  /** Sweeps what imports that died left beside a source's quarantine. */
  public List<String> sweepQuarantine(String source) throws IOException {
    Instant limit = archive.clock().instant().minus(grace);
    String directory = "_quarantine/source=%s/_staging".formatted(source);
    List<String> removed = new ArrayList<>();
    for (String name : archive.files().list(directory)) {
      removeOld(directory + "/" + name, limit, removed);
    }
    return removed;
  }

  /** What the newest version names, and those that were the newest after {@code limit}. */
  private Set<String> needed(SourceDay day, Instant limit) throws IOException {
    Set<String> needed = new HashSet<>();
    Optional<Manifest> newest = archive.newest(day);
    if (newest.isEmpty()) {
      return needed;
    }
    Manifest manifest = newest.get();
    needed.addAll(manifest.paths());
    while (manifest.parent() > 0 && !manifest.published().isBefore(limit)) {
      manifest = archive.version(day, manifest.parent());
      needed.addAll(manifest.paths());
    }
    return needed;
  }

  private void removeOld(String path, Instant limit, List<String> removed) throws IOException {
    ArchiveFiles files = archive.files();
    try {
      if (files.modified(path).isBefore(limit)) {
        files.delete(path);
        removed.add(path);
      }
    } catch (NoSuchFileException e) {
      // Its writer, or another sweep, was faster.
    }
  }
}
