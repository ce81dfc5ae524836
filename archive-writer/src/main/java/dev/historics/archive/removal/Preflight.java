package dev.historics.archive.removal;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A look at everything that a change over many days builds on, before its first step: a day that a
 * newer program wrote must not be found when half of them are changed.
 */
public final class Preflight {
  private Preflight() {}

  /**
   * Reads the newest version of each day, and the tombstones of their sources.
   *
   * @throws IOException if one cannot be read, such as {@link
   *     dev.historics.archive.ManifestFormatException} for a later format; nothing was changed
   */
  public static void require(Archive archive, Collection<SourceDay> days) throws IOException {
    Set<String> sources = new LinkedHashSet<>();
    for (SourceDay day : days) {
      archive.newest(day);
      sources.add(day.source());
    }
    for (String source : sources) {
      new Tombstones(archive).newest(source);
    }
  }
}
