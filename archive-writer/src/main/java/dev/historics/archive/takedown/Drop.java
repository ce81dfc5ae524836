package dev.historics.archive.takedown;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a day of which the later one lacks rows, because they were taken down. */
record Drop(Manifest before, Manifest after) {
  /** Those from {@code start} on, the last one first. */
  static List<Drop> since(Instant start, Manifest newest, Archive archive) throws IOException {
    List<Drop> drops = new ArrayList<>();
    Manifest after = newest;
    while (after.parent() > 0 && !after.published().isBefore(start)) {
      Drop drop = new Drop(archive.version(newest.day(), after.parent()), after);
      if (drop.rows() > 0) {
        drops.add(drop);
      }
      after = drop.before();
    }
    return drops;
  }

  private long rows() {
    return after.takenDown() - before.takenDown();
  }

  /**
   * How many of the rows somebody wished to be gone; all of them if the old files are swept.
   *
   * @param wished has looked at nothing yet
   */
  long wished(WishedRows wished) throws IOException {
    try {
      for (DataFile file : before.files()) {
        if (!after.files().contains(file)) {
          wished.look(before, file);
        }
      }
      return Math.min(rows(), wished.found());
    } catch (NoSuchFileException e) {
      return rows();
    }
  }
}
