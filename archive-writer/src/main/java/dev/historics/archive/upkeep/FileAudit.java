package dev.historics.archive.upkeep;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.RowGroup;
import dev.historics.archive.format.SealedFile;
import dev.historics.archive.format.SealedOrder;
import dev.historics.archive.format.SealedRows;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.TombstoneList;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reading of one data file, row by row and page by page. Owned by one thread. */
final class FileAudit {
  private static final int HOURS = 24;

  private final ArchiveFiles files;
  private final Manifest manifest;
  private final DataFile file;
  private final List<String> problems;
  private final IdSet ids = new IdSet();
  private final long[] hours = new long[HOURS];
  private Removals removals;
  private long rawBytes;
  private long rows;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  FileAudit(ArchiveFiles files, Manifest manifest, DataFile file, List<String> problems) {
    this.files = files;
    this.manifest = manifest;
    this.file = file;
    this.problems = problems;
  }

  /** The ids found. */
  IdSet ids() {
    return ids;
  }

  /**
   * Reads all rows.
   *
   * @param dayIds the ids in the day's other files; those of this one are added
   */
  void rows(IdSet dayIds) throws IOException {
    int problemsBefore = problems.size();
    removals =
        Removals.of(files, manifest.day(), file, TombstoneList.none(manifest.day().source()));
    try (InteractionReader reader = InteractionReader.open(files, manifest.day(), file)) {
      Interaction before = null;
      while (reader.hasNext()) {
        Interaction interaction = reader.next();
        if (problems.size() == problemsBefore) {
          row(interaction, dayIds);
          if (reader instanceof SealedRows sealed) {
            place(sealed, before, interaction);
          }
        }
        before = interaction;
      }
    }
    if (problems.size() == problemsBefore) {
      compare();
    }
  }

  private void row(Interaction interaction, IdSet dayIds) {
    ZonedDateTime createdAt = interaction.createdAt().atZone(ZoneOffset.UTC);
    LocalDate day = manifest.day().day();
    if (!createdAt.toLocalDate().equals(day)) {
      wrong("interaction '%s' of %s is not of this day".formatted(interaction.id(), createdAt));
      return;
    }
    IdHash hash = IdHash.of(interaction.id());
    boolean isNew = ids.add(hash) && (removals.isSuperseded(hash) || dayIds.add(hash));
    if (!isNew) {
      wrong("interaction '%s' is twice in the day".formatted(interaction.id()));
    }
    rows++;
    hours[createdAt.getHour()]++;
    rawBytes += interaction.raw().length;
    first = interaction.createdAt().isBefore(first) ? interaction.createdAt() : first;
    last = interaction.createdAt().isAfter(last) ? interaction.createdAt() : last;
  }

  private void place(SealedRows sealed, Interaction before, Interaction interaction)
      throws IOException {
    IdHash hash = IdHash.of(interaction.id());
    if (sealed.bucket() != SampleBuckets.of(hash)) {
      wrong(
          "interaction '%s': expected sample bucket %d, found %d"
              .formatted(interaction.id(), SampleBuckets.of(hash), sealed.bucket()));
    }
    SealedOrder order = sealed.order();
    if (before != null
        && !order.isInOrder(
            order.cluster(IdHash.of(before.id())), before, order.cluster(hash), interaction)) {
      wrong("interaction '%s' is out of order".formatted(interaction.id()));
    }
  }

  private void compare() {
    require("rows", file.rows(), rows);
    require("bytes of JSON", file.rawBytes(), rawBytes);
    require("first time", file.first(), first);
    require("last time", file.last(), last);
    require("rows in each hour", file.hours(), Arrays.stream(hours).boxed().toList());
  }

  /** Reads every page of every column of a sealed file, and so verifies its checksum. */
  void pages() throws IOException {
    if (file.kind() != DataFile.Kind.SEALED) {
      return;
    }
    try (SealedFile sealed = SealedFile.open(files, manifest.day(), file)) {
      List<Long> offsets = new ArrayList<>();
      for (RowGroup group : sealed.rowGroups()) {
        offsets.add(group.offset());
      }
      require("row group offsets", file.rowGroupOffsets(), offsets);
      sealed.readAllPages();
    }
  }

  private void require(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      wrong("expected %s %s as in the manifest, found %s".formatted(what, expected, found));
    }
  }

  private void wrong(String problem) {
    problems.add(manifest.pathOf(file) + ": " + problem);
  }
}
