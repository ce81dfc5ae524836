package dev.historics.archive.mapping;

import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns one YAML text into a {@link SourceMapping}, or into all that is wrong with it. */
final class MappingReader {
  private static final List<String> SECTIONS =
      List.of(
          "source",
          "shape",
          "id",
          "created_at",
          "updated_at",
          "interaction",
          "targets",
          "unpack",
          "strip",
          "reject",
          "delete");
  private static final Set<String> COMMON_NAMESPACES =
      Set.of("interaction", "language", "links", "demographic", "klout", "salience", "trends");
  private static final Set<String> SET_BY_US =
      Set.of("id", "type", "created_at", "updated_at", "sample", "tags", "tag_tree");

  private final String text;
  private final YamlReader yaml;
  private final PathTree.Builder paths = new PathTree.Builder();
  private final FieldReader fields;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  MappingReader(String file, String text) {
    this.text = text;
    this.yaml = new YamlReader(file);
    this.fields = new FieldReader(yaml, paths);
  }

  SourceMapping mapping() throws InvalidMappingException {
    MappingNode root = yaml.root(text);
    Map<String, NodeTuple> sections =
        yaml.members(root, "a mapping that begins with 'source: NAME'");
    String source = source(root, sections);
    Shape.DataSift dataSift = Shape.DataSift.of(paths);
    Shape shape =
        sections.containsKey("shape")
            ? dataSift(sections, dataSift)
            : mapped(root, source, sections);
    Deletion deletion =
        sections.containsKey("delete")
            ? fields.deletion(sections.get("delete").getValueNode())
            : Deletion.NEVER;
    Refusals refusals = new Refusals(refusals(sections), deletion);
    targets(source, sections);
    Unpacking unpacking = unpacking(sections);
    Optional<List<String>> strip = strip(sections);
    yaml.check();
    Stripping stripping =
        strip
            .map(paths -> Stripping.all(paths.stream().map(path -> source + "." + path).toList()))
            .orElse(Stripping.STANDARD);
    List<TargetColumn> targets = new ArrayList<>();
    kinds.forEach((target, kind) -> targets.add(new TargetColumn(target, kind)));
    return new SourceMapping(
        source, text, targets, stripping, paths.build(), dataSift, refusals, shape, unpacking);
  }

  private String source(Node root, Map<String, NodeTuple> sections) {
    NodeTuple section = sections.get("source");
    if (section == null) {
      yaml.problem(root, "expected 'source: NAME', found none");
      return "";
    }
    String expected = "a source such as 'twitter': at most 32 of a-z, 0-9 and _, no _ first";
    Optional<String> name = yaml.text(section.getValueNode(), expected);
    if (name.isPresent()
        && (!name.get().matches("[a-z0-9][a-z0-9_]{0,31}") || name.get().equals("interaction"))) {
      yaml.problem(
          section.getValueNode(),
          "expected %s, found '%s'".formatted(expected, Excerpt.of(name.get())));
    }
    return name.orElse("");
  }

  private Shape dataSift(Map<String, NodeTuple> sections, Shape.DataSift dataSift) {
    Node shape = sections.get("shape").getValueNode();
    Optional<String> name = yaml.text(shape, "'datasift'");
    if (name.isPresent() && !name.get().equals("datasift")) {
      yaml.problem(shape, "expected 'datasift', found '%s'".formatted(Excerpt.of(name.get())));
    }
    sections.forEach(
        (section, tuple) -> {
          if (!Set.of("source", "shape", "targets", "unpack", "strip").contains(section)) {
            yaml.problem(
                tuple.getKeyNode(),
                "expected only source, targets, unpack and strip beside 'shape: datasift', which takes records as"
                    + " they are, found '%s'".formatted(Excerpt.of(section)));
          }
        });
    return dataSift;
  }

