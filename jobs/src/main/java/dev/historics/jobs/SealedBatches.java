package dev.historics.jobs;

import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.Target;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;

/** Cuts a row group into batches; a column of a batch is decoded when it is first asked for. */
final class SealedBatches implements DayPart.Batches {
  private static final int BATCH_ROWS = 4096;

  private final SealedPart.ColumnPlan plan;
  private final int rows;
  private final SealedPart.Leaves leaves;
  private final Map<Target, ColumnDecoder> decoders = new HashMap<>();
  private final ColumnDecoder createdAt;
  private final ColumnDecoder ids;
  private final LeafReader buckets;
  private final LeafReader raws;
  private final InteractionBatch shredded;
  private int nextRow;

  SealedBatches(SealedPart.ColumnPlan plan, int rows, SealedPart.Leaves leaves) throws IOException {
    this.plan = plan;
    this.rows = rows;
    this.leaves = leaves;
    ScanNeeds needs = plan.needs();
    this.createdAt =
        needs.times() ? ColumnDecoder.integers(leaves.open(plan.file().createdAt())) : null;
    this.ids = needs.ids() ? ColumnDecoder.text(leaves.open(plan.file().id())) : null;
    this.buckets = needs.buckets() ? leaves.open(plan.file().bucket()) : null;
    this.raws = plan.fromRaw().isEmpty() ? null : leaves.open(plan.file().raw());
    this.shredded = plan.shredded();
  }

  @Override
  public PartBatch next() {
    if (nextRow == rows) {
      return null;
    }
    int firstRow = nextRow;
    int count = Math.min(BATCH_ROWS, rows - firstRow);
    nextRow += count;
    shredded.clear();
    if (raws != null) {
      shred(count);
    }
    return new SealedBatch(firstRow, count);
  }

  private void shred(int count) {
    for (int row = 0; row < count; row++) {
      byte[] raw = raws.value().getBinary().getBytes();
      shredded.add(raw, 0, raw.length);
      raws.next();
    }
  }

  /** The decoder of a target that has a column. */
  private ColumnDecoder decoder(Target target, List<ColumnDescriptor> columns) throws IOException {
    List<LeafReader> opened = new ArrayList<>();
    for (ColumnDescriptor column : columns) {
      opened.add(leaves.open(column));
    }
    return switch (target.type()) {
      case TEXT -> ColumnDecoder.text(opened.get(0));
      case INT -> ColumnDecoder.integers(opened.get(0));
      case FLOAT -> ColumnDecoder.decimals(opened.get(0));
      case GEO -> ColumnDecoder.places(opened);
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
    private int[] bucketNumbers;

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
          columns[index] = make(plan.needs().targets().get(index));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return columns[index];
    }

    private Column make(Target target) throws IOException {
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
      List<ColumnDescriptor> stored = plan.leaves(target);
      if (stored.isEmpty()) {
        return missing(target, count);
      }
      ColumnDecoder decoder = decoders.get(target);
      if (decoder == null) {
        decoder = decoder(target, stored);
        decoders.put(target, decoder);
      }
      return decoder.decode(firstRow, count);
    }

    private TextColumn idTexts() {
      if (idTexts == null) {
        idTexts = (TextColumn) ids.decode(firstRow, count);
      }
      return idTexts;
    }

    @Override
    public long createdAtMillis(int row) {
      if (times == null) {
        times = (IntColumn) createdAt.decode(firstRow, count);
      }
      return times.value(row);
    }

    @Override
    public int bucket(int row) {
      if (bucketNumbers == null) {
        bucketNumbers = new int[count];
        buckets.skipTo(firstRow);
        for (int i = 0; i < count; i++) {
          bucketNumbers[i] = buckets.value().getInteger();
          buckets.next();
        }
      }
      return bucketNumbers[row];
    }

    @Override
    public String id(int row) {
      TextColumn texts = idTexts();
      return texts.text(texts.entry(row));
    }

    @Override
    public BitSet unreadable() {
      return shredded.unreadable();
    }
  }
}
