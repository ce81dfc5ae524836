package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.format.LandingFile;
import dev.historics.filter.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A landing file. Its records have no columns: those are made from their JSON, batch by batch, and
 * the file is read once more for the interactions that are delivered.
 */
final class LandingPart implements DayPart {
  private static final int BATCH_ROWS = 1024;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final DataFile entry;

  LandingPart(ArchiveFiles files, SourceDay day, DataFile entry) {
    this.files = files;
    this.day = day;
    this.entry = entry;
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
  public int rows() {
    return Math.toIntExact(entry.rows());
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    return needs.canWant(entry.first().toEpochMilli(), entry.last().toEpochMilli(), 0)
        ? new LandingBatches(needs, LandingFile.open(files, day, entry))
        : null;
  }

  @Override
  public void raws(BitSet rows, RawSink sink) throws IOException {
    try (LandingFile file = LandingFile.open(files, day, entry)) {
      for (int row = 0; file.hasNext(); row++) {
        byte[] raw = file.next().raw();
        if (rows.get(row)) {
          sink.raw(row, raw, 0, raw.length);
        }
      }
    }
  }

  @Override
  public void close() {}

  private static final class LandingBatches implements Batches {
    private final ScanNeeds needs;
    private final LandingFile file;
    private final ShreddedColumns columns;
    private int nextRow;

    LandingBatches(ScanNeeds needs, LandingFile file) {
      this.needs = needs;
      this.file = file;
      this.columns = new ShreddedColumns(needs.targets());
    }

    @Override
    public PartBatch next() throws IOException {
      List<Interaction> rows = new ArrayList<>(BATCH_ROWS);
      columns.clear();
      while (rows.size() < BATCH_ROWS && file.hasNext()) {
        Interaction row = file.next();
        columns.add(row.raw());
        rows.add(row);
      }
      if (rows.isEmpty()) {
        file.close();
        return null;
      }
      int firstRow = nextRow;
      nextRow += rows.size();
      return new LandingBatch(needs, rows, columns, firstRow);
    }
  }

  private static final class LandingBatch implements PartBatch {
    private final List<Interaction> rows;
    private final ShreddedColumns shredded;
    private final ScanNeeds needs;
    private final int firstRow;
    private final Column[] columns;

    LandingBatch(ScanNeeds needs, List<Interaction> rows, ShreddedColumns shredded, int firstRow) {
      this.needs = needs;
      this.rows = rows;
      this.shredded = shredded;
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
        columns[index] =
            switch (needs.targets().get(index).name()) {
              case ScanNeeds.ID -> SpecialColumns.ids(this);
              case ScanNeeds.SAMPLE -> SpecialColumns.sample(this);
              default -> shredded.build(index);
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
    public BitSet unreadable() {
      return shredded.unreadable();
    }
  }
}
