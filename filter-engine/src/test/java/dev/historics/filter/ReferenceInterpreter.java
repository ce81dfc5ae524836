package dev.historics.filter;

import dev.historics.filter.syntax.Argument;
import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Modifier;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Printer;
import dev.historics.filter.syntax.TagStatement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a rule means, written to be obviously right: one interaction, one condition and one value at
 * a time. It shares nothing with the matcher but the parser. The oracle of everything faster.
 *
 * <p>An interaction is a function from the name of a target, in lower case, to its values there:
 * {@link String}, {@link Number} or {@link Boolean}; for a place a {@link Place}, or anything at
 * all if rules only ask whether it exists; empty when the target is missing.
 */
public final class ReferenceInterpreter {
  private final TargetDictionary targets;
  private final Library library;
  private final ReferenceText texts;
  private final Parser.Parsed rule;
  private final Optional<Asked> filter;
  private List<Tag> knownTags;

  /** A point on the map, in degrees north and east. */
  public record Place(double latitude, double longitude) {
    private static Place of(Argument.Point point) {
      return new Place(point.latitude().doubleValue(), point.longitude().doubleValue());
    }
  }

  /** What a condition asks of an interaction. */
  private interface Asked extends Predicate<Function<String, List<Object>>> {}

  private ReferenceInterpreter(
      Parser.Parsed rule, TargetDictionary targets, Library library, ReferenceText texts) {
    this.rule = rule;
    this.targets = targets;
    this.library = library;
    this.texts = texts;
    this.filter = rule.filter().map(this::asked);
  }

  /** A rule that compiles and names no others. */
  public static ReferenceInterpreter of(String rule, TargetDictionary targets) {
    return of(rule, targets, Library.empty());
  }

  /** A rule that compiles. */
  public static ReferenceInterpreter of(String rule, TargetDictionary targets, Library library) {
    return of(rule, targets, library, new ReferenceText());
  }

  static ReferenceInterpreter of(
      String rule, TargetDictionary targets, Library library, ReferenceText texts) {
    Parser.Parsed parsed = Parser.parse(rule);
    if (!parsed.problems().list().isEmpty()) {
      throw new IllegalArgumentException(
          "expected a rule that compiles, got " + rule + ": " + parsed.problems().list());
    }
    return new ReferenceInterpreter(parsed, targets, library, texts);
  }

  /** Whether a rule, which must compile and names no others, accepts an interaction. */
  public static boolean accepts(
      String rule, TargetDictionary targets, Function<String, List<Object>> interaction) {
    return of(rule, targets).accepts(interaction);
  }

  /** Whether the rule accepts an interaction. */
  public boolean accepts(Function<String, List<Object>> interaction) {
    return filter.orElseThrow().test(interaction);
  }

