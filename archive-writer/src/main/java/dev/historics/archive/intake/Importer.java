package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.SourceDay;
import dev.historics.archive.UnconfirmedPublishException;
import dev.historics.archive.kill.KillPoint;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Imports records into an archive. What is read is staged first; then the days become visible, each
 * in one step, and last the quarantine. This happens once at the end, and as often before as the
 * {@link CommitPolicy} says. An import that fails, is cancelled or dies can be run again as it was:
 * what is stored is not stored twice.
 */
public final class Importer {
  private final Archive archive;
  private final ImportSettings settings;
  private final CommitPolicy commits;

  /** What marks of earlier imports must agree with; empty to read all inputs from the start. */
  private final String mapping;

  /** Commits at the end alone. */
  public Importer(Archive archive, ImportSettings settings) {
    this(archive, settings, CommitPolicy.AT_END);
  }

  public Importer(Archive archive, ImportSettings settings, CommitPolicy commits) {
    this(archive, settings, commits, "");
  }

  private Importer(Archive archive, ImportSettings settings, CommitPolicy commits, String mapping) {
    this.archive = archive;
    this.settings = settings;
    this.commits = commits;
    this.mapping = mapping;
  }

  /**
   * One that reads no part of a file again that an earlier one like it committed, unless the file
   * was changed before that place. Streams and CSV are read from the start, and so are all inputs
   * of an import that commits at the end alone.
   *
   * @param other names the mapping, down to its version; not empty
   */
  public Importer resuming(String other) {
    return new Importer(archive, settings, commits, other);
  }

  /**
   * Imports everything in {@code inputs}.
   *
   * @param mappers makes a mapper for each thread, all of the same source
   * @return what became of the records; of those read until then, if {@code watch} ended an import
   *     that commits on the way
   * @throws ImportCancelledException if {@code watch} ended one that commits at the end alone
   * @throws RecordRefusedException if a record cannot be archived and the settings say to fail
   * @throws IOException if the archive cannot be written, or, if the settings say to fail, an input
   *     cannot be read; says what was stored
   */
  public ImportReport run(
      BatchId batch, Supplier<RecordMapper> mappers, List<ImportInput> inputs, ImportWatch watch)
      throws IOException {
    return new Run(batch, mappers, inputs, watch).run();
  }

  /** One import. */
  private final class Run {
    private final BatchId batch;
    private final String source;
    private final Supplier<RecordMapper> mappers;
    private final List<ImportInput> inputs;
    private final ImportWatch watch;
    private final Staging staging;
    private final Quarantine quarantine;
    private final ImportJournal journal;
    private final Map<String, InputMark> marks = new LinkedHashMap<>();
    private final InputLedger ledger = new InputLedger();
    private final List<String> problems = new ArrayList<>();
    private final AtomicBoolean isRung = new AtomicBoolean();

    /** Ids that notices want deleted, since the last commit. */
    private final Set<String> deleted = new LinkedHashSet<>();

    /** Those that were in force at the last commit. */
    private volatile TombstoneList tombstones;

    private final long bytesTotal;
    private long read;
    private long readBefore;
    private long commitCount;

    Run(
        BatchId batch,
        Supplier<RecordMapper> mappers,
        List<ImportInput> inputs,
        ImportWatch watch) {
      this.batch = batch;
      this.mappers = mappers;
      this.inputs = List.copyOf(inputs);
      this.watch = watch;
      this.source = SourceDay.requireSource(mappers.get().source());
      EditTimes editTimes = new EditTimes(mappers.get());
      this.staging = new Staging(archive, source, batch, settings, editTimes);
      this.quarantine = new Quarantine(archive.files(), source, batch);
      this.journal = new ImportJournal(archive.files(), source, mapping);
      this.bytesTotal =
          this.inputs.stream().anyMatch(input -> input.bytes() == ImportInput.UNKNOWN)
              ? ImportInput.UNKNOWN
              : this.inputs.stream().mapToLong(ImportInput::bytes).sum();
    }

    ImportReport run() throws IOException {
      try {
        Preflight.require(archive, archive.days(source));
        tombstones = new Tombstones(archive).newest(source);
        if (resumes()) {
          journal.open();
        }
        boolean isCutShort = readAll();
        if (commits.isAtEnd()) {
          publish();
        } else if (read > readBefore) {
          commit();
        }
        return report(isCutShort);
      } catch (ImportCancelledException | RecordRefusedException | UnconfirmedPublishException e) {
        cleanUp(e);
        throw e;
      } catch (IOException e) {
        cleanUp(e);
        throw new IOException(
            "import %s stopped, %s: %s; when that is mended, run it again: nothing is stored twice"
                .formatted(batch, staging.progress(), e.getMessage()),
            e);
      } catch (RuntimeException | Error e) {
        cleanUp(e);
        throw e;
      }
    }

    private boolean resumes() {
      return !mapping.isEmpty() && !commits.isAtEnd();
    }

