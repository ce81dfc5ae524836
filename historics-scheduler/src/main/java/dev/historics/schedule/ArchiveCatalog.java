package dev.historics.schedule;

import java.io.IOException;
import java.time.LocalDate;

/** What the scheduler needs to know of the archive. */
public interface ArchiveCatalog {
  /**
   * The size of one source-day, from its manifest.
   *
   * @return {@link Volume#NONE} where the archive has nothing
   * @throws IOException if the archive cannot be read; asking again later may work
   */
  Volume volume(String source, LocalDate day) throws IOException;
}
