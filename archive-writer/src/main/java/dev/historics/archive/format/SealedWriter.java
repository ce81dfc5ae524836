package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.Shredder;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.Stripping;
import dev.historics.archive.Tail;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * A sealed file being written: interactions of one day by sample bucket, then in the order {@link
 * #IN_BUCKET}. Ends with {@link #finish} or {@link #discard}. Owned by one thread.
 */
public final class SealedWriter {
  /** The order of interactions with the same sample bucket: by time, then by id. */
  public static final Comparator<Interaction> IN_BUCKET =
      Comparator.comparingLong((Interaction i) -> i.createdAt().toEpochMilli())
          .thenComparing(Interaction::id);

  /** Last keys of targets whose values hardly ever repeat. */
  private static final Set<String> PROSE = Set.of("content", "text", "title");

  private static final int PAGE_BYTES = 128 * 1024;
  private static final int INDEX_BYTES_MAX = 64;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final NewFile file;
  private final List<StoredColumn> columns;
  private final Shredder shredder;
  private final Shredder.Reading reading;
  private final SealedRow row;
  private final ZstdPages codec = new ZstdPages();
  private final ParquetWriter<Interaction> writer;
  private final DayStats stats;
  private final IdSet ids = new IdSet();
  private Interaction before;
  private int bucketBefore;

  private SealedWriter(
      ArchiveFiles files,
      SourceDay day,
      NewFile file,
      List<StoredColumn> columns,
      Stripping stripping,
      long rowGroupBytes)
      throws IOException {
    this.files = files;
    this.day = day;
    this.file = file;
    this.columns = List.copyOf(columns);
    SealedLayout layout = new SealedLayout(columns);
    this.shredder = new Shredder(targets(layout.columns()), stripping);
    this.reading = shredder.reading();
    this.row = new SealedRow(layout.columns().size());
    this.stats = new DayStats(day);
    this.writer = new Builder(new ParquetOutput(file), layout, row).build(codec, rowGroupBytes);
  }

  /**
   * Starts a file.
   *
   * @param stem the start of its path below the root
   * @param columns what {@link ColumnShapes} found in all the interactions that will come
   * @param stripping how the source's content is made
   * @param rowGroupBytes how large a row group becomes as stored, about
   */
  public static SealedWriter create(
      ArchiveFiles files,
      SourceDay day,
      String stem,
      List<StoredColumn> columns,
      Stripping stripping,
      long rowGroupBytes)
      throws IOException {
    NewFile file = NewFile.create(files, stem, "parquet");
    try {
      return new SealedWriter(files, day, file, columns, stripping, rowGroupBytes);
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  private static List<TargetColumn> targets(List<StoredColumn> columns) {
    return columns.stream().map(StoredColumn::column).toList();
  }

  /**
   * Adds an interaction, which comes behind those before it in the order of the file.
   *
   * @param hash of its id
   * @throws IllegalArgumentException if it is of another day, out of order, or its id is there
   *     already
   */
  public void append(Interaction interaction, IdHash hash) throws IOException {
    int bucket = SampleBuckets.of(hash);
    if (before != null
        && (bucket < bucketBefore
            || (bucket == bucketBefore && IN_BUCKET.compare(before, interaction) > 0))) {
      throw new IllegalArgumentException(
          "%s: id '%s' is out of order".formatted(file.path(), interaction.id()));
    }
    before = interaction;
    bucketBefore = bucket;
    if (!ids.add(hash)) {
      throw new IllegalArgumentException(
          "%s: id '%s' is there already".formatted(file.path(), interaction.id()));
    }
    row.clear();
    reading.shred(interaction.raw(), 0, interaction.raw().length, row);
    stats.add(interaction);
    writer.write(interaction);
  }

  /** Makes the file and its id index durable. On failure, nothing of it is left. */
  public DataFile finish() throws IOException {
    try {
      writer.close();
      List<BlockMetaData> rowGroups = writer.getFooter().getBlocks();
      List<Long> offsets = rowGroups.stream().map(BlockMetaData::getStartingPos).toList();
      Tail tail;
      try (ArchiveInput written = files.open(file.path())) {
        tail = SealedTail.of(written, rowGroups);
      }
      Sidecar sidecar = IdIndex.write(files, day.directory(), file.path(), ids);
      return stats.entry(DataFile.Kind.SEALED, file, tail, offsets, columns, sidecar);
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  /** Removes the file. */
  public void discard() throws IOException {
    codec.release();
    file.discard();
  }

  /** Parquet's settings, in one place. */
  private static final class Builder extends ParquetWriter.Builder<Interaction, Builder> {
    private final SealedLayout layout;
    private final SealedRow row;

    Builder(OutputFile file, SealedLayout layout, SealedRow row) {
      super(file);
      this.layout = layout;
      this.row = row;
    }

    ParquetWriter<Interaction> build(ZstdPages codec, long rowGroupBytes) throws IOException {
      withConf(new PlainParquetConfiguration());
      withCodecFactory(codec);
      withCompressionCodec(CompressionCodecName.ZSTD);
      withPageWriteChecksumEnabled(true);
      withRowGroupSize(rowGroupBytes);
      withPageSize(PAGE_BYTES);
      withColumnIndexTruncateLength(INDEX_BYTES_MAX);
      withStatisticsTruncateLength(INDEX_BYTES_MAX);
      withDictionaryEncoding(SealedLayout.ID, false);
      withDictionaryEncoding(SealedLayout.RAW, false);
      withStatisticsEnabled(SealedLayout.RAW, false);
      for (StoredColumn stored : layout.columns()) {
        String target = stored.column().target();
        if (PROSE.contains(target.substring(target.lastIndexOf('.') + 1))) {
          for (ColumnDescriptor leaf : layout.column(target).orElseThrow().leaves()) {
            withDictionaryEncoding(String.join(".", leaf.getPath()), false);
          }
        }
      }
      return build();
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract, so it must be there; nothing calls it.
    protected WriteSupport<Interaction> getWriteSupport(Configuration settings) {
      return new SealedWriteSupport(layout, row);
    }

    @Override
    protected WriteSupport<Interaction> getWriteSupport(ParquetConfiguration settings) {
      return new SealedWriteSupport(layout, row);
    }
  }
}
