package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.RowGroup;
import dev.historics.archive.format.SealedFile;
import dev.historics.filter.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * A row group of a sealed file. A scan reads the columns that the rules ask for and no others, and
 * {@code raw} only on the pages that hold a row which is delivered.
 */
final class SealedPart implements DayPart {
  private final Manifest manifest;
  private final SealedFile file;
  private final RowGroup rowGroup;
  private final Stripping stripping;

  private SealedPart(Manifest manifest, SealedFile file, RowGroup rowGroup, Stripping stripping) {
    this.manifest = manifest;
    this.file = file;
    this.rowGroup = rowGroup;
    this.stripping = stripping;
  }

  /**
   * @param stripping how the source's content is made
   */
  static SealedPart open(
      ArchiveFiles files, Manifest manifest, DataFile entry, int rowGroup, Stripping stripping)
      throws IOException {
    SealedFile file = SealedFile.open(files, manifest.day(), entry);
    return new SealedPart(manifest, file, file.rowGroups().get(rowGroup), stripping);
  }

  @Override
  public String source() {
    return manifest.day().source();
  }

  @Override
  public String path() {
    return file.path();
  }

  @Override
  public int rows() {
    return Math.toIntExact(rowGroup.rows());
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    if (!needs.canWant(
        rowGroup.first().toEpochMilli(), rowGroup.last().toEpochMilli(), rowGroup.bucketMin())) {
      return null;
    }
    ColumnPlan plan = new ColumnPlan(needs, file, manifest, stripping);
    ParquetFileReader reader = file.reader();
    reader.setRequestedSchema(plan.leaves());
    PageReadStore pages = reader.readRowGroup(rowGroup.index());
    BlockMetaData block = reader.getRowGroups().get(rowGroup.index());
    String createdBy = reader.getFileMetaData().getCreatedBy();
    return new SealedBatches(plan, rows(), leaf -> new LeafReader(leaf, pages, block, createdBy));
  }

  @Override
  public void raws(BitSet rows, RawSink sink) throws IOException {
    BitSet selected = (BitSet) rows.clone();
    // Parquet can give an earlier row for the last one that is selected, if it has to change the
    // page for it (parquet-java issue 3747): not so if the row before is selected too.
    selected.set(Math.max(0, rows.length() - 2));
    RowRanges.Builder wanted = RowRanges.builder();
    selected.stream().forEach(wanted::addSelectedRow);
    ParquetFileReader reader = file.reader();
    reader.setRequestedSchema(List.of(file.raw()));
    PageReadStore pages = reader.readFilteredRowGroup(rowGroup.index(), wanted.build());
    MessageType schema = new MessageType("interaction", file.schema().getType("raw"));
    ColumnReader raw =
        new ColumnReadStoreImpl(
                pages, new Ignored(), schema, reader.getFileMetaData().getCreatedBy())
            .getColumnReader(file.raw());
    byte[] buffer = new byte[0];
    for (int row = selected.nextSetBit(0); row >= 0; row = selected.nextSetBit(row + 1)) {
      if (!rows.get(row)) {
        raw.skip();
        raw.consume();
        continue;
      }
      ByteBuffer text = raw.getBinary().toByteBuffer();
      int length = text.remaining();
      if (text.hasArray()) {
        sink.raw(row, text.array(), text.arrayOffset() + text.position(), length);
      } else {
        buffer = buffer.length < length ? new byte[length * 2] : buffer;
        text.get(buffer, 0, length);
        sink.raw(row, buffer, 0, length);
      }
      raw.consume();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Makes a reader for a leaf of the row group. */
  interface Leaves {
    LeafReader open(ColumnDescriptor leaf) throws IOException;
  }

  /** Where each target of a scan comes from. */
  static final class ColumnPlan {
    private final ScanNeeds needs;
    private final SealedFile file;
    private final Set<TargetColumn> considered;
    private final Stripping stripping;
    private final List<Target> fromRaw = new ArrayList<>();

    /**
     * @param manifest that names the file
     * @param stripping how the source's content is made
     */
    ColumnPlan(ScanNeeds needs, SealedFile file, Manifest manifest, Stripping stripping) {
      this.needs = needs;
      this.file = file;
      this.considered = manifest.considered(stripping);
      this.stripping = stripping;
      for (Target target : needs.targets()) {
        if (!ScanNeeds.isSpecial(target) && !considered.contains(InteractionBatch.column(target))) {
          fromRaw.add(target);
        }
      }
    }

    ScanNeeds needs() {
      return needs;
    }

    SealedFile file() {
      return file;
    }

    /** The targets that the file was not made for, evaluated from the interactions' JSON. */
    List<Target> fromRaw() {
      return fromRaw;
    }

    /** An empty batch for these. */
    InteractionBatch shredded() {
      return new InteractionBatch(fromRaw, stripping);
    }

    /** The leaves that hold a target's values; none if no row has a value. */
    List<ColumnDescriptor> leaves(Target target) {
      return considered.contains(InteractionBatch.column(target))
          ? file.column(target.name()).map(column -> column.leaves()).orElse(List.of())
          : List.of();
    }

    /** Every leaf that the scan reads. */
    List<ColumnDescriptor> leaves() {
      List<ColumnDescriptor> leaves = new ArrayList<>();
      needs.targets().forEach(target -> leaves.addAll(leaves(target)));
      if (needs.times()) {
        leaves.add(file.createdAt());
      }
      if (needs.buckets()) {
        leaves.add(file.bucket());
      }
      if (needs.ids()) {
        leaves.add(file.id());
      }
      if (!fromRaw.isEmpty()) {
        leaves.add(file.raw());
      }
      return leaves;
    }
  }

  /** Parquet wants a converter for every column, although values are read without one. */
  private static final class Ignored extends GroupConverter {
    @Override
    public Converter getConverter(int fieldIndex) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
