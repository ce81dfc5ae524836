package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.Shredder;
import dev.historics.archive.SourceDay;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.Tail;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.form.FormWriter;
import dev.historics.archive.form.ShreddedRow;
import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonShapes.Shape;
import dev.historics.archive.parquet.ColumnWriter;
import dev.historics.archive.parquet.ParquetWriter;
import dev.historics.archive.parquet.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * A sealed file being written: interactions of one day in {@link SealedOrder}. Ends with {@link
 * #finish} or {@link #discard}. Owned by one thread.
 */
public final class SealedWriter {
  private final ArchiveFiles files;
  private final NewFile file;
  private final SealedOrder order;
  private final SealedColumns columns;
  private final SealedLayout layout;
  private final int idNumber;
  private final JsonShapes shapes = new JsonShapes();
  private final Shredder.Reading shredder;
  private final ShreddedRow row;
  private final FormWriter forms;
  private final ParquetWriter writer;
  private final ColumnWriter idColumn;
  private final ColumnWriter timeColumn;
  private final ColumnWriter bucketColumn;
  private final ColumnWriter formColumn;
  private final ColumnWriter restColumn;
  private final List<Feed> feeds = new ArrayList<>();
  private final DayStats stats;
  private IdSet clusterIds = new IdSet();
  private Interaction before;
  private int clusterBefore;

  private SealedWriter(
      ArchiveFiles files,
      SourceDay day,
      NewFile file,
      SealedColumns columns,
      SealedOrder order,
      long rowGroupBytes)
      throws IOException {
    this.files = files;
    this.file = file;
    this.order = order;
    this.columns = columns;
    this.layout = new SealedLayout(columns.stored());
    this.shredder = columns.shredder().reading();
    this.row = new ShreddedRow(columns.considered().size() + 1);
    this.idNumber = columns.considered().size();
    this.forms = new FormWriter(layout.slots(columns.numbers(), idNumber));
    this.stats = new DayStats(day);
    this.writer =
        new ParquetWriter(
            file, layout.schema(), leaf -> SealedSettings.of(leaf, order), rowGroupBytes);
    this.idColumn = column(layout.own(SealedLayout.ID));
    this.timeColumn = column(layout.own(SealedLayout.CREATED_AT));
    this.bucketColumn = column(layout.own(SealedLayout.BUCKET));
    this.formColumn = column(layout.own(SealedLayout.RAW, SealedLayout.FORM));
    this.restColumn = column(layout.own(SealedLayout.RAW, SealedLayout.REST));
    List<List<ColumnDescriptor>> leaves = layout.leaves();
    for (int i = 0; i < leaves.size(); i++) {
      StoredColumn stored = layout.columns().get(i);
      feeds.add(
          new Feed(
              stored,
              columns.numbers().get(stored.column()),
              leaves.get(i).stream().map(this::column).toList()));
    }
  }

  private ColumnWriter column(ColumnDescriptor leaf) {
    return writer.column(layout.schema().getColumns().indexOf(leaf));
  }

  /**
   * Starts a file.
   *
   * @param stem the start of its path below the root
   * @param columns that the interactions' values go into
   * @param rowGroupBytes how large a row group becomes as stored, about
   */
  public static SealedWriter create(
      ArchiveFiles files,
      SourceDay day,
      String stem,
      SealedColumns columns,
      SealedOrder order,
      long rowGroupBytes)
      throws IOException {
    NewFile file = NewFile.create(files, stem, "parquet");
    try {
      return new SealedWriter(files, day, file, columns, order, rowGroupBytes);
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  /**
   * Adds an interaction, which comes behind those before it in the order of the file.
   *
   * @param hash of its id
   * @throws ColumnsOutgrownException if it has values that the columns have no room for; the file
   *     is to be discarded then
   * @throws IllegalArgumentException if it is of another day, out of order, or its id is there
   *     already
   */
  public void append(Interaction interaction, IdHash hash) throws IOException {
    int cluster = order.cluster(hash);
    if (before != null && !order.isInOrder(clusterBefore, before, cluster, interaction)) {
      throw new IllegalArgumentException(
          "%s: id '%s' is out of order".formatted(file.path(), interaction.id()));
    }
    if (before != null && cluster != clusterBefore) {
      writer.endCluster();
      clusterIds = new IdSet();
    }
    if (!clusterIds.add(hash)) {
      throw new IllegalArgumentException(
          "%s: id '%s' is there already".formatted(file.path(), interaction.id()));
    }
    before = interaction;
    clusterBefore = cluster;
    stats.add(interaction);
    write(interaction, hash);
  }

  private void write(Interaction interaction, IdHash hash) throws IOException {
    byte[] raw = interaction.raw();
    row.clear();
    Shape shape = shapes.read(raw);
    if (shape == null) {
      shredder.shredArchived(raw, row);
    } else {
      shredder.shred(raw, shapes, shape, row);
    }
    columns.requireRoom(row, interaction);
    byte[] id = interaction.id().getBytes(StandardCharsets.UTF_8);
    row.text(idNumber, id, 0, id.length);
    if (shape == null) {
      forms.write(raw, row);
    } else {
      forms.write(raw, shapes, shape, row);
    }
    idColumn.addText(id, 0, id.length, 0);
    timeColumn.addLong(interaction.createdAt().toEpochMilli(), 0);
    bucketColumn.addLong(SampleBuckets.of(hash), 0);
    for (Feed feed : feeds) {
      feed.take(row);
    }
    formColumn.addText(forms.form().array(), 0, forms.form().length(), 0);
    restColumn.addText(forms.rest().array(), 0, forms.rest().length(), 0);
    writer.endRow();
  }

  /** Makes the file durable. On failure, nothing of it is left. */
  public DataFile finish() throws IOException {
    try (ParquetWriter parquet = writer) {
      Written written =
          parquet.finish(Map.of(SealedOrder.CLUSTERS, String.valueOf(order.clusters())));
      file.close();
      Tail tail;
      try (ArchiveInput input = files.open(file.path())) {
        tail = SealedTail.from(input, written.pagesEnd());
      }
      // A bit that was read wrong would make everybody refuse a file that is right.
      try (ArchiveInput again = files.open(file.path())) {
        SealedTail.require(file.path(), again, tail);
      }
      return stats.entry(
          DataFile.Kind.SEALED, file, tail, written.rowGroupOffsets(), layout.columns(), List.of());
    } catch (IOException e) {
      IdIndex.discard(file, e);
      throw e;
    }
  }

  /** Removes the file. */
  public void discard() throws IOException {
    writer.close();
    file.discard();
  }

  /** Hands a target's values of each row to its leaves. */
  private static final class Feed {
    private static final int LATITUDE = 0;

    private final StoredColumn stored;
    private final int column;
    private final List<ColumnWriter> leaves;
    private final int perValue;

    Feed(StoredColumn stored, int column, List<ColumnWriter> leaves) {
      this.stored = stored;
      this.column = column;
      this.leaves = leaves;
      this.perValue = leaves.size();
    }

    void take(ShreddedRow row) {
      int count = row.count(column) / perValue;
      if (count == 0) {
        for (ColumnWriter leaf : leaves) {
          leaf.addNull(0, 0);
        }
        return;
      }
      assert count == 1 || stored.shape() == StoredColumn.Shape.LIST : "it has room";
      for (int value = 0; value < count; value++) {
        add(row, value, value == 0 ? 0 : 1);
      }
    }

    private void add(ShreddedRow row, int value, int repetition) {
      ColumnWriter leaf = leaves.get(LATITUDE);
      switch (stored.column().kind()) {
        case TEXT -> {
          int from = row.from(column, value);
          leaf.addText(row.bytes(column, value), from, row.to(column, value) - from, repetition);
        }
        case INT -> leaf.addLong(row.number(column, value), repetition);
        case FLOAT, GEO -> {
          for (int i = 0; i < perValue; i++) {
            leaves
                .get(i)
                .addDouble(
                    Double.longBitsToDouble(row.number(column, value * perValue + i)), repetition);
          }
        }
      }
    }
  }
}
