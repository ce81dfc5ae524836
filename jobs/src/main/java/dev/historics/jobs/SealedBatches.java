package dev.historics.jobs;

import dev.historics.archive.form.Bytes;
import dev.historics.archive.format.RowGroup;
import dev.historics.archive.format.RowGroupColumns;
import dev.historics.archive.format.RowGroupRows;
import dev.historics.archive.parquet.NumberReader;
import dev.historics.archive.parquet.RowRanges;
import dev.historics.archive.parquet.TextReader;
import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.Target;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/** Cuts a row group into batches; a column of a batch is decoded when it is first asked for. */
final class SealedBatches implements DayPart.Batches {
  private static final int BATCH_ROWS = 4096;

  private final SealedPart.ColumnPlan plan;
  private final RowGroupColumns readers;
  private final RowRanges wanted;

  /** By target; none before a column is first asked for. */
  private final ColumnDecoder[] decoders;

  private final ColumnDecoder createdAt;
  private final ColumnDecoder ids;
  private final ColumnDecoder buckets;
  private final InteractionBatch shredded;
  private int range;
  private int nextRow;

  /**
   * @param wanted the rows to cut, not empty
   */
  SealedBatches(SealedPart.ColumnPlan plan, RowGroup rowGroup, RowRanges wanted)
      throws IOException {
    this.plan = plan;
    this.readers = plan.file().columns(rowGroup);
    this.wanted = wanted;
    this.nextRow = wanted.from(0);
    ScanNeeds needs = plan.needs();
    this.decoders = new ColumnDecoder[needs.targets().size()];
    this.createdAt =
        needs.times() ? ColumnDecoder.integers(numbers(plan.file().createdAt())) : null;
    this.ids = needs.ids() ? ColumnDecoder.text(texts(plan.file().id())) : null;
    this.buckets = needs.buckets() ? ColumnDecoder.integers(numbers(plan.file().bucket())) : null;
    this.shredded = plan.shredded();
  }

  private TextReader texts(ColumnDescriptor leaf) throws IOException {
    return readers.texts(leaf, wanted);
  }

  private NumberReader numbers(ColumnDescriptor leaf) throws IOException {
    return readers.numbers(leaf, wanted);
  }

  @Override
  public PartBatch next() throws IOException {
    if (nextRow == wanted.end(range)) {
      if (range + 1 == wanted.count()) {
        return null;
      }
      nextRow = wanted.from(++range);
    }
    int firstRow = nextRow;
    int count = Math.min(BATCH_ROWS, wanted.end(range) - firstRow);
    nextRow += count;
    shredded.clear();
    if (!plan.fromRaw().isEmpty()) {
      shred(firstRow, count);
    }
    return new SealedBatch(firstRow, count);
  }

  private void shred(int firstRow, int count) throws IOException {
    RowGroupRows raws = readers.rows();
    for (int row = firstRow; row < firstRow + count; row++) {
      raws.goTo(row);
      Bytes raw = raws.raw();
      shredded.add(raw.array(), 0, raw.length());
    }
  }

  private ColumnDecoder decoder(Target target) throws IOException {
    List<ColumnDescriptor> leaves = plan.leaves(target);
    if (leaves.isEmpty()) {
      return (firstRow, rows) -> missing(target, rows);
    }
    return switch (target.type()) {
      case TEXT -> ColumnDecoder.text(texts(leaves.get(0)));
      case INT -> ColumnDecoder.integers(numbers(leaves.get(0)));
      case FLOAT -> ColumnDecoder.decimals(numbers(leaves.get(0)));
      case GEO -> ColumnDecoder.places(numbers(leaves.get(0)), numbers(leaves.get(1)));
    };
  }

  private static Column missing(Target target, int rows) {
    int[] rowStarts = new int[rows + 1];
    return switch (target.type()) {
      case TEXT -> TextColumn.plain(rowStarts, new byte[0], new int[0], new int[0]);
      case INT -> new IntColumn(rowStarts, new long[0]);
      case FLOAT -> new FloatColumn(rowStarts, new double[0]);
      case GEO -> new GeoColumn(rowStarts, new double[0], new double[0]);
    };
  }

  private final class SealedBatch implements PartBatch {
    private final int firstRow;
    private final int count;
    private final Column[] columns;
    private IntColumn times;
    private TextColumn idTexts;
    private IntColumn bucketNumbers;

    SealedBatch(int firstRow, int count) {
      this.firstRow = firstRow;
      this.count = count;
      this.columns = new Column[plan.needs().targets().size()];
    }

    @Override
    public int rows() {
      return count;
    }

    @Override
    public int firstRow() {
      return firstRow;
    }

    @Override
    public Column column(int index) {
      if (columns[index] == null) {
        try {
          columns[index] = make(index);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return columns[index];
    }

    private Column make(int index) throws IOException {
      Target target = plan.needs().targets().get(index);
      if (target.name().equals(ScanNeeds.SAMPLE)) {
        return SpecialColumns.sample(idTexts());
      }
      if (target.name().equals(ScanNeeds.ID)) {
        return idTexts();
      }
      int fromRaw = plan.fromRaw().indexOf(target);
      if (fromRaw >= 0) {
        return shredded.column(fromRaw);
      }
      if (decoders[index] == null) {
        decoders[index] = decoder(target);
      }
      return decoders[index].decode(firstRow, count);
    }

    private Column decoded(ColumnDecoder decoder) {
      try {
        return decoder.decode(firstRow, count);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private TextColumn idTexts() {
      if (idTexts == null) {
        idTexts = (TextColumn) decoded(ids);
      }
      return idTexts;
    }

    @Override
    public long createdAtMillis(int row) {
      if (times == null) {
        times = (IntColumn) decoded(createdAt);
      }
      return times.value(row);
    }

    @Override
    public int bucket(int row) {
      if (bucketNumbers == null) {
        bucketNumbers = (IntColumn) decoded(buckets);
      }
      return (int) bucketNumbers.value(row);
    }

    @Override
    public String id(int row) {
      TextColumn texts = idTexts();
      return texts.text(texts.entry(row));
    }

    @Override
    public void raws(BitSet rows, DayPart.RawSink sink) throws IOException {
      RowGroupRows raws = readers.rows();
      for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
        raws.goTo(firstRow + row);
        Bytes raw = raws.raw();
        sink.raw(row, raw.array(), 0, raw.length());
      }
    }

    @Override
    public BitSet unreadable() {
      return shredded.unreadable();
    }
  }
}
