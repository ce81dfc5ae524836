package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.RowGroup;
import dev.historics.archive.format.SealedFile;
import dev.historics.archive.parquet.NumberBounds;
import dev.historics.archive.parquet.RowRanges;
import dev.historics.filter.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * A row group of a sealed file. A scan reads the columns that the rules ask for and no others, on
 * the pages that can hold a row in range and sample; and all columns on the pages that hold a row
 * which is delivered.
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
  public long firstRow() {
    return file.rowGroups().subList(0, rowGroup.index()).stream().mapToLong(RowGroup::rows).sum();
  }

  @Override
  public int rows() {
    return Math.toIntExact(rowGroup.rows());
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    RowRanges wanted = wanted(needs);
    if (wanted.count() == 0) {
      return null;
    }
    return new SealedBatches(new ColumnPlan(needs, file, manifest, stripping), rowGroup, wanted);
  }

  /** The rows of the pages on which one can be in range and sample. */
  private RowRanges wanted(ScanNeeds needs) throws IOException {
    if (!needs.canWant(
        rowGroup.first().toEpochMilli(), rowGroup.last().toEpochMilli(), rowGroup.bucketMin())) {
      return RowRanges.none();
    }
    RowRanges wanted = RowRanges.all(rows());
    if (needs.times()) {
      NumberBounds times = new NumberBounds(needs.fromMillis(), needs.toMillis() - 1);
      wanted = file.parquet().rowsWithin(rowGroup.index(), file.createdAt(), times);
    }
    if (needs.bucketEnd() < SampleBuckets.COUNT) {
      NumberBounds buckets = new NumberBounds(0, needs.bucketEnd() - 1L);
      wanted = wanted.and(file.parquet().rowsWithin(rowGroup.index(), file.bucket(), buckets));
    }
    return wanted;
  }

  @Override
  public long bytesRead() {
    return file.bytesRead();
  }

  @Override
  public void close() throws IOException {
    file.close();
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
      return leaves;
    }
  }
}
