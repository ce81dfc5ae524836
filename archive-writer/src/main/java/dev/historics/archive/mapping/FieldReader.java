package dev.historics.archive.mapping;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the parts of a mapping that say where a value comes from. */
final class FieldReader {
  private static final String FIELD =
      "a field such as {path: text}, {value: web}, {hash: [a, b]} or {latitude: lat, longitude: lon}";
  private static final List<String> FIELD_KEYS =
      List.of("path", "values", "default", "value", "hash", "latitude", "longitude", "order");
  private static final String WHEN = "'when' such as {path: kind, equals: post}";
  private static final String CHOSEN =
      "{hash: [user, key], when: {path: kind, equals: post}, else: {path: id}}";
  private static final IdRule NO_ID = new IdRule.Hashed(List.of());
  private static final String PATH = "a path such as 'user.screen_name'";
  private static final String FORMAT =
      "a time format: iso, rfc1123, unix, unix_millis, unix_micros, or a pattern such as"
          + " 'yyyy-MM-dd HH:mm:ss'";
  private static final List<String> FORMAT_WORDS =
      List.of("iso", "rfc1123", "unix", "unix_millis", "unix_micros");

  private final YamlReader yaml;
  private final PathTree.Builder paths;

  FieldReader(YamlReader yaml, PathTree.Builder paths) {
    this.yaml = yaml;
    this.paths = paths;
  }

  IdRule id(Node node) {
    String expected = "{path: FIELD} or {hash: [FIELD, FIELD]}";
    if (!yaml.isMapping(node, expected)) {
      return NO_ID;
    }
    Map<String, NodeTuple> members =
        yaml.members(node, expected, List.of("path", "hash", "when", "else"));
    if (members.containsKey("when") != members.containsKey("else")) {
      yaml.problem(node, "expected 'when' and 'else' together, such as " + CHOSEN);
      return NO_ID;
    }
    IdRule id = id(node, expected, members);
    return members.containsKey("when")
        ? new IdRule.Chosen(
            conditions(members.get("when")), id, id(members.get("else").getValueNode()))
        : id;
  }

  private IdRule id(Node node, String expected, Map<String, NodeTuple> members) {
    if (members.containsKey("path") == members.containsKey("hash")) {
      yaml.problem(node, "expected " + expected);
      return NO_ID;
    }
    return members.containsKey("path")
        ? new IdRule.Taken(paths(members.get("path")))
        : new IdRule.Hashed(paths(members.get("hash")));
  }

  /** What a source says of interactions that were deleted. */
  Deletion deletion(Node node) {
    String expected = "{path: FIELD}, or {hash: [FIELD, FIELD]} with " + WHEN;
    if (!yaml.isMapping(node, expected)) {
      return Deletion.NEVER;
    }
    Map<String, NodeTuple> members = yaml.members(node, expected, List.of("path", "hash", "when"));
    if (members.containsKey("hash") && !members.containsKey("when")) {
      yaml.problem(node, "expected " + expected);
      return Deletion.NEVER;
    }
    IdRule id = id(node, expected, members);
    return new Deletion(
        id, members.containsKey("when") ? conditions(members.get("when")) : List.of());
  }

  /** One condition or several, all of which must be so. */
  private List<Condition> conditions(NodeTuple when) {
    List<Condition> conditions = new ArrayList<>();
    for (Node node : yaml.oneOrMore(when.getValueNode(), WHEN)) {
      if (yaml.isMapping(node, WHEN)) {
        Map<String, NodeTuple> members = yaml.members(node, WHEN, List.of("path", "equals"));
        if (!members.keySet().equals(Set.of("path", "equals"))) {
          yaml.problem(node, "expected " + WHEN);
        } else {
          Optional<String> path = pathText(members.get("path").getValueNode());
          Optional<String> text = yaml.text(members.get("equals").getValueNode(), "a value");
          if (path.isPresent() && text.isPresent()) {
            conditions.add(new Condition(paths.value(path.get()), text.get()));
          }
        }
      }
    }
    return conditions;
  }

