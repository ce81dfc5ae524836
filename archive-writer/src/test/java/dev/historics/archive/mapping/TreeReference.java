package dev.historics.archive.mapping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a mapping means, said over trees in the plainest way. It knows times in UTC only, and shares
 * no code with what it is compared with.
 */
final class TreeReference {
  static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<?, ?> mapping;

  TreeReference(String yaml) {
    mapping = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  /** An interaction as a tree; its JSON is compared as a value. */
  record Expected(String id, Instant createdAt, JsonNode json) {}

  /** The interaction that {@code record} describes; empty if it is to be rejected. */
  Optional<Expected> map(JsonNode record) {
    if (!record.isObject()) {
      return Optional.empty();
    }
    JsonNode shape = record.path("interaction");
    if (isValue(shape.path("id")) && isValue(shape.path("created_at"))) {
      return time(shape.path("created_at").asText(), List.of("rfc1123", "iso", "unix"))
          .filter(time -> isFit(shape.path("id").asText()))
          .map(time -> new Expected(shape.path("id").asText(), time, record));
    }
    if (mapping.get("reject") instanceof Map<?, ?> reject
        && reject.keySet().stream().anyMatch(key -> !record.path((String) key).isMissingNode())) {
      return Optional.empty();
    }
    if (!mapping.containsKey("id")) {
      return Optional.empty();
    }
    if (mapping.get("delete") instanceof Map<?, ?> delete
        && delete.containsKey("hash")
        && isSo(record, delete)) {
      return Optional.empty();
    }
    Map<?, ?> idRule = (Map<?, ?>) mapping.get("id");
    if (idRule.containsKey("when") && !isSo(record, idRule)) {
      idRule = (Map<?, ?>) idRule.get("else");
    }
    Optional<String> id =
        idRule.containsKey("hash")
            ? hash(record, list(idRule.get("hash")))
            : first(record, idRule.get("path")).map(JsonNode::asText);
    Optional<Instant> time = time(record, "created_at");
    boolean isEdited =
        mapping.containsKey("updated_at")
            && isSo(record, (Map<?, ?>) mapping.get("updated_at"))
            && first(record, ((Map<?, ?>) mapping.get("updated_at")).get("path")).isPresent();
    Optional<Instant> edited = isEdited ? time(record, "updated_at") : Optional.empty();
    if (id.filter(TreeReference::isFit).isEmpty()
        || time.isEmpty()
        || isEdited != edited.isPresent()) {
      return Optional.empty();
    }
    ObjectNode built = built(record, id.get(), time.get());
    edited.ifPresent(at -> put(built, "interaction.updated_at", JSON.valueToTree(at.toString())));
    return Optional.of(new Expected(id.get(), time.get(), built));
  }

  /** The time that the rule of a section finds. */
  private Optional<Instant> time(JsonNode record, String section) {
    Map<?, ?> rule = (Map<?, ?>) mapping.get(section);
    List<String> formats = rule.containsKey("format") ? list(rule.get("format")) : List.of("iso");
    return first(record, rule.get("path")).flatMap(text -> time(text.asText(), formats));
  }

  /** Whether a record has what a rule asks for under {@code when}. */
  private static boolean isSo(JsonNode record, Map<?, ?> rule) {
    Object when = rule.containsKey("when") ? rule.get("when") : List.of();
    for (Object each : when instanceof List<?> several ? several : List.of(when)) {
      Map<?, ?> condition = (Map<?, ?>) each;
      boolean isSo =
          values(record, String.valueOf(condition.get("path"))).stream()
              .anyMatch(value -> value.asText().equals(String.valueOf(condition.get("equals"))));
      if (!isSo) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(String id) {
    return id.length() <= 512 && id.codePoints().noneMatch(Character::isISOControl);
  }

  private ObjectNode built(JsonNode record, String id, Instant time) {
    String source = (String) mapping.get("source");
    ObjectNode built = JSON.createObjectNode();
    for (Map.Entry<?, ?> section : mapping.entrySet()) {
      String namespace = (String) section.getKey();
      if (!List.of(
              "source",
              "id",
              "created_at",
              "updated_at",
              "targets",
              "strip",
              "reject",
              "unpack",
              "delete")
          .contains(namespace)) {
        for (Map.Entry<?, ?> field : ((Map<?, ?>) section.getValue()).entrySet()) {
          Map<?, ?> rule = (Map<?, ?>) field.getValue();
          value(record, rule)
              .ifPresent(value -> put(built, namespace + "." + field.getKey(), value));
        }
      }
    }
    put(built, "interaction.id", JSON.valueToTree(id));
    put(built, "interaction.type", JSON.valueToTree(source));
    put(built, "interaction.created_at", JSON.valueToTree(time.toString()));
    built.set(source, record);
    return built;
  }

  private static void put(ObjectNode into, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      into.set(path, value);
    } else {
      put(into.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  private static Optional<JsonNode> value(JsonNode record, Map<?, ?> rule) {
    if (rule.containsKey("value")) {
      return Optional.of(JSON.valueToTree(rule.get("value")));
    }
    if (rule.containsKey("hash")) {
      return hash(record, list(rule.get("hash"))).map(JSON::valueToTree);
    }
    if (rule.containsKey("latitude")) {
      return point(
          values(record, (String) rule.get("latitude")),
          values(record, (String) rule.get("longitude")));
    }
    String path = filled(record, rule.get("path"));
    List<JsonNode> values = values(record, path);
    if (rule.containsKey("order")) {
      List<JsonNode> second = values.subList(Math.min(1, values.size()), values.size());
      return rule.get("order").equals("lat_lon") ? point(values, second) : point(second, values);
    }
    if (rule.get("values") instanceof Map<?, ?> table) {
      List<JsonNode> found = new ArrayList<>();
      for (JsonNode value : values) {
        Object to =
            table.containsKey(value.asText()) ? table.get(value.asText()) : rule.get("default");
        if (to != null) {
          found.add(JSON.valueToTree(to));
        }
      }
      values = found;
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        throughArray(record, path) ? JSON.createArrayNode().addAll(values) : values.get(0));
  }

  private static Optional<JsonNode> point(List<JsonNode> latitude, List<JsonNode> longitude) {
    if (latitude.isEmpty() || longitude.isEmpty()) {
      return Optional.empty();
    }
    try {
      double north = Double.parseDouble(latitude.get(0).asText());
      double east = Double.parseDouble(longitude.get(0).asText());
      return Math.abs(north) > 90 || Math.abs(east) > 180
          ? Optional.empty()
          : Optional.of(
              JSON.createObjectNode()
                  .put("latitude", new BigDecimal(Double.toString(north)))
                  .put("longitude", new BigDecimal(Double.toString(east))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isValue(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.asText().isEmpty();
  }

  private static Optional<JsonNode> first(JsonNode record, Object paths) {
    return values(record, filled(record, paths)).stream().findFirst();
  }

  private static String filled(JsonNode record, Object paths) {
    List<String> all = list(paths);
    return all.stream()
        .filter(path -> !values(record, path).isEmpty())
        .findFirst()
        .orElse(all.get(all.size() - 1));
  }

  private static List<JsonNode> values(JsonNode node, String path) {
    List<JsonNode> values = new ArrayList<>();
    collect(node, path, values);
    return values;
  }

  private static void collect(JsonNode node, String path, List<JsonNode> into) {
    if (node instanceof ArrayNode) {
      node.forEach(element -> collect(element, path, into));
    } else if (path.isEmpty()) {
      if (isValue(node)) {
        into.add(node);
      }
    } else {
      int dot = path.indexOf('.');
      collect(
          node.path(dot < 0 ? path : path.substring(0, dot)),
          dot < 0 ? "" : path.substring(dot + 1),
          into);
    }
  }

  private static boolean throughArray(JsonNode record, String path) {
    JsonNode node = record;
    for (String key : path.split("\\.", -1)) {
      node = node.path(key);
      if (node.isArray()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> hash(JsonNode record, List<String> paths) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      int all = 0;
      for (String path : paths) {
        List<JsonNode> values = values(record, path);
        all += values.size();
        out.writeInt(values.size());
        for (JsonNode value : values) {
          byte[] text = value.asText().getBytes(StandardCharsets.UTF_8);
          out.writeInt(text.length);
          out.write(text);
        }
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return all == 0
          ? Optional.empty()
          : Optional.of(HexFormat.of().formatHex(digest).substring(0, 32));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Instant> time(String text, List<String> formats) {
    return formats.stream().flatMap(format -> time(text, format).stream()).findFirst();
  }

  private static Optional<Instant> time(String text, String format) {
    try {
      return switch (format) {
        case "iso" -> Optional.of(OffsetDateTime.parse(text).toInstant());
        case "unix" -> Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        case "unix_millis" -> Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        case "unix_micros" ->
            Optional.of(Instant.EPOCH.plusNanos(Math.multiplyExact(Long.parseLong(text), 1000L)));
        case "rfc1123" -> time(text, "EEE, dd MMM yyyy HH:mm:ss Z");
        default -> {
          SimpleDateFormat parser = new SimpleDateFormat(format, Locale.ENGLISH);
          parser.setLenient(false);
          parser.setTimeZone(TimeZone.getTimeZone("UTC"));
          yield Optional.of(parser.parse(text).toInstant());
        }
      };
    } catch (DateTimeException | NumberFormatException | ParseException e) {
      return Optional.empty();
    }
  }

  private static List<String> list(Object oneOrMore) {
    List<String> all = new ArrayList<>();
    if (oneOrMore instanceof List<?> list) {
      list.forEach(element -> all.add((String) element));
    } else {
      all.add((String) oneOrMore);
    }
    return all;
  }
}
