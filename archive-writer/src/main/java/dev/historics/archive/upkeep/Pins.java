package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.format.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of days somebody is reading: a small file {@code _pins/VERSION-READER-N.pin} in
 * the day for each. As long as it lies there and has not expired, no sweep takes a file of that
 * version. Safe for use by many threads and many processes.
 */
public final class Pins {
  /** Where a day keeps its pins, relative to its directory. */
  static final String DIRECTORY = "_pins";

  private static final Pattern NAME = Pattern.compile("(\\d{8,})-(.+)-\\d+\\.pin");
  private static final int TRIES_MAX = 1_000;

  private final Archive archive;
  private final ArchiveFiles files;

  public Pins(Archive archive) {
    this.archive = archive;
    this.files = archive.files();
  }

  /**
   * Pins the newest version of a day.
   *
   * @param reader letters, digits and {@code -}, to find its pins again
   * @return the version, whose files stay until {@link #release}; empty if the day has none
   */
  public Optional<Manifest> pin(SourceDay day, String reader) throws IOException {
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isEmpty()) {
        return newest;
      }
      String path = write(newest.get(), reader);
      // Only a pin that was there while its version was the newest is seen by every sweep.
      if (archive.newest(day).equals(newest)) {
        return newest;
      }
      files.delete(path);
    }
    throw new IOException(
        "%s: changed %d times while it was to be pinned; try again when fewer write to it"
            .formatted(day, TRIES_MAX));
  }

  private String write(Manifest manifest, String reader) throws IOException {
    String stem = "%s/%08d-%s".formatted(directory(manifest.day()), manifest.version(), reader);
    NewFile pin = NewFile.create(files, stem, "pin");
    try (pin) {
      pin.write(reader.getBytes(StandardCharsets.UTF_8));
    }
    return pin.path();
  }

  /** Removes all pins of a reader in a day; nothing happens if there are none. */
  public void release(SourceDay day, String reader) throws IOException {
    for (String name : files.list(directory(day))) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && matcher.group(2).equals(reader)) {
        files.delete(ArchivePaths.in(directory(day), name));
      }
    }
  }

  /**
   * The versions of a day that are pinned.
   *
   * @param limit pins that were set before have expired
   */
  SortedSet<Long> versions(SourceDay day, Instant limit) throws IOException {
    SortedSet<Long> versions = new TreeSet<>();
    for (String name : files.list(directory(day))) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && !isExpired(ArchivePaths.in(directory(day), name), limit)) {
        versions.add(Long.parseLong(matcher.group(1)));
      }
    }
    return versions;
  }

  /** The paths of pins that were set before {@code limit}. */
  List<String> expired(SourceDay day, Instant limit) throws IOException {
    List<String> expired = new ArrayList<>();
    for (String name : files.list(directory(day))) {
      String path = ArchivePaths.in(directory(day), name);
      if (isExpired(path, limit)) {
        expired.add(path);
      }
    }
    return expired;
  }

  private boolean isExpired(String path, Instant limit) throws IOException {
    try {
      return files.modified(path).isBefore(limit);
    } catch (NoSuchFileException e) {
      // Its reader is done.
      return true;
    }
  }

  private static String directory(SourceDay day) {
    return ArchivePaths.in(day.directory(), DIRECTORY);
  }
}
