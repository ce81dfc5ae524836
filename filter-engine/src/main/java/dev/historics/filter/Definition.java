package dev.historics.filter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A rule that compiles: a filter, tags for what it accepts, or both. Immutable; shared by threads.
 */
public final class Definition {
  private final String name;
  private final String text;
  private final String canonical;
  private final Optional<Condition> filter;
  private final List<TagRule> tags;
  private final SortedMap<String, String> imports;
  private final List<ConditionCost> costs;
  private final SortedSet<String> targets;

  Definition(
      String name,
      String text,
      String canonical,
      Optional<Condition> filter,
      List<TagRule> tags,
      Map<String, String> imports) {
    this.name = name;
    this.text = text;
    this.canonical = canonical;
    this.filter = filter;
    this.tags = List.copyOf(tags);
    this.imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    this.costs =
        Stream.concat(filter.stream(), tags.stream().map(TagRule::condition))
            .flatMap(condition -> condition.fold(new Leaves()))
            .map(leaf -> new ConditionCost(leaf.text(), leaf.target(), leaf.check().complexity()))
            .toList();
    SortedSet<String> names = new TreeSet<>();
    costs.forEach(cost -> names.add(cost.target().name()));
    this.targets = Collections.unmodifiableSortedSet(names);
  }

  /**
   * Compiles a rule that names no others.
   *
   * @param name shown in front of every problem: a file's name, or what the user calls the rule
   * @throws InvalidRuleException with all problems of the rule
   */
  public static Definition compile(String name, String text, TargetDictionary targets)
      throws InvalidRuleException {
    return compile(name, text, targets, Library.empty());
  }

  /**
   * Compiles a rule.
   *
   * @param name shown in front of every problem: a file's name, or what the user calls the rule
   * @param library where the rules are that this one names
   * @throws InvalidRuleException with all problems of the rule
   */
  public static Definition compile(
      String name, String text, TargetDictionary targets, Library library)
      throws InvalidRuleException {
    return new Compilation(targets, library).compile(name, text);
  }

  /** What the rule is called in messages. */
  public String name() {
    return name;
  }

  /** The rule as it was written. */
  public String text() {
    return text;
  }

  /**
   * The rule in its one spelling: tag statements, then {@code return { … }}. Comments, white space,
   * upper case outside of quotes and the choice between synonyms make no difference to it.
   */
  public String canonical() {
    return canonical;
  }

  /** The MD5 of {@link #canonical}, 32 hexadecimal digits in lower case. */
  public String hash() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * What the rule asks of each interaction: the sum of what its conditions add, those of tags and
   * of the rules that it names included.
   *
   * <p>The unit is one look-up in a value. A condition of the {@code contains} family adds one for
   * each of its words, two where the words have a span or wildcards; {@code regex_partial} and
   * {@code regex_exact} add 25, and one for every 10 characters, but 5 instead of 25 where every
   * match holds a literal of three characters or more that can be searched for; {@code url_in} and
   * {@code geo_radius} add 2, {@code geo_polygon} one for each vertex; any other condition adds
   * one, however long the list of an {@code in} is.
   */
  public int complexity() {
    return costs.stream().mapToInt(ConditionCost::units).sum();
  }

  /** The parts of {@link #complexity}: the conditions in the order in which they are written. */
  public List<ConditionCost> costs() {
    return costs;
  }

  /** The names of the targets that the rule reads. */
  public SortedSet<String> targets() {
    return targets;
  }

  /** Whether the rule says which interactions it wants; one that does not only defines tags. */
  public boolean hasFilter() {
    return filter.isPresent();
  }

  /** Whether the rule tags what it accepts. */
  public boolean hasTags() {
    return !tags.isEmpty();
  }

  /**
   * The texts of the rules that this one names, and of those that they name, by their hash. With
   * them it compiles anywhere: {@code imports()::get} is its library.
   */
  public SortedMap<String, String> imports() {
    return imports;
  }

  /**
   * The condition for delivery.
   *
   * @throws IllegalStateException if the rule has no filter
   */
  Condition filter() {
    return filter.orElseThrow(
        () -> new IllegalStateException("%s has no filter, only tags".formatted(name)));
  }

  List<TagRule> tagRules() {
    return tags;
  }

  @Override
  public String toString() {
    return name + ": " + canonical;
  }
}