  private Shape mapped(Node root, String source, Map<String, NodeTuple> sections) {
    IdRule id = new IdRule.Hashed(List.of());
    if (sections.containsKey("id")) {
      id = fields.id(sections.get("id").getValueNode());
    } else {
      yaml.problem(
          root, "expected 'id: {path: FIELD}' or 'id: {hash: [FIELD, FIELD]}', found none");
    }
    TimeRule time = new TimeRule("created_at", List.of(), List.of());
    if (sections.containsKey("created_at")) {
      time = fields.time("created_at", sections.get("created_at").getValueNode());
    } else {
      yaml.problem(root, "expected 'created_at: {path: FIELD}', found none");
    }
    TimeRule edited =
        sections.containsKey("updated_at")
            ? fields.edited("updated_at", sections.get("updated_at").getValueNode())
            : TimeRule.NONE;
    FieldTree.Branch interaction = FieldTree.Branch.of("interaction", Map.of());
    List<FieldTree> others = new ArrayList<>();
    for (Map.Entry<String, NodeTuple> section : sections.entrySet()) {
      String name = section.getKey();
      if (name.equals("interaction")) {
        interaction = namespace(name, section.getValue());
      } else if (!SECTIONS.contains(name) && isNamespace(name, source, section.getValue())) {
        others.add(namespace(name, section.getValue()));
      }
    }
    return new Shape.Mapped(source, id, time, edited, interaction, others);
  }

  private boolean isNamespace(String name, String source, NodeTuple section) {
    if (name.equals(source)) {
      yaml.problem(
          section.getKeyNode(),
          "expected no fields for '%s': the whole record is kept there".formatted(source));
      return false;
    }
    Set<String> known = new TreeSet<>(COMMON_NAMESPACES);
    known.addAll(SECTIONS);
    Optional<String> meant = Nearest.to(name, known);
    if (!name.matches("[a-z0-9_]+") || (meant.isPresent() && !known.contains(name))) {
      yaml.problem(
          section.getKeyNode(),
          "expected %s or a namespace of a-z, 0-9 and _, found '%s'%s"
              .formatted(String.join(", ", SECTIONS), Excerpt.of(name), Nearest.hint(name, known)));
      return false;
    }
    return true;
  }

  private FieldTree.Branch namespace(String namespace, NodeTuple section) {
    Map<String, FieldValue> values = new LinkedHashMap<>();
    yaml.members(section.getValueNode(), "fields such as 'content: {path: FIELD}'")
        .forEach(
            (name, tuple) -> {
              if (isFieldName(namespace, name, tuple, values)) {
                fields
                    .value(tuple.getValueNode())
                    .ifPresent(
                        value -> {
                          values.put(name, value);
                          kinds.put(namespace + "." + name, kind(value));
                        });
              }
            });
    return FieldTree.Branch.of(namespace, values);
  }

  private boolean isFieldName(
      String namespace, String name, NodeTuple tuple, Map<String, FieldValue> others) {
    if (!name.matches("[a-z0-9_]+(\\.[a-z0-9_]+)*")) {
      yaml.problem(
          tuple.getKeyNode(),
          "expected a field such as 'author.username' in a-z, 0-9, _ and dots, found '%s'"
              .formatted(Excerpt.of(name)));
      return false;
    }
    if (namespace.equals("interaction") && SET_BY_US.contains(name.split("\\.", 2)[0])) {
      yaml.problem(
          tuple.getKeyNode(),
          "expected no field 'interaction.%s': it does not come from a mapping".formatted(name));
      return false;
    }
    for (String other : others.keySet()) {
      if (other.startsWith(name + ".") || name.startsWith(other + ".")) {
        yaml.problem(
            tuple.getKeyNode(),
            "expected fields beside each other, found '%s' and '%s': one lies in the other"
                .formatted(other, name));
        return false;
      }
    }
    return true;
  }

  private static Kind kind(FieldValue value) {
    return value instanceof FieldValue.PointOfFields || value instanceof FieldValue.PointOfArray
        ? Kind.GEO
        : Kind.TEXT;
  }

  private List<Refusal> refusals(Map<String, NodeTuple> sections) {
    List<Refusal> refusals = new ArrayList<>();
    if (sections.containsKey("reject")) {
      String expected = "reasons by path such as 'delete: a delete notice, not a status'";
      yaml.members(sections.get("reject").getValueNode(), expected)
          .forEach(
              (path, tuple) -> {
                Optional<String> place = fields.pathText(tuple.getKeyNode());
                Optional<String> reason = yaml.text(tuple.getValueNode(), "a reason");
                if (place.isPresent() && reason.isPresent()) {
                  refusals.add(new Refusal(paths.presence(path), reason.get()));
                }
              });
    }
    return refusals;
  }

