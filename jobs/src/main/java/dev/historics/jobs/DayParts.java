package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.TombstoneList;
import java.io.IOException;

/** Opens the parts of a day. */
final class DayParts {
  private DayParts() {}

  /**
   * Opens one part.
   *
   * @param file one that {@code manifest} names
   * @param rowGroup of a sealed file, counted from 0
   * @param stripping how the source's content is made
   * @param tombstones of the source
   */
  static DayPart open(
      ArchiveFiles files,
      Manifest manifest,
      DataFile file,
      int rowGroup,
      Stripping stripping,
      TombstoneList tombstones)
      throws IOException {
    Removals removals = Removals.of(files, manifest.day(), file, tombstones);
    return MaskedPart.of(open(files, manifest, file, rowGroup, stripping), removals);
  }

  private static DayPart open(
      ArchiveFiles files, Manifest manifest, DataFile file, int rowGroup, Stripping stripping)
      throws IOException {
    return switch (file.kind()) {
      case LANDING -> new LandingPart(files, manifest.day(), file, stripping);
      case SEALED -> SealedPart.open(files, manifest, file, rowGroup, stripping);
    };
  }
}
