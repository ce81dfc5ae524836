package dev.historics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A batch of one row: an interaction that is JSON. */
record OneRecord(JsonNode interaction, List<Target> targets) implements ColumnBatch {
  @Override
  public int rows() {
    return 1;
  }

  @Override
  public Column column(int index) {
    Target target = targets.get(index);
    List<JsonNode> values = JsonValues.nodes(interaction, target.name());
    return switch (target.type()) {
      case TEXT -> texts(values);
      case INT -> ints(values);
      case FLOAT -> floats(values);
      case GEO -> places(values);
    };
  }

  private static Column texts(List<JsonNode> values) {
    TextColumn.Builder builder = new TextColumn.Builder();
    values.forEach(value -> builder.add(value.asText()));
    builder.endRow();
    return builder.build();
  }

  private static Column ints(List<JsonNode> values) {
    IntColumn.Builder builder = new IntColumn.Builder();
    values.forEach(value -> builder.add(value.asLong()));
    builder.endRow();
    return builder.build();
  }

  private static Column floats(List<JsonNode> values) {
    FloatColumn.Builder builder = new FloatColumn.Builder();
    values.forEach(value -> builder.add(value.asDouble()));
    builder.endRow();
    return builder.build();
  }

  private static Column places(List<JsonNode> values) {
    GeoColumn.Builder builder = new GeoColumn.Builder();
    values.forEach(
        value ->
            builder.add(value.path("latitude").asDouble(), value.path("longitude").asDouble()));
    builder.endRow();
    return builder.build();
  }
}
