package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.UnconfirmedPublishException;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.LandingWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The interactions of one import that fall on one day: written to files that nobody sees until
 * {@link #publish}. While it is awake it holds the ids of the day in memory, 16 bytes for each in
 * the archive and about 48 for each of its own. Owned by one thread.
 */
final class DayStage {
  private final Archive archive;
  private final ArchiveFiles files;
  private final SourceDay day;
  private final BatchId batch;
  private final List<DataFile> written = new ArrayList<>();
  private final List<IdIndex> indexes = new ArrayList<>();

  /** The live files that every interaction here was compared with. */
  private final Set<String> compared = new HashSet<>();

  private List<DataFile> live = List.of();
  private boolean isStarted;
  private boolean isAwake;
  private boolean isOutOfHands;
  private LandingWriter writer;
  private long stored;
  private long duplicates;

  DayStage(Archive archive, SourceDay day, BatchId batch) {
    this.archive = archive;
    this.files = archive.files();
    this.day = day;
    this.batch = batch;
  }

  long stored() {
    return stored;
  }

  long duplicates() {
    return duplicates;
  }

  /** Stores an interaction unless its id is there. */
  void add(Interaction interaction) throws IOException {
    wake();
    IdHash hash = IdHash.of(interaction.id());
    if (isKnown(hash)) {
      duplicates++;
      return;
    }
    if (writer == null) {
      writer =
          LandingWriter.create(
              files, day, "%s/%s/landing-%s".formatted(day.directory(), Archive.DATA, batch));
    }
    writer.append(interaction, hash);
    stored++;
  }

  private boolean isKnown(IdHash hash) {
    if (writer != null && writer.ids().contains(hash)) {
      return true;
    }
    for (IdIndex index : indexes) {
      if (index.contains(hash)) {
        return true;
      }
    }
    return false;
  }

  private void wake() throws IOException {
    if (isAwake) {
      return;
    }
    if (!isStarted) {
      live = archive.newest(day).map(Manifest::files).orElse(List.of());
      live.forEach(file -> compared.add(file.path()));
      isStarted = true;
    }
    for (DataFile file : live) {
      indexes.add(ids(file));
    }
    for (DataFile file : written) {
      indexes.add(ids(file));
    }
    isAwake = true;
  }

  private IdIndex ids(DataFile file) throws IOException {
    return IdIndex.read(files, pathOf(file.ids().path()), file.ids());
  }

  private String pathOf(String relative) {
    return day.directory() + "/" + relative;
  }

  /** Finishes the file being written and forgets the ids, until the next interaction. */
  void sleep() throws IOException {
    if (writer != null) {
      LandingWriter full = writer;
      writer = null;
      written.add(full.finish());
    }
    indexes.clear();
    isAwake = false;
  }

  /**
   * Makes everything visible in one step. Interactions that somebody else stored meanwhile become
   * duplicates.
   */
  void publish(long read, List<LedgerEntry.Input> inputs) throws IOException {
    sleep();
    if (written.isEmpty()) {
      return;
    }
    try {
      archive.publish(day, newest -> content(newest, read, inputs));
      isOutOfHands = !written.isEmpty();
    } catch (UnconfirmedPublishException e) {
      isOutOfHands = true;
      throw e;
    }
  }

  private Optional<Manifest.Content> content(
      Optional<Manifest> newest, long read, List<LedgerEntry.Input> inputs) throws IOException {
    Manifest.Content before = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
    for (DataFile file : before.files()) {
      if (!compared.contains(file.path())) {
        leaveOut(ids(file));
        compared.add(file.path());
      }
    }
    if (written.isEmpty()) {
      return Optional.empty();
    }
    List<DataFile> after = new ArrayList<>(before.files());
    after.addAll(written);
    List<LedgerEntry> ledger = new ArrayList<>(before.ledger());
    ledger.add(new LedgerEntry(batch, read, stored, duplicates, inputs));
    return Optional.of(
        new Manifest.Content(
            before.considered(), before.stripping(), after, ledger, before.dropped()));
  }

  /** Rewrites the files that hold some of these ids. */
  private void leaveOut(IdIndex theirs) throws IOException {
    for (DataFile file : List.copyOf(written)) {
      IdSet common = ids(file).common(theirs);
      if (common.size() > 0) {
        Optional<DataFile> rest = without(file, common);
        written.remove(file);
        rest.ifPresent(written::add);
        delete(file);
        stored -= common.size();
        duplicates += common.size();
      }
    }
  }

  private Optional<DataFile> without(DataFile file, IdSet left) throws IOException {
    if (left.size() == file.rows()) {
      return Optional.empty();
    }
    LandingWriter rest =
        LandingWriter.create(
            files, day, "%s/%s/landing-%s".formatted(day.directory(), Archive.DATA, batch));
    try (InteractionReader rows = InteractionReader.open(files, day, file)) {
      while (rows.hasNext()) {
        Interaction interaction = rows.next();
        IdHash hash = IdHash.of(interaction.id());
        if (!left.contains(hash)) {
          rest.append(interaction, hash);
        }
      }
    } catch (IOException | RuntimeException e) {
      rest.discard();
      throw e;
    }
    return Optional.of(rest.finish());
  }

  /** Removes everything that is not visible and never will be. */
  void discard() throws IOException {
    if (isOutOfHands) {
      return;
    }
    if (writer != null) {
      writer.discard();
      writer = null;
    }
    for (DataFile file : written) {
      delete(file);
    }
    written.clear();
  }

  private void delete(DataFile file) throws IOException {
    for (Sidecar sidecar : file.sidecars()) {
      files.delete(pathOf(sidecar.path()));
    }
    files.delete(pathOf(file.path()));
  }
}