  private Unpacking unpacking(Map<String, NodeTuple> sections) {
    if (!sections.containsKey("unpack")) {
      return new Unpacking.None();
    }
    Node node = sections.get("unpack").getValueNode();
    String expected = "json_string or {after_tabs: N}";
    if (node instanceof ScalarNode scalar && scalar.getValue().equals("json_string")) {
      return new Unpacking.JsonString();
    }
    if (!yaml.isMapping(node, expected)) {
      return new Unpacking.None();
    }
    Map<String, NodeTuple> members = yaml.members(node, expected, List.of("after_tabs"));
    if (!members.containsKey("after_tabs")) {
      yaml.problem(node, "expected " + expected);
      return new Unpacking.None();
    }
    Node number = members.get("after_tabs").getValueNode();
    String tabs = yaml.text(number, "a number from 1 to 99").orElse("");
    if (!tabs.matches("[1-9][0-9]?")) {
      yaml.problem(number, "expected a number from 1 to 99, found " + YamlReader.found(number));
      return new Unpacking.None();
    }
    return new Unpacking.AfterTabs(Integer.parseInt(tabs));
  }

  /** Where the offsets of links and mentions are, if all content is to be stripped of these. */
  private Optional<List<String>> strip(Map<String, NodeTuple> sections) {
    if (!sections.containsKey("strip")) {
      return Optional.empty();
    }
    Node node = sections.get("strip").getValueNode();
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return scalar.getValue().equalsIgnoreCase("true") ? Optional.of(List.of()) : Optional.empty();
    }
    String expected = "true, false or {entities: [PATH, PATH]}";
    if (!yaml.isMapping(node, expected)) {
      return Optional.empty();
    }
    Map<String, NodeTuple> members = yaml.members(node, expected, List.of("entities"));
    if (members.isEmpty()) {
      yaml.problem(node, "expected " + expected);
    }
    return members.containsKey("entities")
        ? Optional.of(fields.pathTexts(members.get("entities")))
        : Optional.empty();
  }

  private void targets(String source, Map<String, NodeTuple> sections) {
    if (!sections.containsKey("targets")) {
      return;
    }
    Set<String> namespaces = new TreeSet<>(COMMON_NAMESPACES);
    namespaces.add(source.toLowerCase(Locale.ROOT));
    kinds.keySet().forEach(target -> namespaces.add(target.substring(0, target.indexOf('.'))));
    String expected = "types by target such as '%s.followers: int'".formatted(source);
    yaml.members(sections.get("targets").getValueNode(), expected)
        .forEach((name, tuple) -> target(name, tuple, namespaces));
  }

  private void target(String name, NodeTuple tuple, Set<String> namespaces) {
    if (!name.matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+")) {
      yaml.problem(
          tuple.getKeyNode(),
          "expected a target such as 'interaction.content', found '%s'"
              .formatted(Excerpt.of(name)));
      return;
    }
    String namespace = name.substring(0, name.indexOf('.'));
    if (!namespaces.contains(namespace) && Nearest.to(namespace, namespaces).isPresent()) {
      yaml.problem(
          tuple.getKeyNode(),
          "expected a target of one of %s, found '%s'%s"
              .formatted(String.join(", ", namespaces), name, Nearest.hint(namespace, namespaces)));
    }
    String expected = "one of int, float, text, geo, or array(int) and so on";
    Optional<Kind> kind = yaml.text(tuple.getValueNode(), expected).flatMap(MappingReader::kind);
    if (kind.isEmpty()) {
      yaml.text(tuple.getValueNode(), expected)
          .ifPresent(
              type ->
                  yaml.problem(
                      tuple.getValueNode(),
                      "expected %s, found '%s'".formatted(expected, Excerpt.of(type))));
      return;
    }
    Kind made = kinds.getOrDefault(name, kind.get());
    if ((made == Kind.GEO) != (kind.get() == Kind.GEO)) {
      yaml.problem(
          tuple.getValueNode(),
          "expected %s, as '%s' is mapped above, found %s"
              .formatted(
                  made == Kind.GEO ? "geo" : "int, float or text",
                  name,
                  YamlReader.found(tuple.getValueNode())));
      return;
    }
    kinds.put(name, kind.get());
  }

  private static Optional<Kind> kind(String type) {
    String element = type.matches("array\\(.*\\)") ? type.substring(6, type.length() - 1) : type;
    return switch (element) {
      case "int" -> Optional.of(Kind.INT);
      case "float" -> Optional.of(Kind.FLOAT);
      case "text" -> Optional.of(Kind.TEXT);
      case "geo" -> Optional.of(Kind.GEO);
      default -> Optional.empty();
    };
  }
}
