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
  private final List<Definition> definitions;
  private final List<Plan> plans;
  private final List<List<Plan>> tagPlans;
  private final List<Target> targets;
  private final List<Predicate> predicates;
  private final List<String> spellings;

  private RuleSet(List<Definition> definitions) {
    Planner planner = new Planner();
    this.definitions = List.copyOf(definitions);
    this.plans = definitions.stream().map(rule -> rule.filter().fold(planner)).toList();
    this.tagPlans =
        definitions.stream()
            .map(
                rule -> rule.tagRules().stream().map(tag -> tag.condition().fold(planner)).toList())
            .toList();
    this.targets = List.copyOf(planner.targets.values());
    this.predicates = List.copyOf(planner.predicates.keySet());
    this.spellings = List.copyOf(planner.spellings);
  }

  /**
   * A question about one column.
   *
   * @param target a place in {@link #targets()}
   */
  record Predicate(int target, Check check) {}

  /**
   * The plan of these rules; answers come in the order of the list.
   *
   * @throws IllegalStateException if one of them has no filter
   */
  public static RuleSet of(List<Definition> definitions) {
    return new RuleSet(definitions);
  }

  /** Each target that some rule reads, once; its place is its number in a {@link ColumnBatch}. */
  public List<Target> targets() {
    return targets;
  }

  /** A new matcher, for one thread. */
  public Matcher matcher() {
    return new Matcher(this);
  }

  /**
   * How a rule of the set is asked.
   *
   * @param rule a place in the set
   */
  public Step steps(int rule) {
    return plans.get(rule).steps(spellings);
  }

  List<Plan> plans() {
    return plans;
  }

  /** For each rule the plans of its tags, in order. */
  List<List<Plan>> tagPlans() {
    return tagPlans;
  }

  /** What the tags of a rule add, in order. */
  List<TagRule> tagRules(int rule) {
    return definitions.get(rule).tagRules();
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

    /** Of each predicate the spelling in which it was first seen. */
    final List<String> spellings = new ArrayList<>();

    @Override
    public Plan any(Condition.Any any) {
      List<Condition> terms = MergedLists.of(any.terms());
      return terms.size() == 1 ? terms.get(0).fold(this) : new Plan.Any(cheapestFirst(terms));
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
    public Plan named(Condition.Named named) {
      return named.filter().fold(this);
    }

    @Override
    public Plan holds(Condition.Holds holds) {
      Key key = new Key(holds.target().name(), holds.target().type());
      targets.putIfAbsent(key, holds.target());
      places.putIfAbsent(key, places.size());
      Predicate predicate = new Predicate(places.get(key), holds.check());
      if (predicates.putIfAbsent(predicate, predicates.size()) == null) {
        spellings.add(holds.text());
      }
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
