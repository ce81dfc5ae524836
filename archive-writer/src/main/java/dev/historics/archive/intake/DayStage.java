package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.UnconfirmedPublishException;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.LandingWriter;
import dev.historics.archive.format.SortedIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interactions of one import that fall on one day: written to files that nobody sees until
 * {@link #publish}. While it is open it holds the ids that memory allows, and so knows most
 * duplicates as they come; the others it finds when it compares sorted ids before it publishes.
 * Owned by one thread.
 */
final class DayStage implements IdMemory.Holder {
  private static final int BYTES_OF_INDEXED_ID = 16;

  /** A table of ids, and what it takes to sort it. */
  private static final int TABLES = 3;

  private final Archive archive;
  private final ArchiveFiles files;
  private final SourceDay day;
  private final BatchId batch;
  private final IdMemory memory;
  private final DayMerge merge;
  private final PendingEdits edits = new PendingEdits();
  private final List<IdIndex> indexes = new ArrayList<>();
  private long indexedBytes;

  /** What {@link #indexes} do not cover, while it is open. */
  private Unknown unknown = Unknown.NOTHING;

  private List<DataFile> live = List.of();
  private boolean isStarted;
  private boolean isOpen;
  private boolean isOutOfHands;
  private LandingWriter writer;
  private boolean hasEdits;
  private long stored;
  private long duplicates;

  DayStage(Archive archive, SourceDay day, BatchId batch, IdMemory memory, EditTimes editTimes) {
    this.archive = archive;
    this.files = archive.files();
    this.day = day;
    this.batch = batch;
    this.memory = memory;
    this.merge = new DayMerge(files, day, editTimes);
  }

  /** Which files some interactions were not compared with when they were written. */
  private enum Unknown {
    NOTHING,
    LIVE,
    LIVE_AND_WRITTEN
  }

  long stored() {
    return stored - merge.leftOut();
  }

  long duplicates() {
    return duplicates + merge.leftOut();
  }

  long replaced() {
    return merge.replaced();
  }

  /**
   * Stores an interaction unless its id is known to be there. One that was edited may be later than
   * the one that is there; that is found out before it is published.
   */
  void add(Interaction interaction, IdHash hash) throws IOException {
    open();
    if (isKnown(hash)) {
      addKnown(interaction, hash);
      return;
    }
    if (writer != null && writer.ids().isFull()) {
      memory.require(TABLES * writer.ids().bytes());
      open();
    }
    if (writer == null) {
      writer = LandingWriter.create(files, day, stem());
    }
    writer.append(interaction, hash);
    hasEdits |= interaction.editedAt().isPresent();
    stored++;
  }

  private void addKnown(Interaction interaction, IdHash hash) throws IOException {
    if (interaction.editedAt().isPresent() && edits.add(interaction, hash)) {
      stored++;
      memory.require(0);
    } else {
      duplicates++;
    }
  }

  private String stem() {
    return "%s/%s/landing-%s".formatted(day.directory(), Archive.DATA, batch);
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

  private void open() throws IOException {
    if (isOpen) {
      return;
    }
    if (!isStarted) {
      live = archive.newest(day).map(Manifest::files).orElse(List.of());
      isStarted = true;
    }
    unknown = Unknown.LIVE_AND_WRITTEN;
    List<StagedFile> written =
        merge.staged().stream().filter(each -> each.file().isPresent()).toList();
    long ours = BYTES_OF_INDEXED_ID * written.stream().mapToLong(StagedFile::rows).sum();
    if (memory.isEasy(ours)) {
      for (StagedFile each : written) {
        hold(each.ids());
      }
      unknown = Unknown.LIVE;
    }
    long theirs = BYTES_OF_INDEXED_ID * live.stream().mapToLong(DataFile::rows).sum();
    if (unknown == Unknown.LIVE && memory.isEasy(ours + theirs)) {
      for (DataFile file : live) {
        try (SortedIds ids = SortedIds.open(files, day, file)) {
          hold(IdIndex.of(ids, file.rows()));
        }
      }
      unknown = Unknown.NOTHING;
    }
    memory.join(this);
    isOpen = true;
  }

  private void hold(IdIndex index) {
    indexes.add(index);
    indexedBytes += (long) BYTES_OF_INDEXED_ID * index.size();
  }

  @Override
  public long heldBytes() {
    return indexedBytes + edits.bytes() + (writer == null ? 0 : TABLES * writer.ids().bytes());
  }

  @Override
  public void release() throws IOException {
    finish();
  }

  /** Finishes the file being written and forgets the ids, until the next interaction. */
  void finish() throws IOException {
    memory.leave(this);
    isOpen = false;
    indexes.clear();
    indexedBytes = 0;
    if (writer != null) {
      LandingWriter full = writer;
      writer = null;
      boolean isApart = unknown != Unknown.LIVE_AND_WRITTEN;
      StagedFile file = staged(full, new StagedFile.Form(isApart, hasEdits));
      hasEdits = false;
      if (unknown == Unknown.NOTHING) {
        live.forEach(file::seen);
      }
    }
    if (!edits.latest().isEmpty()) {
      writeEdits();
    }
  }

  private void writeEdits() throws IOException {
    writer = LandingWriter.create(files, day, stem());
    for (Map.Entry<IdHash, Interaction> each : edits.latest().entrySet()) {
      writer.append(each.getValue(), each.getKey());
    }
    edits.clear();
    LandingWriter full = writer;
    writer = null;
    staged(full, new StagedFile.Form(false, true));
  }

  private StagedFile staged(LandingWriter full, StagedFile.Form form) throws IOException {
    StagedFile file = new StagedFile(files, day, stem(), form, full.finish());
    merge.add(file);
    return file;
  }

  /**
   * Makes everything visible in one step. Interactions that somebody else stored meanwhile become
   * duplicates.
   *
   * @param before what the ledger says of this import and this day so far
   * @param read records that the whole import has read
   * @return what the ledger says now
   */
  LedgerEntry publish(LedgerEntry before, long read, List<LedgerEntry.Input> inputs)
      throws IOException {
    finish();
    synchronized (memory) {
      merge.compareOurs();
    }
    try {
      Optional<Manifest> published =
          archive.publish(day, newest -> content(newest, before, read, inputs));
      isOutOfHands = published.isPresent();
    } catch (UnconfirmedPublishException e) {
      isOutOfHands = true;
      throw e;
    }
    return isOutOfHands ? after(before, read, inputs) : before;
  }

  private LedgerEntry after(LedgerEntry before, long read, List<LedgerEntry.Input> inputs) {
    return new LedgerEntry(
        batch,
        read,
        before.stored() + stored(),
        before.duplicates() + duplicates(),
        before.replaced() + replaced(),
        inputs);
  }

  private Optional<Manifest.Content> content(
      Optional<Manifest> newest, LedgerEntry entry, long read, List<LedgerEntry.Input> inputs)
      throws IOException {
    Manifest.Content before = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
    Optional<List<DataFile>> after;
    // Whoever compares has the ids of a file in memory, and the others have let go of theirs.
    synchronized (memory) {
      after = merge.onto(before.files());
    }
    if (after.isEmpty()) {
      return Optional.empty();
    }
    List<LedgerEntry> ledger = new ArrayList<>(before.ledger());
    ledger.remove(entry);
    ledger.add(after(entry, read, inputs));
    return Optional.of(before.with(after.get(), ledger));
  }

  /** Removes everything that is not visible and never will be. */
  void discard() throws IOException {
    memory.leave(this);
    if (isOutOfHands) {
      return;
    }
    if (writer != null) {
      LandingWriter torn = writer;
      writer = null;
      torn.discard();
    }
    merge.discard();
  }
}
