package dev.historics.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any number of rules as one plan: what several of them ask is asked once. Immutable; shared by
 * threads, each of which takes a {@link Matcher} of its own.
 */
public final class RuleSet {
  private final List<Plan> plans;
  private final List<Target> targets;
  private final List<Predicate> predicates;

  private RuleSet(List<Plan> plans, List<Target> targets, List<Predicate> predicates) {
    this.plans = List.copyOf(plans);
    this.targets = List.copyOf(targets);
    this.predicates = List.copyOf(predicates);
  }

  /**
   * A question about one column.
   *
   * @param target a place in {@link #targets()}
   */
  record Predicate(int target, Check check) {}

  /** The plan of these rules; answers come in the order of the list. */
  public static RuleSet of(List<Definition> definitions) {
    Planner planner = new Planner();
    List<Plan> plans =
        definitions.stream().map(definition -> definition.filter().fold(planner)).toList();
    return new RuleSet(
        plans,
        new ArrayList<>(planner.targets.values()),
        new ArrayList<>(planner.predicates.keySet()));
  }

  /** Each target that some rule reads, once; its place is its number in a {@link ColumnBatch}. */
  public List<Target> targets() {
    return targets;
  }

  /** A new matcher, for one thread. */
  public Matcher matcher() {
    return new Matcher(this);
  }

  List<Plan> plans() {
    return plans;
  }

  List<Predicate> predicates() {
    return predicates;
  }

  /** Numbers targets and predicates as they are first seen, and puts cheap terms first. */
  private static final class Planner implements Condition.Cases<Plan> {
    /** A target by what decides its values; notes do not. */
    private record Key(String name, ValueType type) {}

    final Map<Key, Target> targets = new LinkedHashMap<>();
    final Map<Predicate, Integer> predicates = new LinkedHashMap<>();
    private final Map<Key, Integer> places = new LinkedHashMap<>();

    @Override
    public Plan any(Condition.Any any) {
      return new Plan.Any(cheapestFirst(any.terms()));
    }

    @Override
    public Plan all(Condition.All all) {
      return new Plan.All(cheapestFirst(all.terms()));
    }

    @Override
    public Plan not(Condition.Not not) {
      return new Plan.Not(not.term().fold(this));
    }

    @Override
    public Plan holds(Condition.Holds holds) {
      Key key = new Key(holds.target().name(), holds.target().type());
      targets.putIfAbsent(key, holds.target());
      places.putIfAbsent(key, places.size());
      Predicate predicate = new Predicate(places.get(key), holds.check());
      predicates.putIfAbsent(predicate, predicates.size());
      return new Plan.Leaf(predicates.get(predicate), holds.check().cost());
    }

    private List<Plan> cheapestFirst(List<Condition> terms) {
      return terms.stream()
          .map(term -> term.fold(this))
          .sorted((a, b) -> Integer.compare(a.cost(), b.cost()))
          .toList();
    }
  }
}