  /**
   * @param name what the time is called
   */
  TimeRule time(String name, Node node) {
    return time(name, node, List.of("path", "format", "zone"));
  }

  /** A time that only some records tell. */
  TimeRule edited(String name, Node node) {
    return time(name, node, List.of("path", "format", "zone", "when"));
  }

  private TimeRule time(String name, Node node, List<String> keys) {
    String expected = "{path: FIELD}, with a format and a zone if need be";
    if (!yaml.isMapping(node, expected)) {
      return new TimeRule(name, List.of(), List.of());
    }
    Map<String, NodeTuple> members = yaml.members(node, expected, keys);
    if (!members.containsKey("path")) {
      yaml.problem(node, "expected " + expected);
      return new TimeRule(name, List.of(), List.of());
    }
    ZoneId zone = members.containsKey("zone") ? zone(members.get("zone")) : ZoneOffset.UTC;
    List<TimeFormat> formats = new ArrayList<>();
    if (members.containsKey("format")) {
      for (Node format : yaml.oneOrMore(members.get("format").getValueNode(), FORMAT)) {
        format(format, zone).ifPresent(formats::add);
      }
    } else {
      formats.add(TimeFormat.iso(zone));
    }
    List<Condition> when =
        members.containsKey("when") ? conditions(members.get("when")) : List.of();
    return new TimeRule(name, paths(members.get("path")), formats, when);
  }

  private ZoneId zone(NodeTuple zone) {
    String expected = "a time zone such as 'UTC', 'Europe/Berlin' or '+01:00'";
    Optional<String> name = yaml.text(zone.getValueNode(), expected);
    try {
      return name.isPresent() ? ZoneId.of(name.get()) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      yaml.problem(
          zone.getValueNode(),
          "expected %s, found '%s'".formatted(expected, Excerpt.of(name.orElse(""))));
      return ZoneOffset.UTC;
    }
  }

  private Optional<TimeFormat> format(Node node, ZoneId zone) {
    Optional<String> format = yaml.text(node, FORMAT);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    switch (format.get()) {
      case "iso" -> {
        return Optional.of(TimeFormat.iso(zone));
      }
      case "rfc1123" -> {
        return Optional.of(TimeFormat.rfc1123());
      }
      case "unix" -> {
        return Optional.of(TimeFormat.Unix.SECONDS);
      }
      case "unix_millis" -> {
        return Optional.of(TimeFormat.Unix.MILLISECONDS);
      }
      case "unix_micros" -> {
        return Optional.of(TimeFormat.Unix.MICROSECONDS);
      }
      default -> {
        try {
          return Optional.of(TimeFormat.pattern(format.get(), zone));
        } catch (IllegalArgumentException | DateTimeException e) {
          yaml.problem(
              node,
              "expected %s, found '%s'%s: %s"
                  .formatted(
                      FORMAT,
                      Excerpt.of(format.get()),
                      Nearest.hint(format.get(), FORMAT_WORDS),
                      e.getMessage()));
          return Optional.empty();
        }
      }
    }
  }

