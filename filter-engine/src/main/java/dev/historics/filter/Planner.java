package dev.historics.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the conditions of many rules into one set of nodes, in which what is asked several times
 * stands once; numbers targets and predicates as they are first seen. Used for one set.
 */
final class Planner implements Condition.Cases<Integer> {
  private final Map<Key, Target> targets = new LinkedHashMap<>();
  private final Map<Key, Integer> places = new HashMap<>();
  private final Map<RuleSet.Predicate, Integer> predicates = new LinkedHashMap<>();

  /** Of each predicate the spelling in which it was first seen. */
  private final List<String> spellings = new ArrayList<>();

  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  /** Of each node in how many places it stands. */
  private final List<Integer> uses = new ArrayList<>();

  /** A target by what decides its values; notes do not. */
  private record Key(String name, ValueType type) {}

  private enum Kind {
    PREDICATE,
    ANY,
    ALL,
    NOT
  }

  /**
   * What is asked in some place of a rule.
   *
   * @param parts the numbers of nodes, or of one predicate
   */
  private record Node(Kind kind, List<Integer> parts) {}

  /** The number of the node for a filter, or for the condition of a tag. */
  int add(Condition condition) {
    return used(condition.fold(this));
  }

  @Override
  public Integer any(Condition.Any any) {
    return joined(Kind.ANY, MergedLists.of(any.terms()));
  }

  @Override
  public Integer all(Condition.All all) {
    return joined(Kind.ALL, all.terms());
  }

  private int joined(Kind kind, List<Condition> terms) {
    List<Integer> parts = terms.stream().map(term -> term.fold(this)).distinct().toList();
    return parts.size() == 1 ? parts.get(0) : node(kind, parts);
  }

  @Override
  public Integer not(Condition.Not not) {
    return node(Kind.NOT, List.of(not.term().fold(this)));
  }

  @Override
  public Integer named(Condition.Named named) {
    return named.filter().fold(this);
  }

  @Override
  public Integer holds(Condition.Holds holds) {
    Key key = new Key(holds.target().name(), holds.target().type());
    targets.putIfAbsent(key, holds.target());
    places.putIfAbsent(key, places.size());
    RuleSet.Predicate predicate = new RuleSet.Predicate(places.get(key), holds.check());
    Integer known = predicates.putIfAbsent(predicate, predicates.size());
    if (known == null) {
      spellings.add(holds.text());
    }
    return node(Kind.PREDICATE, List.of(known == null ? predicates.size() - 1 : known));
  }

  private int node(Kind kind, List<Integer> parts) {
    Node node = new Node(kind, parts);
    Integer known = numbers.putIfAbsent(node, nodes.size());
    if (known != null) {
      return known;
    }
    nodes.add(node);
    uses.add(0);
    if (kind != Kind.PREDICATE) {
      parts.forEach(this::used);
    }
    return nodes.size() - 1;
  }

  private int used(int node) {
    uses.set(node, uses.get(node) + 1);
    return node;
  }

  List<Target> targets() {
    return List.copyOf(targets.values());
  }

  List<RuleSet.Predicate> predicates() {
    return List.copyOf(predicates.keySet());
  }

  List<String> spellings() {
    return List.copyOf(spellings);
  }

  /**
   * The plans of all nodes, by their numbers; cheap terms come first.
   *
   * @param costs of the predicates
   */
  List<Plan> plans(int[] costs) {
    List<Plan> plans = new ArrayList<>();
    int shared = 0;
    for (int i = 0; i < nodes.size(); i++) {
      Plan plan = plan(nodes.get(i), plans, costs);
      if (uses.get(i) > 1 && !(plan instanceof Plan.Leaf)) {
        plans.add(new Plan.Shared(shared, plan));
        shared++;
      } else {
        plans.add(plan);
      }
    }
    return plans;
  }

  private static Plan plan(Node node, List<Plan> plans, int[] costs) {
    int first = node.parts().get(0);
    return switch (node.kind()) {
      case PREDICATE -> new Plan.Leaf(first, costs[first]);
      case NOT -> new Plan.Not(plans.get(first));
      case ANY -> new Plan.Any(cheapestFirst(node, plans));
      case ALL -> new Plan.All(cheapestFirst(node, plans));
    };
  }

  private static List<Plan> cheapestFirst(Node node, List<Plan> plans) {
    return node.parts().stream()
        .map(plans::get)
        .sorted(Comparator.comparingInt(Plan::cost))
        .toList();
  }
}
