package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.StoredColumn;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands rows to Parquet, field by field. */
final class SealedWriteSupport extends WriteSupport<Interaction> {
  private final SealedLayout layout;
  private final SealedRow row;
  private RecordConsumer out;

  /**
   * @param row holds the values of the interaction that is written next, by the layout's columns
   */
  SealedWriteSupport(SealedLayout layout, SealedRow row) {
    this.layout = layout;
    this.row = row;
  }

  @Override
  public String getName() {
    return "historics";
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract, so it must be there; nothing calls it.
  public WriteContext init(Configuration settings) {
    return new WriteContext(layout.schema(), Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration settings) {
    return new WriteContext(layout.schema(), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Interaction interaction) {
    out.startMessage();
    int field = 0;
    out.startField(SealedLayout.ID, field);
    out.addBinary(Binary.fromString(interaction.id()));
    out.endField(SealedLayout.ID, field++);
    out.startField(SealedLayout.CREATED_AT, field);
    out.addLong(interaction.createdAt().toEpochMilli());
    out.endField(SealedLayout.CREATED_AT, field++);
    out.startField(SealedLayout.BUCKET, field);
    out.addInteger(SampleBuckets.of(interaction.id()));
    out.endField(SealedLayout.BUCKET, field++);
    for (SealedLayout.Node child : layout.root().children()) {
      node(child, field++);
    }
    out.startField(SealedLayout.RAW, field);
    out.addBinary(Binary.fromConstantByteArray(interaction.raw()));
    out.endField(SealedLayout.RAW, field);
    out.endMessage();
  }

  private void node(SealedLayout.Node node, int field) {
    if (!hasValue(node)) {
      return;
    }
    if (node.children().isEmpty()) {
      values(node.name(), field, node.column());
      return;
    }
    out.startField(node.name(), field);
    out.startGroup();
    int inner = 0;
    if (node.column() != SealedLayout.Node.NONE) {
      values(SealedLayout.SELF, inner++, node.column());
    }
    for (SealedLayout.Node child : node.children()) {
      node(child, inner++);
    }
    out.endGroup();
    out.endField(node.name(), field);
  }

  private boolean hasValue(SealedLayout.Node node) {
    if (node.column() != SealedLayout.Node.NONE && !row.values(node.column()).isEmpty()) {
      return true;
    }
    for (SealedLayout.Node child : node.children()) {
      if (hasValue(child)) {
        return true;
      }
    }
    return false;
  }

  private void values(String name, int field, int column) {
    List<Object> values = row.values(column);
    if (values.isEmpty()) {
      return;
    }
    StoredColumn stored = layout.columns().get(column);
    out.startField(name, field);
    if (stored.shape() == StoredColumn.Shape.SCALAR) {
      value(stored, values.get(0));
    } else {
      list(stored, values);
    }
    out.endField(name, field);
  }

  private void list(StoredColumn stored, List<Object> values) {
    out.startGroup();
    out.startField("list", 0);
    for (Object value : values) {
      out.startGroup();
      out.startField("element", 0);
      value(stored, value);
      out.endField("element", 0);
      out.endGroup();
    }
    out.endField("list", 0);
    out.endGroup();
  }

  private void value(StoredColumn stored, Object value) {
    switch (stored.column().kind()) {
      case TEXT -> out.addBinary(Binary.fromString((String) value));
      case INT -> out.addLong((Long) value);
      case FLOAT -> out.addDouble((Double) value);
      case GEO -> place((SealedRow.Place) value);
    }
  }

  private void place(SealedRow.Place place) {
    out.startGroup();
    out.startField("latitude", 0);
    out.addDouble(place.latitude());
    out.endField("latitude", 0);
    out.startField("longitude", 1);
    out.addDouble(place.longitude());
    out.endField("longitude", 1);
    out.endGroup();
  }
}