    private void cleanUp(Throwable cause) {
      staging.discard().forEach(cause::addSuppressed);
      try {
        quarantine.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    /** Whether it was cancelled on the way. */
    private boolean readAll() throws IOException {
      InputBlocks blocks =
          new InputBlocks(
              inputs,
              settings.recordBytesMax(),
              commits.recordsMax(),
              watch::isCancelled,
              input -> journal.marks(input.place()));
      if (settings.threads() == 1 && commits.bell() == CommitPolicy.Bell.SILENT) {
        try (Feed feed = new DirectFeed(blocks, mapping())) {
          return takeAll(feed);
        }
      }
      try (ThreadedFeed feed = new ThreadedFeed(blocks, this::mapping, settings.threads())) {
        Closeable ringing = commits.bell().start(() -> ring(feed));
        try {
          return takeAll(feed);
        } finally {
          ringing.close();
        }
      }
    }

    private Mapping mapping() {
      TakenDown takenDown = new TakenDown(() -> tombstones);
      return new Mapping(mappers.get(), archive.clock(), settings.futureMax(), takenDown);
    }

    private void ring(ThreadedFeed feed) {
      isRung.set(true);
      feed.ring();
    }

    private boolean takeAll(Feed feed) throws IOException {
      Optional<Block<Outcome>> block = feed.next();
      while (block.isPresent()) {
        take(block.get());
        boolean isDue = isRung.getAndSet(false) || read - readBefore >= commits.recordsMax();
        if (isDue && read > readBefore) {
          commit();
        }
        block = feed.next();
      }
      lookForCancel(feed.isCutShort());
      return feed.isCutShort();
    }

    private void lookForCancel(boolean isCancelled) throws ImportCancelledException {
      if (isCancelled && commits.isAtEnd()) {
        throw new ImportCancelledException(read);
      }
    }

    private void take(Block<Outcome> block) throws IOException {
      block
          .marks()
          .resumed()
          .ifPresent(mark -> watch.resumed(block.input(), mark.records(), mark.offset()));
      for (Outcome outcome : block.records()) {
        take(block.input(), outcome);
      }
      if (block.number() >= 0) {
        ledger.add(block);
        note(block);
        watch.progress(read, block.storedBytes(), bytesTotal);
        lookForCancel(watch.isCancelled());
      }
      if (block.failure().isPresent()) {
        problem(block.failure().get());
      }
    }

    private void note(Block<Outcome> block) {
      String place = inputs.get(block.number()).place();
      if (!place.isEmpty()) {
        block.marks().end().ifPresent(mark -> marks.put(place, mark));
      }
    }

    private void take(String input, Outcome outcome) throws IOException {
      read++;
      if (outcome instanceof Outcome.Accepted accepted) {
        staging.add(accepted.interaction(), accepted.hash());
      } else if (outcome instanceof Outcome.Refused refused) {
        refuse(input, refused.record());
      } else if (outcome instanceof Outcome.Deletion deletion) {
        refuse(input, deletion.record());
        deleted.add(deletion.id());
      } else if (outcome instanceof Outcome.TakenDown takenDown) {
        quarantine.add(input, takenDown.record());
      }
      KillPoint.IMPORT_AFTER_RECORD.reached();
    }

    private void refuse(String input, InputRecord record) throws IOException {
      switch (settings.onError()) {
        case QUARANTINE -> quarantine.add(input, record);
        case FAIL ->
            throw new RecordRefusedException(
                input + ":" + record.line(), record.refusal(), staging.progress());
      }
    }

    private void problem(IOException problem) throws IOException {
      switch (settings.onError()) {
        case QUARANTINE -> problems.add(problem.getMessage());
        case FAIL -> throw problem;
      }
    }

    private void commit() throws IOException {
      publish();
      KillPoint.IMPORT_AFTER_COMMIT.reached();
      if (resumes()) {
        journal.save(batch, marks);
        KillPoint.IMPORT_AFTER_JOURNAL.reached();
      }
      ImportReport now = report(false);
      watch.committed(
          new Commit(
              ++commitCount,
              ledger.name(),
              ledger.offset(),
              read,
              now.stored(),
              now.duplicates(),
              now.quarantined()));
    }

    private void publish() throws IOException {
      KillPoint.IMPORT_BEFORE_PUBLISH.reached();
      publishDeletions();
      staging.publish(read, ledger.inputs());
      quarantine.publish();
      readBefore = read;
    }

    /** Before the days: what is deleted is at no moment seen. */
    private void publishDeletions() throws IOException {
      Tombstones chain = new Tombstones(archive);
      if (deleted.isEmpty()) {
        tombstones = chain.newest(source);
        return;
      }
      List<Tombstone> stones = new ArrayList<>();
      for (String id : deleted) {
        stones.add(new Tombstone(Tombstone.Kind.ID, id, archive.clock().instant(), batch.value()));
      }
      tombstones = chain.add(source, stones);
      deleted.clear();
      KillPoint.IMPORT_AFTER_DELETIONS.reached();
    }

    private ImportReport report(boolean isCutShort) {
      SortedMap<LocalDate, ImportReport.DayCount> days = staging.visible();
      return new ImportReport(
          source,
          batch,
          read,
          days.values().stream().mapToLong(ImportReport.DayCount::stored).sum(),
          days.values().stream().mapToLong(ImportReport.DayCount::duplicates).sum(),
          quarantine.count(),
          days.values().stream().mapToLong(ImportReport.DayCount::replaced).sum(),
          days,
          problems,
          isCutShort);
    }
  }

  /** How far each input was read. */
  private static final class InputLedger {
    private final List<LedgerEntry.Input> before = new ArrayList<>();
    private int number = -1;
    private String name = "";
    private long records;
    private long offset;

    void add(Block<Outcome> block) {
      if (block.number() != number) {
        before.addAll(last());
        number = block.number();
        name = block.input();
        records = 0;
      }
      records += block.records().size();
      offset = block.offset();
    }

    private List<LedgerEntry.Input> last() {
      return number < 0 ? List.of() : List.of(new LedgerEntry.Input(name, records, offset));
    }

    String name() {
      return name;
    }

    long offset() {
      return offset;
    }

    List<LedgerEntry.Input> inputs() {
      List<LedgerEntry.Input> inputs = new ArrayList<>(before);
      inputs.addAll(last());
      return inputs;
    }
  }
}