  /** What the rule says about an interaction that it accepts. */
  public Tags tags(Function<String, List<Object>> interaction) {
    List<String> labels = new ArrayList<>();
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Tag tag : allTags()) {
      if (tag.condition().test(interaction)) {
        if (tag.namespace().isEmpty()) {
          labels.add((String) tag.addition());
        } else {
          add(tree, tag.namespace(), tag.addition());
        }
      }
    }
    return new Tags(labels, tree);
  }

  /**
   * One tag statement.
   *
   * @param addition a label, or a score that is a {@link BigDecimal}
   */
  private record Tag(List<String> namespace, Object addition, Asked condition) {}

  private List<Tag> allTags() {
    if (knownTags == null) {
      knownTags = rule.tags().stream().flatMap(tag -> tag.fold(new Statements()).stream()).toList();
    }
    return knownTags;
  }

  /** Puts an addition at the end of its namespace: labels into a list, scores onto a sum. */
  @SuppressWarnings("unchecked")
  private static void add(Map<String, Object> tree, List<String> namespace, Object addition) {
    String name = namespace.get(0);
    if (namespace.size() > 1) {
      tree.putIfAbsent(name, new LinkedHashMap<String, Object>());
      add((Map<String, Object>) tree.get(name), namespace.subList(1, namespace.size()), addition);
    } else if (addition instanceof BigDecimal score) {
      BigDecimal before = (BigDecimal) tree.get(name);
      tree.put(name, before == null ? score : before.add(score));
    } else {
      tree.putIfAbsent(name, new ArrayList<String>());
      ((List<Object>) tree.get(name)).add(addition);
    }
  }

  /** Imported statements stand as if they had been written in place, in the import's namespace. */
  private final class Statements implements TagStatement.Cases<List<Tag>> {
    @Override
    public List<Tag> label(TagStatement.Label label) {
      return List.of(new Tag(label.namespace(), label.label(), asked(label.condition())));
    }

    @Override
    public List<Tag> score(TagStatement.Score score) {
      return List.of(new Tag(score.namespace(), score.score(), asked(score.condition())));
    }

    @Override
    public List<Tag> imported(TagStatement.Import imported) {
      List<Tag> tags = new ArrayList<>();
      for (Tag tag : named(imported.hash()).allTags()) {
        List<String> namespace = new ArrayList<>(imported.namespace());
        namespace.addAll(tag.namespace());
        tags.add(new Tag(namespace, tag.addition(), tag.condition()));
      }
      return tags;
    }
  }

  private ReferenceInterpreter named(Expr.Name hash) {
    return of(library.text(hash.value()).orElseThrow(), targets, library, texts);
  }

  /** The filter's nodes, one on a line, each with what it says about an interaction. */
  String trace(Function<String, List<Object>> interaction) {
    return trace(rule.filter().orElseThrow(), "", interaction);
  }

  private String trace(Expr node, String indent, Function<String, List<Object>> interaction) {
    List<Expr> parts =
        node instanceof Expr.Or or
            ? or.terms()
            : node instanceof Expr.And and
                ? and.terms()
                : node instanceof Expr.Not not ? List.of(not.term()) : List.of();
    String own = parts.isEmpty() ? Printer.print(node) : node.getClass().getSimpleName();
    return parts.stream()
        .map(part -> trace(part, indent + "  ", interaction))
        .collect(
            Collectors.joining("", indent + asked(node).test(interaction) + " " + own + "\n", ""));
  }

  private Asked asked(Expr expr) {
    return expr.fold(new Filters());
  }

  private final class Filters implements Expr.Cases<Asked> {
    @Override
    public Asked or(Expr.Or or) {
      List<Asked> terms = or.terms().stream().map(term -> term.fold(this)).toList();
      return interaction -> terms.stream().anyMatch(term -> term.test(interaction));
    }

    @Override
    public Asked and(Expr.And and) {
      List<Asked> terms = and.terms().stream().map(term -> term.fold(this)).toList();
      return interaction -> terms.stream().allMatch(term -> term.test(interaction));
    }

    @Override
    public Asked not(Expr.Not not) {
      Asked term = not.term().fold(this);
      return interaction -> !term.test(interaction);
    }

    @Override
    public Asked reference(Expr.Reference reference) {
      return named(reference.hash())::accepts;
    }

    @Override
    public Asked test(Expr.Test test) {
      String name = test.target().value();
      Optional<Target> target = targets.find(name);
      boolean text = target.map(found -> found.type() == ValueType.TEXT).orElse(true);
      if (test.operator() == Operator.EXISTS && text) {
        List<String> members =
            targets.targets().stream()
                .map(Target::name)
                .filter(member -> member.startsWith(name + "."))
                .toList();
        return interaction ->
            (target.isPresent() && !present(interaction, name).isEmpty())
                || members.stream().anyMatch(member -> !present(interaction, member).isEmpty());
      }
      Predicate<Object> passes = passes(test);
      return interaction -> present(interaction, name).stream().anyMatch(passes);
    }
  }

  private static List<Object> present(Function<String, List<Object>> interaction, String target) {
    return interaction.apply(target).stream().filter(value -> !value.equals("")).toList();
  }

  private Predicate<Object> passes(Expr.Test test) {
    return switch (test.operator()) {
      case EXISTS -> value -> true;
      case CONTAINS, CONTAINS_ANY, CONTAINS_ALL, CONTAINS_NEAR, WILDCARD -> onWords(test);
      case SUBSTR -> substring(test.caseSensitive(), text(test));
      case IN -> in(test);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compared(test);
      case URL_IN -> {
        Set<String> items =
            items(test).stream().map(ReferenceText::address).collect(Collectors.toSet());
        yield value -> items.contains(ReferenceText.address(value.toString()));
      }
      case REGEX_PARTIAL -> {
        com.google.re2j.Pattern pattern = regex(text(test));
        yield value -> pattern.matcher(ReferenceText.wellFormed(value.toString())).find();
      }
      case REGEX_EXACT -> {
        com.google.re2j.Pattern pattern = regex(text(test));
        yield value -> pattern.matcher(ReferenceText.wellFormed(value.toString())).matches();
      }
      case GEO_BOX, GEO_RADIUS, GEO_POLYGON -> within(test);
    };
  }

  /** RE2, in which {@code \p{Cs}} is every character beyond the Basic Multilingual Plane. */
  private static com.google.re2j.Pattern regex(String pattern) {
    return com.google.re2j.Pattern.compile(pattern.replace("\\p{Cs}", "[\\x{10000}-\\x{10FFFF}]"));
  }

  private static String text(Expr.Test test) {
    return ((Argument.Text) test.argument()).value();
  }

  private static List<String> items(Expr.Test test) {
    return ((Argument.Items) test.argument()).values();
  }

  private Predicate<Object> onWords(Expr.Test test) {
    boolean cs = test.caseSensitive();
    ReferenceText.Cut cut = cut(test.modifiers());
    Function<String, List<String>> words = item -> texts.wordsOf(item, cs, cut);
    Predicate<List<String>> holds =
        switch (test.operator()) {
          case CONTAINS -> phrase(words.apply(text(test)));
          case CONTAINS_ANY ->
              items(test).stream()
                  .map(words)
                  .map(ReferenceInterpreter::phrase)
                  .reduce(text -> false, Predicate::or);
          case CONTAINS_ALL ->
              items(test).stream()
                  .map(words)
                  .map(ReferenceInterpreter::phrase)
                  .reduce(text -> true, Predicate::and);
          case CONTAINS_NEAR -> {
            Argument.Near near = (Argument.Near) test.argument();
            List<List<String>> items = near.items().stream().map(words).toList();
            yield text -> ReferenceText.hasNear(text, items, near.words());
          }
          case WILDCARD -> {
            List<List<String>> patterns =
                ((Argument.Patterns) test.argument())
                    .values().stream()
                        .map(p -> ReferenceText.patternWords(p.text(), p.wildcards(), cs, cut))
                        .toList();
            yield text -> patterns.stream().anyMatch(p -> ReferenceText.hasPattern(text, p));
          }
          default -> throw new AssertionError(test.operator());
        };
    return value -> holds.test(words.apply(value.toString()));
  }

  private static Predicate<List<String>> phrase(List<String> phrase) {
    return text -> ReferenceText.hasPhrase(text, phrase);
  }

  private static ReferenceText.Cut cut(List<Modifier> modifiers) {
    Set<String> keep = new HashSet<>();
    Set<String> drop = new HashSet<>();
    boolean ideographsAlone = false;
    for (Modifier modifier : modifiers) {
      List<String> values = modifier.values().stream().map(Expr.Name::value).toList();
      switch (modifier.name()) {
        case "keep" -> keep.addAll(values);
        case "drop" -> drop.addAll(values);
        case "language" -> ideographsAlone = !values.contains("none");
        default -> throw new IllegalArgumentException("expected a known modifier, got " + modifier);
      }
    }
    return new ReferenceText.Cut(
        keep.isEmpty() ? Set.of("default") : Set.copyOf(keep), Set.copyOf(drop), ideographsAlone);
  }

  private Predicate<Object> substring(boolean caseCounts, String literal) {
    String folded = ReferenceText.fold(literal, caseCounts);
    return value -> texts.folded(value.toString(), caseCounts).contains(folded);
  }

  private Predicate<Object> in(Expr.Test test) {
    if (test.argument() instanceof Argument.Integers integers) {
      return value ->
          integers.values().stream().anyMatch(item -> number(value, decimal(item)) == 0);
    }
    Set<String> items = new HashSet<>();
    items(test).forEach(item -> items.add(whole(test, item)));
    return value -> items.contains(whole(test, value.toString()));
  }

  private static BigDecimal decimal(long value) {
    return BigDecimal.valueOf(value);
  }

  private Predicate<Object> compared(Expr.Test test) {
    if (test.argument() instanceof Argument.Text text) {
      String bound = whole(test, text.value());
      return value -> holds(test, order(whole(test, value.toString()), bound));
    }
    BigDecimal bound = ((Argument.Numeral) test.argument()).value();
    return value ->
        value instanceof Double ratio
            ? holdsBetween(test, ratio, bound.doubleValue())
            : holds(test, number(value, bound));
  }

  private static int number(Object value, BigDecimal bound) {
    BigDecimal number =
        value instanceof Boolean truth
            ? BigDecimal.valueOf(truth ? 1 : 0)
            : new BigDecimal(value.toString());
    return number.compareTo(bound);
  }

  private static boolean holds(Expr.Test test, int order) {
    return holdsBetween(test, order, 0);
  }

  /** NaN differs from everything, and is neither less nor greater. */
  private static boolean holdsBetween(Expr.Test test, double left, double right) {
    return switch (test.operator()) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      default -> throw new AssertionError(test.operator());
    };
  }

  private static int order(String a, String b) {
    return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  /** A whole text as it is compared; {@code interaction.content} is trimmed where it must equal. */
  private String whole(Expr.Test test, String text) {
    String folded = texts.folded(text, test.caseSensitive());
    boolean equality = Set.of("==", "!=", "in").contains(test.operator().spelling());
    return equality && test.target().value().equals("interaction.content")
        ? folded.strip()
        : folded;
  }

  private static Predicate<Object> within(Expr.Test test) {
    if (test.argument() instanceof Argument.Circle circle) {
      Place centre = Place.of(circle.centre());
      double radius = circle.radius().doubleValue();
      return place -> ReferenceGeo.kilometres((Place) place, centre) <= radius;
    }
    List<Place> points =
        ((Argument.Points) test.argument()).values().stream().map(Place::of).toList();
    return switch (test.operator()) {
      case GEO_BOX -> place -> ReferenceGeo.isInBox((Place) place, points.get(0), points.get(1));
      case GEO_POLYGON -> place -> ReferenceGeo.isInPolygon((Place) place, points);
      default -> throw new AssertionError(test.operator());
    };
  }
}
