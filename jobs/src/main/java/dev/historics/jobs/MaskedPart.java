package dev.historics.jobs;

import dev.historics.archive.IdHash;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneCheck;
import dev.historics.filter.Column;
import dev.historics.filter.Target;
import dev.historics.filter.TextColumn;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a day some of whose rows may not count: to find out which, it reads ids and authors,
 * too, where somebody asks for them.
 */
final class MaskedPart implements DayPart {
  private static final List<Target> AUTHORS =
      TombstoneCheck.AUTHOR_TARGETS.stream()
          .map(name -> new Target(name, ValueType.TEXT, false, ""))
          .toList();

  private final DayPart part;
  private final Removals removals;
  private final Set<String> ids;
  private final Set<String> authors;

  private MaskedPart(DayPart part, Removals removals) {
    this.part = part;
    this.removals = removals;
    this.ids = removals.tombstones().values(Tombstone.Kind.ID);
    this.authors = removals.tombstones().values(Tombstone.Kind.AUTHOR);
  }

  /** The part itself, if all of its rows count. */
  static DayPart of(DayPart part, Removals removals) {
    return removals.isNone() ? part : new MaskedPart(part, removals);
  }

  @Override
  public String source() {
    return part.source();
  }

  @Override
  public String path() {
    return part.path();
  }

  @Override
  public long firstRow() {
    return part.firstRow();
  }

  @Override
  public int rows() {
    return part.rows();
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    ScanNeeds all = authors.isEmpty() ? needs : needs.and(AUTHORS);
    all = ids.isEmpty() && !removals.hasSuperseded() ? all : all.andIds();
    Batches batches = part.batches(all);
    return batches == null ? null : new MaskedBatches(batches, all);
  }

  @Override
  public long bytesRead() {
    return part.bytesRead();
  }

  @Override
  public void close() throws IOException {
    part.close();
  }

  private final class MaskedBatches implements Batches {
    private final Batches batches;
    private final List<Integer> authorColumns;

    MaskedBatches(Batches batches, ScanNeeds needs) {
      this.batches = batches;
      this.authorColumns =
          authors.isEmpty() ? List.of() : AUTHORS.stream().map(needs::place).toList();
    }

    @Override
    public PartBatch next() throws IOException {
      PartBatch batch = batches.next();
      return batch == null ? null : new MaskedBatch(batch, gone(batch));
    }

    private GoneRows gone(PartBatch batch) {
      BitSet superseded = new BitSet();
      BitSet takenDown = new BitSet();
      for (int row = 0; row < batch.rows(); row++) {
        if (removals.hasSuperseded() && removals.isSuperseded(IdHash.of(batch.id(row)))) {
          superseded.set(row);
        } else if (!ids.isEmpty() && ids.contains(batch.id(row))) {
          takenDown.set(row);
        }
      }
      for (int column : authorColumns) {
        byAuthor((TextColumn) batch.column(column), takenDown);
      }
      takenDown.andNot(superseded);
      return new GoneRows(superseded, takenDown);
    }

    /** Each different author of the batch is looked up once. */
    private void byAuthor(TextColumn column, BitSet takenDown) {
      BitSet gone = new BitSet(column.entries());
      for (int entry = 0; entry < column.entries(); entry++) {
        gone.set(entry, authors.contains(column.text(entry)));
      }
      if (gone.isEmpty()) {
        return;
      }
      for (int row = 0; row < column.rows(); row++) {
        for (int value = column.rowStart(row); value < column.rowStart(row + 1); value++) {
          if (gone.get(column.entry(value))) {
            takenDown.set(row);
          }
        }
      }
    }
  }

  private record MaskedBatch(PartBatch batch, GoneRows gone) implements PartBatch {
    @Override
    public int rows() {
      return batch.rows();
    }

    @Override
    public Column column(int index) {
      return batch.column(index);
    }

    @Override
    public int firstRow() {
      return batch.firstRow();
    }

    @Override
    public long createdAtMillis(int row) {
      return batch.createdAtMillis(row);
    }

    @Override
    public int bucket(int row) {
      return batch.bucket(row);
    }

    @Override
    public String id(int row) {
      return batch.id(row);
    }

    @Override
    public void raws(BitSet rows, RawSink sink) throws IOException {
      batch.raws(rows, sink);
    }

    @Override
    public BitSet unreadable() {
      return batch.unreadable();
    }
  }
}
