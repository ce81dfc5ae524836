package dev.historics.archive.mapping;

import dev.historics.archive.mapping.InvalidMappingException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML text as nodes, and all that is wrong with it. Owned by one thread. */
final class YamlReader {
  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  YamlReader(String file) {
    this.file = file;
  }

  /** The outermost mapping of {@code text}. */
  MappingNode root(String text) throws InvalidMappingException {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(file).setUseMarks(true).build())
              .composeString(text);
    } catch (MarkedYamlEngineException e) {
      String message = "not YAML: " + Excerpt.of(e.getProblem());
      throw new InvalidMappingException(
          file,
          List.of(
              e.getProblemMark()
                  .or(e::getContextMark)
                  .map(mark -> problem(mark, message))
                  .orElse(new Problem(1, 1, message))));
    } catch (YamlEngineException e) {
      String message = "not YAML: " + Excerpt.of(String.valueOf(e.getMessage()));
      throw new InvalidMappingException(file, List.of(new Problem(1, 1, message)));
    }
    if (root.isPresent() && root.get() instanceof MappingNode mapping) {
      return mapping;
    }
    String found = root.map(YamlReader::found).orElse("nothing");
    String message = "expected a mapping that begins with 'source: NAME', found " + found;
    throw new InvalidMappingException(file, List.of(new Problem(1, 1, message)));
  }

  /** Notes a problem and goes on. */
  void problem(Node at, String message) {
    problems.add(
        at.getStartMark().map(mark -> problem(mark, message)).orElse(new Problem(1, 1, message)));
  }

  /** Fails if there has been a problem. */
  void check() throws InvalidMappingException {
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new InvalidMappingException(file, problems);
    }
  }

  /** Whether {@code node} is a mapping; anything else is a problem. */
  boolean isMapping(Node node, String expected) {
    if (node instanceof MappingNode) {
      return true;
    }
    problem(node, "expected %s, found %s".formatted(expected, found(node)));
    return false;
  }

  /** The members of a mapping by their keys; a key that comes twice is a problem. */
  Map<String, NodeTuple> members(Node node, String expected) {
    Map<String, NodeTuple> members = new LinkedHashMap<>();
    if (!isMapping(node, expected)) {
      return members;
    }
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      Optional<String> key = text(tuple.getKeyNode(), "a name");
      if (key.isPresent() && members.putIfAbsent(key.get(), tuple) != null) {
        problem(
            tuple.getKeyNode(), "expected each name once, found '%s' again".formatted(key.get()));
      }
    }
    return members;
  }

  /** As {@link #members(Node, String)}, of a mapping that has no names but {@code known} ones. */
  Map<String, NodeTuple> members(Node node, String expected, Collection<String> known) {
    Map<String, NodeTuple> members = members(node, expected);
    members.forEach(
        (name, tuple) -> {
          if (!known.contains(name)) {
            problem(
                tuple.getKeyNode(),
                "expected one of %s, found '%s'%s"
                    .formatted(
                        String.join(", ", known), Excerpt.of(name), Nearest.hint(name, known)));
          }
        });
    return members;
  }

  /** The text of a scalar that is not null and not empty. */
  Optional<String> text(Node node, String expected) {
    if (node instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isEmpty()) {
      return Optional.of(scalar.getValue());
    }
    problem(node, "expected %s, found %s".formatted(expected, found(node)));
    return Optional.empty();
  }

  /** The elements of a list, or the node itself. */
  List<Node> oneOrMore(Node node, String expected) {
    if (!(node instanceof SequenceNode list)) {
      return List.of(node);
    }
    if (list.getValue().isEmpty()) {
      problem(node, "expected %s, found an empty list".formatted(expected));
    }
    return list.getValue();
  }

  static String found(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL)
          ? "nothing"
          : "'" + Excerpt.of(scalar.getValue()) + "'";
    }
    return node instanceof SequenceNode ? "a list" : "a mapping";
  }

  private static Problem problem(Mark mark, String message) {
    return new Problem(mark.getLine() + 1, mark.getColumn() + 1, message);
  }
}
