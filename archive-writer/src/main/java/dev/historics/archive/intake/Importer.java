package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.SourceDay;
import dev.historics.archive.UnconfirmedPublishException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Imports records into an archive. Everything is staged first; then the days become visible, each
 * in one step, and last the quarantine. An import that fails, is cancelled or dies can be run again
 * as it was: what is stored is not stored twice.
 */
public final class Importer {
  private static final int ID_CHARACTERS_MAX = 1024;
  private static final int PROGRESS_RECORDS = 1024;

  private final Archive archive;
  private final ImportSettings settings;

  public Importer(Archive archive, ImportSettings settings) {
    this.archive = archive;
    this.settings = settings;
  }

  /**
   * Imports everything in {@code inputs}.
   *
   * @throws ImportCancelledException if {@code watch} asked for it
   * @throws RecordRefusedException if a record cannot be archived and the settings say to fail
   * @throws IOException if the archive cannot be written, or, if the settings say to fail, an input
   *     cannot be read; says what was stored
   */
  public ImportReport run(
      BatchId batch, RecordMapper mapper, List<ImportInput> inputs, ImportWatch watch)
      throws IOException {
    return new Run(batch, mapper, inputs, watch).run();
  }

  /** One import. */
  private final class Run {
    private final BatchId batch;
    private final RecordMapper mapper;
    private final List<ImportInput> inputs;
    private final ImportWatch watch;
    private final Staging staging;
    private final Quarantine quarantine;
    private final List<LedgerEntry.Input> finished = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final long bytesTotal;
    private long bytesBefore;
    private long read;

    Run(BatchId batch, RecordMapper mapper, List<ImportInput> inputs, ImportWatch watch) {
      this.batch = batch;
      this.mapper = mapper;
      this.inputs = List.copyOf(inputs);
      this.watch = watch;
      String source = SourceDay.requireSource(mapper.source());
      this.staging = new Staging(archive, source, batch, settings.openDaysMax());
      this.quarantine = new Quarantine(archive.files(), source, batch);
      this.bytesTotal =
          this.inputs.stream().anyMatch(input -> input.bytes() == ImportInput.UNKNOWN)
              ? ImportInput.UNKNOWN
              : this.inputs.stream().mapToLong(ImportInput::bytes).sum();
    }

    ImportReport run() throws IOException {
      try {
        for (ImportInput input : inputs) {
          read(input);
        }
        staging.publish(read, finished);
        quarantine.publish();
        return report();
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

    private void cleanUp(Throwable cause) {
      staging.discard().forEach(cause::addSuppressed);
      try {
        quarantine.discard();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    private void read(ImportInput input) throws IOException {
      long readBefore = read;
      try (InputReader reader = open(input)) {
        Optional<InputRecord> record = next(reader, input);
        while (record.isPresent()) {
          take(input, record.get());
          if (read % PROGRESS_RECORDS == 0) {
            look(reader.storedBytes());
          }
          record = next(reader, input);
        }
        look(reader.storedBytes());
        bytesBefore += reader.storedBytes();
        finished.add(new LedgerEntry.Input(input.name(), read - readBefore, reader.plainBytes()));
      } catch (UnreadableInputException e) {
        problem(input.name() + ": " + e.getMessage(), e);
      }
    }

    private void look(long bytes) throws ImportCancelledException {
      watch.progress(read, bytesBefore + bytes, bytesTotal);
      if (watch.isCancelled()) {
        throw new ImportCancelledException(read);
      }
    }

    private InputReader open(ImportInput input) throws UnreadableInputException {
      try {
        return InputReader.open(input, settings.recordBytesMax());
      } catch (IOException e) {
        throw new UnreadableInputException("cannot be read: " + e.getMessage(), e);
      }
    }

    /** The next record; an input that fails on the way ends there, and its last words count. */
    private Optional<InputRecord> next(InputReader reader, ImportInput input) throws IOException {
      try {
        return reader.next();
      } catch (IOException e) {
        Optional<InputRecord> rest = reader.rest();
        if (rest.isPresent()) {
          take(input, rest.get());
        }
        problem(
            "%s: the input is cut or damaged: %s; the records before it count"
                .formatted(reader.place(), e.getMessage()),
            e);
        return Optional.empty();
      }
    }

    private void problem(String problem, IOException cause) throws IOException {
      switch (settings.onError()) {
        case QUARANTINE -> problems.add(problem);
        case FAIL -> throw new IOException(problem, cause);
      }
    }

    private void take(ImportInput input, InputRecord record) throws IOException {
      read++;
      if (!record.isWhole()) {
        refuse(input, record);
        return;
      }
      Interaction interaction;
      try {
        interaction = mapper.map(record.bytes());
        check(interaction);
      } catch (RejectedRecordException e) {
        refuse(input, record.refused(e.getMessage()));
        return;
      }
      staging.add(interaction);
    }

    private void refuse(ImportInput input, InputRecord record) throws IOException {
      switch (settings.onError()) {
        case QUARANTINE -> quarantine.add(input.name(), record);
        case FAIL ->
            throw new RecordRefusedException(input.name() + ":" + record.line(), record.refusal());
      }
    }

    private ImportReport report() {
      SortedMap<LocalDate, ImportReport.DayCount> days = staging.counts();
      return new ImportReport(
          mapper.source(),
          batch,
          read,
          days.values().stream().mapToLong(ImportReport.DayCount::stored).sum(),
          days.values().stream().mapToLong(ImportReport.DayCount::duplicates).sum(),
          quarantine.count(),
          days,
          problems);
    }
  }

  /** What the archive itself cannot hold, whoever mapped it. */
  private static void check(Interaction interaction) throws RejectedRecordException {
    int year = interaction.createdAt().atZone(ZoneOffset.UTC).getYear();
    if (year < 1970 || year > 9999) {
      throw new RejectedRecordException(
          "created_at: expected a time from 1970 to 9999, found " + interaction.createdAt());
    }
    String id = interaction.id();
    if (id.length() > ID_CHARACTERS_MAX) {
      throw new RejectedRecordException(
          "id: expected at most %d characters, found %d".formatted(ID_CHARACTERS_MAX, id.length()));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      throw new RejectedRecordException("id: expected Unicode text, found half a character");
    }
  }

  /** An input that could not even be opened. */
  private static final class UnreadableInputException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableInputException(String problem, IOException cause) {
      super(problem, cause);
    }
  }
}