  /** What one field is made of, unless there is a problem with it. */
  Optional<FieldValue> value(Node node) {
    if (!yaml.isMapping(node, FIELD)) {
      return Optional.empty();
    }
    Map<String, NodeTuple> members = yaml.members(node, FIELD, FIELD_KEYS);
    Set<String> keys = members.keySet();
    if (keys.equals(Set.of("value"))) {
      return constant(members.get("value").getValueNode()).map(FieldValue.Constant::new);
    }
    if (keys.equals(Set.of("hash"))) {
      return Optional.of(new FieldValue.Hash(paths(members.get("hash"))));
    }
    if (keys.equals(Set.of("latitude", "longitude"))) {
      return pointOfFields(members);
    }
    if (keys.equals(Set.of("path"))) {
      return Optional.of(new FieldValue.Copy(paths(members.get("path"))));
    }
    if (keys.equals(Set.of("path", "order"))) {
      return order(members.get("order").getValueNode())
          .map(order -> new FieldValue.PointOfArray(paths(members.get("path")), order));
    }
    if (keys.equals(Set.of("path", "values")) || keys.equals(Set.of("path", "values", "default"))) {
      return Optional.of(lookup(members));
    }
    if (FIELD_KEYS.containsAll(keys)) {
      yaml.problem(
          node,
          "expected " + FIELD + (keys.isEmpty() ? "" : ", found " + String.join(" with ", keys)));
    }
    return Optional.empty();
  }

  private Optional<FieldValue> pointOfFields(Map<String, NodeTuple> members) {
    Optional<String> latitude = pathText(members.get("latitude").getValueNode());
    Optional<String> longitude = pathText(members.get("longitude").getValueNode());
    return latitude.isPresent() && longitude.isPresent()
        ? Optional.of(
            new FieldValue.PointOfFields(paths.value(latitude.get()), paths.value(longitude.get())))
        : Optional.empty();
  }

  private Optional<FieldValue.Order> order(Node node) {
    String expected = "'lon_lat' or 'lat_lon'";
    Optional<String> order = yaml.text(node, expected);
    if (order.isEmpty()) {
      return Optional.empty();
    }
    switch (order.get()) {
      case "lon_lat" -> {
        return Optional.of(FieldValue.Order.LON_LAT);
      }
      case "lat_lon" -> {
        return Optional.of(FieldValue.Order.LAT_LON);
      }
      default -> {
        yaml.problem(node, "expected %s, found '%s'".formatted(expected, Excerpt.of(order.get())));
        return Optional.empty();
      }
    }
  }

  private FieldValue lookup(Map<String, NodeTuple> members) {
    Map<String, String> table = new LinkedHashMap<>();
    yaml.members(members.get("values").getValueNode(), "a table such as {English: en}")
        .forEach(
            (from, tuple) ->
                constant(tuple.getValueNode()).ifPresent(json -> table.put(from, json)));
    String otherwise =
        members.containsKey("default")
            ? constant(members.get("default").getValueNode()).orElse("")
            : "";
    return new FieldValue.Lookup(paths(members.get("path")), table, otherwise);
  }

  /** A scalar as JSON: what YAML takes for a number or a boolean is one, all else is a string. */
  private Optional<String> constant(Node node) {
    Optional<String> text = yaml.text(node, "a string, a number or a boolean");
    if (text.isEmpty()) {
      return text;
    }
    Tag tag = ((ScalarNode) node).getTag();
    boolean number =
        (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))
            && text.get().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    if (number || tag.equals(Tag.BOOL)) {
      return text;
    }
    JsonBuffer json = new JsonBuffer();
    json.appendString(text.get());
    return Optional.of(new String(json.copy(), StandardCharsets.UTF_8));
  }

  private List<FieldPath> paths(NodeTuple member) {
    return pathTexts(member).stream().map(paths::value).toList();
  }

  /** One path or a list of them, as they are written, without those that have a problem. */
  List<String> pathTexts(NodeTuple member) {
    List<String> found = new ArrayList<>();
    for (Node node : yaml.oneOrMore(member.getValueNode(), PATH)) {
      pathText(node).ifPresent(found::add);
    }
    return found;
  }

  /** A path as it is written, unless there is a problem with it. */
  Optional<String> pathText(Node node) {
    Optional<String> text = yaml.text(node, PATH);
    if (text.isPresent() && !text.get().matches("[^.]+(\\.[^.]+)*")) {
      yaml.problem(node, "expected %s, found '%s'".formatted(PATH, Excerpt.of(text.get())));
      return Optional.empty();
    }
    return text;
  }
}
