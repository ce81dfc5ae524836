package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.Closeable;
import java.io.IOException;

/** The interactions of one data file, from front to back, whatever its kind. */
public interface InteractionReader extends Closeable {
  /** Opens a file that a manifest of {@code day} names. */
  static InteractionReader open(ArchiveFiles files, SourceDay day, DataFile entry)
      throws IOException {
    return switch (entry.kind()) {
      case LANDING -> LandingFile.open(files, day, entry);
      case SEALED -> new SealedRows(SealedFile.open(files, day, entry));
    };
  }

  /**
   * Whether there is another interaction.
   *
   * @throws IOException if the file is damaged, or ends before the rows that the manifest promises
   */
  boolean hasNext() throws IOException;

  /**
   * The next interaction.
   *
   * @throws IOException if the file is damaged
   */
  Interaction next() throws IOException;
}
