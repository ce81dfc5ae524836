package dev.historics.archive.intake;

import dev.historics.archive.BatchId;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The records of one import that could not be archived, each with its reason and its place: one
 * JSON object a line in {@code _quarantine/source=S/BATCH.ndjson}. Owned by one thread.
 */
final class Quarantine {
  /** Where quarantined records lie, below the archive's root. */
  static final String DIRECTORY = "_quarantine";

  private final ArchiveFiles files;
  private final String directory;
  private final BatchId batch;
  private NewFile file;
  private long count;

  Quarantine(ArchiveFiles files, String source, BatchId batch) {
    this.files = files;
    this.directory = DIRECTORY + "/source=" + source;
    this.batch = batch;
  }

  long count() {
    return count;
  }

  void add(String input, InputRecord record) throws IOException {
    if (file == null) {
      file = NewFile.create(files, directory + "/_staging/" + batch, "ndjson");
    }
    file.write(new QuarantineEntry(input, record).line());
    count++;
    KillPoint.QUARANTINE_AFTER_RECORD.reached();
  }

  /** Makes what was added visible, unless the same is there from an earlier try. */
  void publish() throws IOException {
    if (file == null) {
      return;
    }
    file.close();
    KillPoint.QUARANTINE_BEFORE_PUBLISH.reached();
    String target = "%s/%s.ndjson".formatted(directory, batch);
    for (int next = 2; !publish(target); next++) {
      target = "%s/%s-%d.ndjson".formatted(directory, batch, next);
    }
    file = null;
    KillPoint.QUARANTINE_AFTER_PUBLISH.reached();
  }

  /** Whether {@code target} is now what was written. */
  private boolean publish(String target) throws IOException {
    boolean published;
    try {
      published = files.publish(file.path(), target);
    } catch (IOException e) {
      // The answer was lost; the second one is true either way.
      published = files.publish(file.path(), target);
    }
    if (!published && isSame(target)) {
      files.delete(file.path());
      return true;
    }
    return published;
  }

  private boolean isSame(String target) throws IOException {
    if (!files.exists(file.path())) {
      return true;
    }
    try (ArchiveInput ours = files.open(file.path());
        ArchiveInput theirs = files.open(target)) {
      return ours.length() == theirs.length() && isSame(ours.stream(), theirs.stream());
    }
  }

  private static boolean isSame(InputStream ours, InputStream theirs) throws IOException {
    byte[] mine = ours.readNBytes(1 << 16);
    while (mine.length > 0) {
      if (!Arrays.equals(mine, theirs.readNBytes(mine.length))) {
        return false;
      }
      mine = ours.readNBytes(1 << 16);
    }
    return true;
  }

  /** Removes what is not visible yet. */
  void discard() throws IOException {
    if (file != null) {
      file.discard();
    }
  }
}
