package dev.historics.filter;

import java.util.BitSet;
import java.util.List;

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
  private final SharedPasses passes;
  private final int sharedPlans;
  private final boolean valueByValue;
  private final Triggers triggers;
  private final Guards guards;
  private final BitSet tagging = new BitSet();

  private RuleSet(List<Definition> definitions, Strategy strategy) {
    this.definitions = List.copyOf(definitions);
    this.valueByValue = strategy == Strategy.VALUE_BY_VALUE;
    Planner planner = new Planner();
    List<Integer> filters = definitions.stream().map(rule -> planner.add(rule.filter())).toList();
    int filterPredicates = planner.predicates().size();
    List<List<Integer>> tags =
        definitions.stream()
            .map(rule -> rule.tagRules().stream().map(tag -> planner.add(tag.condition())).toList())
            .toList();
    this.targets = planner.targets();
    this.predicates = planner.predicates();
    this.spellings = planner.spellings();
    this.passes = new SharedPasses(predicates, filterPredicates, strategy);
    List<Plan> all =
        planner.plans(predicates.stream().mapToInt(each -> each.check().cost()).toArray());
    this.plans = filters.stream().map(all::get).toList();
    this.tagPlans = tags.stream().map(each -> each.stream().map(all::get).toList()).toList();
    this.sharedPlans = (int) all.stream().filter(plan -> plan instanceof Plan.Shared).count();
    this.triggers =
        new Triggers(
            plans.stream().map(plan -> plan.trigger(this::trigger)).toList(), predicates.size());
    for (int rule = 0; rule < definitions.size(); rule++) {
      tagging.set(rule, definitions.get(rule).hasTags());
    }
    this.guards = new Guards(plans, triggers, passes);
  }

  /** What tells that a predicate need not be asked. */
  private Trigger trigger(int predicate) {
    return passes.isForFilters(predicate)
        ? Trigger.of(predicate, predicates.get(predicate).check().sought().orElseThrow().share())
        : Trigger.NONE;
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
    return of(definitions, Strategy.CHEAPEST);
  }

  /** The plan of these rules, made in one way. */
  static RuleSet of(List<Definition> definitions, Strategy strategy) {
    return new RuleSet(definitions, strategy);
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
    return plans.get(rule).steps(this::step);
  }

  private Step step(int predicate) {
    Check check = predicates.get(predicate).check();
    String way =
        passes.isAlone(predicate)
            ? check.test() instanceof PageSearch ? "search for a literal" : "value by value"
            : passes.all().get(passes.passOf(predicate)).toString();
    return new Step(spellings.get(predicate), check.cost(), way, List.of());
  }

  List<Plan> plans() {
    return plans;
  }

  /** For each rule the plans of its tags, in order. */
  List<List<Plan>> tagPlans() {
    return tagPlans;
  }

  boolean hasTags(int rule) {
    return tagging.get(rule);
  }

  /** What the tags of a rule add, in order. */
  List<TagRule> tagRules(int rule) {
    return definitions.get(rule).tagRules();
  }

  List<Predicate> predicates() {
    return predicates;
  }

  SharedPasses passes() {
    return passes;
  }

  Triggers triggers() {
    return triggers;
  }

  /** Whether tests look at one value at a time. */
  boolean isValueByValue() {
    return valueByValue;
  }

  Guards guards() {
    return guards;
  }

  /** How many terms stand in several places. */
  int sharedPlans() {
    return sharedPlans;
  }
}
