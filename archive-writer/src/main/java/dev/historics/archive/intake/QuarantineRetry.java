package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.kill.KillPoint;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tries the records of the quarantine again. What is good now is imported, which stores nothing
 * twice; then a new version of the lot, with the others and their reasons of today, takes the place
 * of the one before in one step. Whoever dies between the two has stored records that are still in
 * the lot, and the next try finds that they are there.
 */
public final class QuarantineRetry {
  private final Archive archive;
  private final ArchiveFiles files;
  private final ImportSettings settings;
  private final QuarantineShelf shelf;

  /**
   * @param settings as for an import; what it does with errors is of no account
   */
  public QuarantineRetry(Archive archive, ImportSettings settings) {
    this.archive = archive;
    this.files = archive.files();
    this.settings = settings.withOnError(ImportSettings.OnError.FAIL);
    this.shelf = new QuarantineShelf(archive);
  }

  /**
   * Tries one lot again.
   *
   * @param batch a new one, under which the ledgers of the days have what was stored
   * @param mappers makes a mapper for each thread, all of the lot's source
   * @throws IOException if the archive cannot be read or written, or somebody else tried the same
   *     lot at the same time; trying again is safe
   */
  public RetryReport run(
      QuarantineShelf.Lot lot, BatchId batch, Supplier<RecordMapper> mappers, ImportWatch watch)
      throws IOException {
    RecordMapper mapper = mappers.get();
    if (!mapper.source().equals(lot.source())) {
      throw new IllegalArgumentException(
          "expected a mapper of source '%s', got one of '%s'"
              .formatted(lot.source(), mapper.source()));
    }
    Rest rest = new Rest(lot, batch, mapping(mapper));
    try {
      shelf.read(lot, rest);
      rest.file.close();
      ImportReport report = importGood(lot, batch, mappers, watch, rest.good);
      if (report.read() != rest.good) {
        throw new IOException(
            "%s: was read twice and found different: %d good records, then %d; run it again"
                .formatted(lot.path(), rest.good, report.read()));
      }
      replace(lot, rest.file);
      return new RetryReport(
          lot,
          batch,
          rest.good + rest.bad,
          report.stored(),
          report.duplicates(),
          rest.bad,
          rest.finalCount);
    } catch (IOException | RuntimeException e) {
      discard(rest.file, e);
      throw e;
    }
  }

  private Mapping mapping(RecordMapper mapper) throws IOException {
    TombstoneList tombstones = new Tombstones(archive).newest(mapper.source());
    return new Mapping(
        mapper, archive.clock(), settings.futureMax(), new TakenDown(() -> tombstones));
  }

  private ImportReport importGood(
      QuarantineShelf.Lot lot,
      BatchId batch,
      Supplier<RecordMapper> mappers,
      ImportWatch watch,
      long good)
      throws IOException {
    try (InputStream records = new GoodRecords(shelf.open(lot), lot, mapping(mappers.get()))) {
      List<ImportInput> inputs =
          good == 0
              ? List.of()
              : List.of(ImportInput.stream("quarantine of " + lot.batch(), records));
      return new Importer(archive, settings).run(batch, mappers, inputs, watch);
    }
  }

  private void replace(QuarantineShelf.Lot lot, NewFile rest) throws IOException {
    QuarantineShelf.Lot next =
        new QuarantineShelf.Lot(lot.source(), lot.batch(), lot.version() + 1, rest.bytes());
    KillPoint.RETRY_BEFORE_REPLACE.reached();
    if (!files.publish(rest.path(), next.path())) {
      throw new IOException(
          "%s: somebody else tried this lot again at the same time; nothing was stored twice,"
                  .formatted(lot.path())
              + " run it again for what is left");
    }
    KillPoint.RETRY_AFTER_REPLACE.reached();
    for (QuarantineShelf.Lot old : shelf.superseded(lot.source())) {
      files.delete(old.path());
    }
  }

  private static void discard(NewFile file, Exception cause) {
    try {
      file.discard();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Writes what is still bad to a file that nobody sees yet. */
  private final class Rest implements QuarantineShelf.Visitor {
    private final Mapping mapping;
    private final NewFile file;
    private long good;
    private long bad;
    private long finalCount;

    Rest(QuarantineShelf.Lot lot, BatchId batch, Mapping mapping) throws IOException {
      this.mapping = mapping;
      String directory = "%s/source=%s/_staging/".formatted(Quarantine.DIRECTORY, lot.source());
      this.file = NewFile.create(files, directory + batch, "ndjson");
    }

    @Override
    public void visit(QuarantineEntry entry) throws IOException {
      if (!entry.record().canBeRetried()) {
        finalCount++;
        keep(entry);
        return;
      }
      Outcome outcome = mapping.outcome(entry.record().again());
      if (outcome instanceof Outcome.PutAside aside) {
        keep(new QuarantineEntry(entry.input(), aside.record()));
      } else {
        good++;
      }
    }

    private void keep(QuarantineEntry entry) throws IOException {
      bad++;
      file.write(entry.line());
    }
  }

  /** The records of a lot that are good now, a line each. */
  private static final class GoodRecords extends InputStream {
    private final BufferedReader lines;
    private final QuarantineShelf.Lot lot;
    private final Mapping mapping;
    private byte[] record = new byte[0];
    private int at;
    private long number;

    GoodRecords(BufferedReader lines, QuarantineShelf.Lot lot, Mapping mapping) {
      this.lines = lines;
      this.lot = lot;
      this.mapping = mapping;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (at == record.length && !fill()) {
        return -1;
      }
      int read = Math.min(length, record.length - at);
      System.arraycopy(record, at, target, offset, read);
      at += read;
      return read;
    }

    private boolean fill() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        InputRecord found = QuarantineShelf.entry(lot, ++number, line).record();
        if (found.canBeRetried() && isGood(found)) {
          record = Arrays.copyOf(found.bytes(), found.bytes().length + 1);
          record[record.length - 1] = '\n';
          at = 0;
          return true;
        }
      }
      return false;
    }

    private boolean isGood(InputRecord found) {
      return mapping.outcome(found.again()) instanceof Outcome.Accepted;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
