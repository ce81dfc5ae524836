package dev.historics.archive.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the rules in the text of a valid mapping, in the order in which they are written. */
final class RuleLister {
  private static final Set<String> WITHOUT_RULES = Set.of("source", "shape", "targets");
  private static final Set<String> PATHS =
      Set.of("path", "hash", "latitude", "longitude", "entities");
  private static final Set<String> NESTED = Set.of("when", "else");

  private final YamlReader yaml = new YamlReader("mapping");
  private final List<MappingRule> rules = new ArrayList<>();

  List<MappingRule> rules(String text) {
    MappingNode root;
    try {
      root = yaml.root(text);
    } catch (InvalidMappingException e) {
      throw new IllegalStateException("a mapping that was valid is not", e);
    }
    members(root)
        .forEach(
            (name, node) -> {
              if (name.equals("reject") && node instanceof MappingNode) {
                rules.add(new MappingRule(name, List.copyOf(members(node).keySet())));
              } else if (!WITHOUT_RULES.contains(name)) {
                section(name, node);
              }
            });
    return List.copyOf(rules);
  }

  private void section(String name, Node node) {
    if (!(node instanceof MappingNode)) {
      return;
    }
    Map<String, Node> members = members(node);
    if (members.keySet().stream().anyMatch(PATHS::contains)) {
      rules.add(new MappingRule(name, paths(members)));
    } else {
      members.forEach(
          (field, value) ->
              rules.add(
                  new MappingRule(
                      name + "." + field,
                      value instanceof MappingNode ? paths(members(value)) : List.of())));
    }
  }

  private Map<String, Node> members(Node node) {
    Map<String, Node> members = new LinkedHashMap<>();
    for (Map.Entry<String, NodeTuple> member : yaml.members(node, "a mapping").entrySet()) {
      members.put(member.getKey(), member.getValue().getValueNode());
    }
    return members;
  }

  private List<String> paths(Map<String, Node> members) {
    List<String> paths = new ArrayList<>();
    members.forEach(
        (name, node) -> {
          List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
          for (Node each : nodes) {
            if (PATHS.contains(name) && each instanceof ScalarNode scalar) {
              paths.add(scalar.getValue());
            } else if (NESTED.contains(name) && each instanceof MappingNode) {
              paths.addAll(paths(members(each)));
            }
          }
        });
    return paths;
  }
}
