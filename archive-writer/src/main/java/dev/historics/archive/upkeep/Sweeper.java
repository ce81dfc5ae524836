package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes files that nobody needs: not named by a version that is pinned or was in force within the
 * grace period, and not written to within it; files that no version ever named stay longer, for
 * somebody may be about to. Manifests stay.
 */
public final class Sweeper {
  /** How long the pin of a reader that died counts, unless settings say otherwise. */
  public static final Duration PIN_EXPIRY = Duration.ofDays(7);

  private final Archive archive;
  private final ArchiveFiles files;
  private final Pins pins;
  private final SweepSettings settings;

  /** A sweeper with one grace for all files, and pins that live for {@link #PIN_EXPIRY}. */
  public Sweeper(Archive archive, Duration grace) {
    this(archive, new SweepSettings(grace, grace, PIN_EXPIRY));
  }

  public Sweeper(Archive archive, SweepSettings settings) {
    this.archive = archive;
    this.files = archive.files();
    this.pins = new Pins(archive);
    this.settings = settings;
  }

  /** How long files stay that no version ever named: longer than any writer writes. */
  public Duration unfinished() {
    return settings.unfinished();
  }

  /** How long files of a version that was replaced stay. */
  public Duration grace() {
    return settings.grace();
  }

  /**
   * Sweeps one day.
   *
   * @return the paths of what was removed, below the archive's root
   */
  public List<String> sweep(SourceDay day) throws IOException {
    return remove(due(day));
  }

  /** Sweeps what imports that died left beside a source's days and its quarantine. */
  public List<String> sweepQuarantine(String source) throws IOException {
    return remove(dueBeside(source));
  }

  /** What a sweep of one day would take; whatever happens meanwhile, nobody will need it again. */
  public List<DueFile> due(SourceDay day) throws IOException {
    Instant limit = before(settings.grace());
    List<DueFile> due = new ArrayList<>();
    for (String directory : List.of(Archive.DATA, Archive.STAGING)) {
      List<String> names = files.list(ArchivePaths.in(day.directory(), directory));
      // Only now, so that a file published or pinned since then is seen as needed.
      Set<String> needed = needed(day, limit);
      for (String name : names) {
        String relative = ArchivePaths.in(directory, name);
        if (!needed.contains(relative)) {
          addIfOld(ArchivePaths.in(day.directory(), relative), limit, due);
        }
      }
    }
    keepUnfinished(day, due);
    for (String pin : pins.expired(day, pinLimit())) {
      addIfOld(pin, limit, due);
    }
    return due;
  }

  /** What no version ever named may be on its way into the next one. */
  private void keepUnfinished(SourceDay day, List<DueFile> due) throws IOException {
    if (due.isEmpty() || settings.unfinished().equals(settings.grace())) {
      return;
    }
    Set<String> old = new HashSet<>();
    long newest = archive.newest(day).map(Manifest::version).orElse(0L);
    for (long version = newest; version > 0; version--) {
      for (String path : archive.version(day, version).paths()) {
        old.add(ArchivePaths.in(day.directory(), path));
      }
    }
    Instant limit = before(settings.unfinished());
    List<DueFile> kept = new ArrayList<>();
    for (DueFile file : due) {
      if (!old.contains(file.path()) && !isOlder(file.path(), limit)) {
        kept.add(file);
      }
    }
    due.removeAll(kept);
  }

  /** What a sweep would take beside a source's days, and of what retries left in its quarantine. */
  public List<DueFile> dueBeside(String source) throws IOException {
    List<DueFile> due = new ArrayList<>();
    for (QuarantineShelf.Lot lot : new QuarantineShelf(archive).superseded(source)) {
      due.add(new DueFile(lot.path(), lot.bytes()));
    }
    for (String directory : stagingBeside(source)) {
      due.addAll(dueIn(directory));
    }
    due.addAll(dueIn("source=%s/%s".formatted(source, Archive.IMPORTS)));
    return due;
  }

  /** What a sweep would take of a directory where files are only made. */
  public List<DueFile> dueIn(String staging) throws IOException {
    Instant limit = before(settings.unfinished());
    List<DueFile> due = new ArrayList<>();
    for (String name : files.list(staging)) {
      addIfOld(ArchivePaths.in(staging, name), limit, due);
    }
    return due;
  }

  /** Where files are made beside a source's days. */
  public static List<String> stagingBeside(String source) {
    return List.of(
        "source=%s/%s".formatted(source, Archive.STAGING),
        "_quarantine/source=%s/_staging".formatted(source));
  }

  /** Removes files that are due; their paths. */
  public List<String> remove(List<DueFile> due) throws IOException {
    List<String> removed = new ArrayList<>();
    KillPoint.SWEEP_BEFORE_DELETE.reached();
    for (DueFile file : due) {
      files.delete(file.path());
      removed.add(file.path());
      KillPoint.SWEEP_AFTER_DELETE.reached();
    }
    return removed;
  }

  /**
   * Removes some of a day's files without grace, but for those that are pinned or named by its
   * newest version.
   *
   * @param paths relative to the day's directory
   */
  public void removeUnpinned(SourceDay day, Collection<String> paths) throws IOException {
    Set<String> needed = new HashSet<>();
    Optional<Manifest> newest = archive.newest(day);
    newest.ifPresent(manifest -> needed.addAll(manifest.paths()));
    addPinned(day, needed);
    for (String path : paths) {
      if (!needed.contains(path)) {
        files.delete(ArchivePaths.in(day.directory(), path));
      }
    }
  }

  /** Whether somebody reads an older version of a day. */
  public boolean isPinned(SourceDay day) throws IOException {
    return !pins.versions(day, pinLimit()).isEmpty();
  }

  /** What the newest version names, those that were the newest after {@code limit}, and pinned. */
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
    addPinned(day, needed);
    return needed;
  }

  private void addPinned(SourceDay day, Set<String> needed) throws IOException {
    for (long version : pins.versions(day, pinLimit())) {
      needed.addAll(archive.version(day, version).paths());
    }
  }

  private Instant before(Duration age) {
    return archive.clock().instant().minus(age);
  }

  private Instant pinLimit() {
    return before(settings.pinExpiry());
  }

  private void addIfOld(String path, Instant limit, List<DueFile> due) throws IOException {
    try {
      if (isOlder(path, limit)) {
        due.add(new DueFile(path, files.length(path)));
      }
    } catch (NoSuchFileException e) {
      // Another sweep was faster.
    }
  }

  /** Whether a file was last written to before {@code limit}; not so if it is gone. */
  private boolean isOlder(String path, Instant limit) throws IOException {
    try {
      return files.modified(path).isBefore(limit);
    } catch (NoSuchFileException e) {
      // Its writer, or another sweep, was faster.
      return false;
    }
  }
}
