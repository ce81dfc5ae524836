package dev.historics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.historics.filter.ReferenceInterpreter.Place;
import java.util.ArrayList;
import java.util.List;

/** The values of a target in an interaction that is JSON. */
final class JsonValues {
  private JsonValues() {}

  /** As {@link ReferenceInterpreter} wants them. */
  static List<Object> of(JsonNode interaction, String target) {
    return nodes(interaction, target).stream()
        .filter(node -> node.isValueNode() || (node.has("latitude") && node.has("longitude")))
        .map(JsonValues::value)
        .toList();
  }

  /** What is found at a path, but for nulls; arrays on the way are walked through. */
  static List<JsonNode> nodes(JsonNode interaction, String path) {
    List<JsonNode> nodes = List.of(interaction);
    for (String step : path.split("\\.", -1)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : nodes) {
        JsonNode child = node.path(step);
        if (child.isArray()) {
          child.forEach(next::add);
        } else {
          next.add(child);
        }
      }
      nodes = next;
    }
    return nodes.stream().filter(node -> !node.isMissingNode() && !node.isNull()).toList();
  }

  /** A scalar, or an object with a latitude and a longitude. */
  static Object value(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isObject()) {
      return new Place(node.path("latitude").doubleValue(), node.path("longitude").doubleValue());
    }
    return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
  }
}
