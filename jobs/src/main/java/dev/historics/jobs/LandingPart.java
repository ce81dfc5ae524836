package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.format.LandingFile;
import dev.historics.filter.Column;
import dev.historics.filter.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A landing file, read from front to back. Its records have no columns: those are made from their
 * JSON, batch by batch.
 */
final class LandingPart implements DayPart {
  private static final int BATCH_ROWS = 1024;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final DataFile entry;
  private final Stripping stripping;
  private LandingFile opened;
  private long bytesRead;

  /**
   * @param stripping how the source's content is made
   */
  LandingPart(ArchiveFiles files, SourceDay day, DataFile entry, Stripping stripping) {
    this.files = files;
    this.day = day;
    this.entry = entry;
    this.stripping = stripping;
  }

  @Override
  public String source() {
    return day.source();
  }

  @Override
  public String path() {
    return ArchivePaths.in(day.directory(), entry.path());
  }

  @Override
  public long firstRow() {
    return 0;
  }

  @Override
  public int rows() {
    return Math.toIntExact(entry.rows());
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    return needs.canWant(entry.first().toEpochMilli(), entry.last().toEpochMilli(), 0)
        ? new LandingBatches(needs, open(), stripping)
        : null;
  }

  private LandingFile open() throws IOException {
    bytesRead += entry.bytes();
    close();
    opened = LandingFile.open(files, day, entry);
    return opened;
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  /** A scan that came to its end has closed the file itself. */
  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  private static final class LandingBatches implements Batches {
    private final ScanNeeds needs;
    private final LandingFile file;
    private final List<Target> fromRaw;
    private final InteractionBatch shredded;
    private int nextRow;

    LandingBatches(ScanNeeds needs, LandingFile file, Stripping stripping) {
      this.needs = needs;
      this.file = file;
      this.fromRaw =
          needs.targets().stream().filter(target -> !ScanNeeds.isSpecial(target)).toList();
      this.shredded = new InteractionBatch(fromRaw, stripping);
    }

    @Override
    public PartBatch next() throws IOException {
      List<Interaction> rows = new ArrayList<>(BATCH_ROWS);
      shredded.clear();
      while (rows.size() < BATCH_ROWS && file.hasNext()) {
        Interaction row = file.next();
        shredded.add(row.raw(), 0, row.raw().length);
        rows.add(row);
      }
      if (rows.isEmpty()) {
        file.close();
        return null;
      }
      int firstRow = nextRow;
      nextRow += rows.size();
      return new LandingBatch(this, rows, firstRow);
    }
  }

  private static final class LandingBatch implements PartBatch {
    private final LandingBatches scan;
    private final ScanNeeds needs;
    private final List<Interaction> rows;
    private final int firstRow;
    private final Column[] columns;

    LandingBatch(LandingBatches scan, List<Interaction> rows, int firstRow) {
      this.scan = scan;
      this.needs = scan.needs;
      this.rows = rows;
      this.firstRow = firstRow;
      this.columns = new Column[needs.targets().size()];
    }

    @Override
    public int rows() {
      return rows.size();
    }

    @Override
    public int firstRow() {
      return firstRow;
    }

    @Override
    public Column column(int index) {
      if (columns[index] == null) {
        Target target = needs.targets().get(index);
        columns[index] =
            switch (target.name()) {
              case ScanNeeds.ID -> SpecialColumns.ids(this);
              case ScanNeeds.SAMPLE -> SpecialColumns.sample(SpecialColumns.ids(this));
              default -> scan.shredded.column(scan.fromRaw.indexOf(target));
            };
      }
      return columns[index];
    }

    @Override
    public long createdAtMillis(int row) {
      return rows.get(row).createdAt().toEpochMilli();
    }

    @Override
    public int bucket(int row) {
      return SampleBuckets.of(id(row));
    }

    @Override
    public String id(int row) {
      return rows.get(row).id();
    }

    @Override
    public void raws(BitSet wanted, RawSink sink) throws IOException {
      for (int row = wanted.nextSetBit(0); row >= 0; row = wanted.nextSetBit(row + 1)) {
        byte[] raw = rows.get(row).raw();
        sink.raw(row, raw, 0, raw.length);
      }
    }

    @Override
    public BitSet unreadable() {
      return scan.shredded.unreadable();
    }
  }
}
