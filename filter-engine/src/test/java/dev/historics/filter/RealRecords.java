package dev.historics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.filter.ReferenceInterpreter.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Records as somebody published them, one JSON object a line. Every field that many records have is
 * a target; its type is the narrowest that holds all its values.
 */
final class RealRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TARGETS_MAX = 30;

  private RealRecords() {}

  /** Of a gzip file; the targets are below {@code namespace}. */
  static Records read(Path file, String namespace, int max) {
    List<Map<String, List<Object>>> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && rows.size() < max) {
        if (!line.isBlank()) {
          Map<String, List<Object>> row = new TreeMap<>();
          flatten(JSON.readTree(line), namespace, row);
          rows.add(row);
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    return typed(file.getFileName().toString(), rows);
  }

  private static void flatten(JsonNode node, String path, Map<String, List<Object>> row) {
    if (node.isArray()) {
      node.forEach(item -> flatten(item, path, row));
    } else if (node.isObject()) {
      if (node.path("latitude").isNumber() && node.path("longitude").isNumber()) {
        Place place =
            new Place(node.path("latitude").doubleValue(), node.path("longitude").doubleValue());
        row.computeIfAbsent(path + ".place", p -> new ArrayList<>()).add(place);
      }
      node.fields()
          .forEachRemaining(
              field ->
                  flatten(
                      field.getValue(), path + "." + field.getKey().toLowerCase(Locale.ROOT), row));
    } else if (!node.isNull() && Target.isName(path)) {
      row.computeIfAbsent(path, p -> new ArrayList<>()).add(JsonValues.value(node));
    }
  }

  private static Records typed(String name, List<Map<String, List<Object>>> rows) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, ValueType> types = new HashMap<>();
    for (Map<String, List<Object>> row : rows) {
      row.forEach(
          (target, values) -> {
            counts.merge(target, 1, Integer::sum);
            values.forEach(value -> types.merge(target, type(value), RealRecords::both));
          });
    }
    List<Target> targets =
        types.entrySet().stream()
            .map(entry -> new Target(entry.getKey(), entry.getValue(), true, ""))
            .sorted(
                Comparator.comparing((Target target) -> target.type() != ValueType.GEO)
                    .thenComparing(target -> -counts.get(target.name()))
                    .thenComparing(Target::name))
            .limit(TARGETS_MAX)
            .toList();
    rows.forEach(row -> row.replaceAll((target, values) -> as(types.get(target), values)));
    return new Records(name, TargetDictionary.standard().with(targets), targets, rows);
  }

  private static ValueType type(Object value) {
    if (value instanceof Place) {
      return ValueType.GEO;
    }
    if (value instanceof Long || value instanceof Boolean) {
      return ValueType.INT;
    }
    return value instanceof Double ? ValueType.FLOAT : ValueType.TEXT;
  }

  private static ValueType both(ValueType a, ValueType b) {
    boolean numbers = a != ValueType.TEXT && b != ValueType.TEXT;
    return a == b ? a : numbers ? ValueType.FLOAT : ValueType.TEXT;
  }

  private static List<Object> as(ValueType type, List<Object> values) {
    return switch (type) {
      case TEXT -> values.stream().map(value -> (Object) value.toString()).toList();
      case FLOAT -> values.stream().map(RealRecords::ratio).toList();
      case INT, GEO -> values;
    };
  }

  private static Object ratio(Object value) {
    return value instanceof Boolean truth ? (truth ? 1.0 : 0.0) : ((Number) value).doubleValue();
  }
}
