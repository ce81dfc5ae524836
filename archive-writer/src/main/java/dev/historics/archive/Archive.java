package dev.historics.archive;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.hdfs.HadoopFiles;
import dev.historics.archive.kill.KillPoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An archive of interactions. What a source-day contains is what its newest manifest says; a new
 * version becomes visible in one atomic step and only if nobody else took its number. Manifests are
 * never removed, so that a writer that slept for a week still loses the race it lost.
 *
 * <p>Safe for use by many threads and many processes.
 */
public final class Archive implements Closeable {
  /** Where a day keeps its manifests, relative to its directory. */
  static final String MANIFESTS = "_manifests";

  /** Where a day, or a source, keeps files that are being made, relative to its directory. */
  public static final String STAGING = "_staging";

  /** Where a day keeps its data files and sidecars, relative to its directory. */
  public static final String DATA = "data";

  /** Where a source keeps how far files were imported, relative to its directory. */
  public static final String IMPORTS = "_imports";

  private static final int LOST_RACES_MAX = 10_000;

  private final ArchiveFiles files;
  private final InstantSource clock;
  private final String engine;

  public Archive(ArchiveFiles files, InstantSource clock) {
    this.files = Objects.requireNonNull(files);
    this.clock = Objects.requireNonNull(clock);
    String version = Archive.class.getPackage().getImplementationVersion();
    this.engine = version == null ? "unreleased" : version;
  }

  /**
   * The archive below {@code root}: {@code file:} or no scheme is a local disk and loads nothing of
   * Hadoop; anything else is a Hadoop file system.
   */
  public static Archive at(URI root, InstantSource clock) throws IOException {
    if (root.getScheme() == null) {
      return new Archive(new LocalFiles(Path.of(root.getPath())), clock);
    }
    if (root.getScheme().equals("file")) {
      return new Archive(new LocalFiles(Path.of(root)), clock);
    }
    return new Archive(HadoopFiles.at(root), clock);
  }

  public ArchiveFiles files() {
    return files;
  }

  /** The time, by the clock that this archive stamps its manifests with. */
  public InstantSource clock() {
    return clock;
  }

  /** The sources that have data, sorted. */
  public List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String name : files.list("")) {
      if (name.startsWith("source=")) {
        sources.add(name.substring("source=".length()));
      }
    }
    return sources;
  }

  /** Every source-day with a directory, sorted; {@link #newest} says whether it has data. */
  public List<SourceDay> days() throws IOException {
    List<SourceDay> days = new ArrayList<>();
    for (String source : sources()) {
      days.addAll(days(source));
    }
    return days;
  }

  /**
   * The days of one source, sorted.
   *
   * @throws IOException if a directory has a name that no day has
   */
  public List<SourceDay> days(String source) throws IOException {
    List<SourceDay> days = new ArrayList<>();
    String parent = "source=" + source;
    for (String name : files.list(parent)) {
      if (!name.startsWith("_") && !name.startsWith(".")) {
        days.add(dayIn(parent + "/" + name));
      }
    }
    return days;
  }

  private SourceDay dayIn(String directory) throws IOException {
    try {
      return SourceDay.parse(directory);
    } catch (IllegalArgumentException e) {
      throw new IOException(files.root() + ": " + e.getMessage() + "; move it away", e);
    }
  }

  /**
   * The version of a day that counts now; empty if it has none.
   *
   * @throws ManifestFormatException if there is a manifest that cannot be read
   */
  public Optional<Manifest> newest(SourceDay day) throws IOException {
    OptionalLong version = manifests(day).newest();
    return version.isPresent() ? Optional.of(version(day, version.getAsLong())) : Optional.empty();
  }

  private NumberedFiles manifests(SourceDay day) {
    return new NumberedFiles(
        files,
        ArchivePaths.in(day.directory(), MANIFESTS),
        ArchivePaths.in(day.directory(), STAGING),
        "manifest");
  }

  /**
   * One version of a day.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such version
   * @throws ManifestFormatException if it cannot be read
   */
  public Manifest version(SourceDay day, long version) throws IOException {
    String path = manifestPath(day, version);
    Manifest manifest = ManifestJson.read(path, manifests(day).read(version));
    if (!manifest.day().equals(day) || manifest.version() != version) {
      throw new ManifestFormatException(
          path, "is version %d of %s".formatted(manifest.version(), manifest.day()));
    }
    return manifest;
  }

  /** Where a manifest lies below the archive's root. */
  public static String manifestPath(SourceDay day, long version) {
    return NumberedFiles.path(ArchivePaths.in(day.directory(), MANIFESTS), version);
  }

  /** The next content of a day, given what is there now. */
  @FunctionalInterface
  public interface Change {
    /**
     * Called again with a newer version for each race that is lost; every file that the answer
     * names must be written by then.
     *
     * @param newest empty if the day has no version yet
     * @return empty to publish nothing
     */
    Optional<Manifest.Content> onto(Optional<Manifest> newest) throws IOException;
  }

  /**
   * Puts the next version of a day in force.
   *
   * @return the version published; empty if {@code change} wanted none
   * @throws UnconfirmedPublishException if it may have been published: delete nothing then
   * @throws IOException if it was not published
   */
  public Optional<Manifest> publish(SourceDay day, Change change) throws IOException {
    for (int lost = 0; lost < LOST_RACES_MAX; lost++) {
      Optional<Manifest> newest = newest(day);
      Optional<Manifest.Content> content = change.onto(newest);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      Manifest next = next(day, newest, content.get());
      requireFiles(next, newest);
      if (manifests(day).publish(next.version(), ManifestJson.write(next))) {
        KillPoint.MANIFEST_AFTER_PUBLISH.reached();
        return Optional.of(next);
      }
    }
    throw new IOException(
        "%s: lost the race for the next version %d times; try again when fewer write to it"
            .formatted(day, LOST_RACES_MAX));
  }

  private Manifest next(SourceDay day, Optional<Manifest> newest, Manifest.Content content) {
    return new Manifest(
        day,
        newest.map(Manifest::version).orElse(0L) + 1,
        engine,
        clock.instant(),
        content.considered(),
        content.stripping(),
        content.files(),
        content.ledger(),
        content.dropped(),
        content.takenDown(),
        content.expired());
  }

  /** A file that was swept while its writer slept must not be named. */
  private void requireFiles(Manifest next, Optional<Manifest> newest) throws IOException {
    List<DataFile> known = newest.map(Manifest::files).orElse(List.of());
    for (DataFile file : next.files()) {
      if (known.contains(file)) {
        continue;
      }
      requireLength(next.pathOf(file), file.bytes());
      for (Sidecar sidecar : file.sidecars()) {
        requireLength(next.pathOf(sidecar), sidecar.bytes());
      }
    }
  }

  private void requireLength(String path, long expected) throws IOException {
    long found = files.length(path);
    if (found != expected) {
      throw new IOException("%s: expected %d bytes, found %d".formatted(path, expected, found));
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
