package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.schedule.ArchiveCatalog;
import dev.historics.schedule.Volume;
import java.io.IOException;
import java.time.LocalDate;

/** Tells the scheduler what the archive's manifests say. */
public final class ManifestCatalog implements ArchiveCatalog {
  private final Archive archive;

  public ManifestCatalog(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Volume volume(String source, LocalDate day) throws IOException {
    return archive
        .newest(new SourceDay(source, day))
        .map(manifest -> new Volume(manifest.rows(), manifest.bytes()))
        .orElse(Volume.NONE);
  }
}
