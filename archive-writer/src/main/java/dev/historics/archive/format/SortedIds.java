package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.Closeable;
import java.io.IOException;

/**
 * The hashes of the ids in one data file, from the least to the greatest, in little memory however
 * many there are. Owned by one thread.
 */
public interface SortedIds extends Closeable {
  /**
   * Starts at the front.
   *
   * @param file that a manifest of {@code day} names, or is about to
   */
  static SortedIds open(ArchiveFiles files, SourceDay day, DataFile file) throws IOException {
    return switch (file.kind()) {
      case LANDING -> {
        Sidecar ids = file.ids();
        yield IndexedIds.open(files, day.directory() + "/" + ids.path(), ids);
      }
      case SEALED -> new ClusterIds(new SealedRows(SealedFile.open(files, day, file)));
    };
  }

  /**
   * Goes to the next id; false at the end.
   *
   * @throws IOException if the file is damaged, which may show only at the end
   */
  boolean next() throws IOException;

  /** The first half of the hash. */
  long high();

  /** The second half. */
  long low();
}
