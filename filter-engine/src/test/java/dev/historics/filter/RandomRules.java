package dev.historics.filter;

import dev.historics.filter.ReferenceInterpreter.Place;
import dev.historics.filter.RuleTree.Node;
import dev.historics.filter.RuleTree.Statement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rules with everything that the language has, drawn from records so that they often match. */
final class RandomRules {
  private static final List<String> MODIFIERS =
      List.of(
          "[ keep ( default ) ]",
          "[ keep ( classic ) ]",
          "[ keep ( extended ) ]",
          "[ keep ( pc ) ]",
          "[ keep ( po , sm ) ]",
          "[ keep ( n ) ]",
          "[ keep ( s , p ) , drop ( pd ) ]",
          "[ keep ( lu ) ]",
          "[ keep ( mn ) ]",
          "[ drop ( po ) ]",
          "[ drop ( classic ) ]",
          "[ drop ( so ) ] [ keep ( po ) ]",
          "[ drop ( default ) ]",
          "[ drop ( cc , cf ) ]",
          "[ language ( zh ) ]",
          "[ language ( ja ) ]",
          "[ language ( none ) ]",
          "[ keep ( extended ) , language ( zh ) ]");

  private static final int PLAIN_TAGS = 1;
  private static final int NAMESPACES = 2;

  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private static final List<String> NUMBERS =
      List.of("0", "1", "5.0", "4.5", "9223372036854775808", "-9223372036854775809", "1e300", ".5");

  private final SplittableRandom random;
  private final RandomTerms terms;
  private final Map<Target, List<Object>> values = new HashMap<>();
  private final List<Target> targets = new ArrayList<>();
  private final List<String> groups;
  private List<String> filters = List.of();
  private List<String> tagSets = List.of();

  RandomRules(SplittableRandom random, Records records) {
    this.random = random;
    this.terms = new RandomTerms(random);
    for (Target target : records.targets()) {
      List<Object> all = new ArrayList<>();
      IntStream.range(0, records.rows().size())
          .forEach(row -> all.addAll(records.row(row).apply(target.name())));
      all.removeIf(value -> value.equals(""));
      if (!all.isEmpty()) {
        values.put(target, all);
        targets.add(target);
      }
    }
    this.groups =
        targets.stream()
            .map(target -> target.name().substring(0, target.name().lastIndexOf('.')))
            .filter(group -> group.indexOf('.') > 0)
            .filter(group -> records.dictionary().find(group).isEmpty())
            .distinct()
            .toList();
  }

  /**
   * Lets rules name others from now on.
   *
   * @param filterHashes rules that have a filter
   * @param tagHashes rules that have tags
   */
  void naming(List<String> filterHashes, List<String> tagHashes) {
    filters = List.copyOf(filterHashes);
    tagSets = List.copyOf(tagHashes);
  }

  /** A rule; one in four has tags too. */
  RuleTree rule() {
    return random.nextInt(4) == 0 ? tagged() : filter();
  }

  RuleTree filter() {
    return new RuleTree(List.of(), Optional.of(node(random.nextInt(4))));
  }

  RuleTree tagged() {
    return new RuleTree(statements(), Optional.of(node(random.nextInt(2))));
  }

  RuleTree tagsOnly() {
    return new RuleTree(statements(), Optional.empty());
  }

  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    String own = Seeds.oneOf(random, List.of("", "own.", "our-own."));
    int kinds = Seeds.oneOf(random, List.of(PLAIN_TAGS, NAMESPACES, PLAIN_TAGS | NAMESPACES));
    for (int i = random.nextInt(6); i >= 0; i--) {
      statements.add(statement(kinds, own, i));
    }
    return statements;
  }

  private Statement statement(int kinds, String own, int number) {
    Optional<Node> condition = Optional.of(node(random.nextInt(2)));
    String label =
        RandomTerms.quoted("label " + number + Seeds.oneOf(random, List.of("", "é", ",")));
    List<String> scores = List.of("1", "0.1", "0.25", "-3", "+2.50", "1e3", "-0.75", "0");
    int kind = random.nextInt(tagSets.isEmpty() ? 6 : 7);
    return switch (kinds == PLAIN_TAGS
        ? kind % 2
        : kinds == NAMESPACES ? Math.max(2, kind) : kind) {
      case 0, 1 -> new Statement(List.of("tag", label), condition);
      case 2 -> new Statement(List.of("tag." + own + "kind", label), condition);
      case 3 -> new Statement(List.of("tag." + own + "deep.er", label), condition);
      case 4 -> new Statement(List.of("tag.score", Seeds.oneOf(random, scores)), condition);
      case 5 ->
          new Statement(List.of("tag." + own + "deep.sum", Seeds.oneOf(random, scores)), condition);
      default ->
          new Statement(
              List.of(
                  kinds == NAMESPACES || random.nextBoolean()
                      ? "tags.from-" + "abcdefgh".charAt(number)
                      : "tags",
                  RandomTerms.quoted(Seeds.oneOf(random, tagSets))),
              Optional.empty());
    };
  }

  private Node node(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(7)) {
      case 1, 2 -> new RuleTree.And(nodes(2, depth));
      case 3, 4 -> new RuleTree.Or(nodes(2 + random.nextInt(3), depth));
      case 5 -> new RuleTree.Not(node(depth - 1));
      default -> new RuleTree.Leaf(condition());
    };
  }

  private List<Node> nodes(int count, int depth) {
    return IntStream.range(0, count).mapToObj(i -> node(depth - 1)).toList();
  }

  /** A single condition, token by token. */
  List<String> condition() {
    int kind = random.nextInt(40);
    if (kind == 0) {
      return List.of(Seeds.oneOf(random, targets).name(), "exists");
    }
    if (kind == 1 && !groups.isEmpty()) {
      return List.of(Seeds.oneOf(random, groups), "exists");
    }
    if (kind <= 3 && !filters.isEmpty()) {
      return List.of("stream", RandomTerms.quoted(Seeds.oneOf(random, filters)));
    }
    Target target = target();
    return switch (target.type()) {
      case TEXT -> onText(target);
      case INT, FLOAT -> onNumber(target);
      case GEO -> onPlace(target);
    };
  }

  /** Texts are asked about more often than all others together. */
  private Target target() {
    Target target = Seeds.oneOf(random, targets);
    boolean again = target.type() != ValueType.TEXT && random.nextBoolean();
    return again ? Seeds.oneOf(random, targets) : target;
  }

  private <T> T drawn(Target target, Class<T> type) {
    return type.cast(Seeds.oneOf(random, values.get(target)));
  }

  private String text(Target target) {
    return ReferenceText.wellFormed(drawn(target, String.class));
  }

  private List<String> onText(Target target) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> onWords(target, "contains");
      case 3, 4, 5 -> onWords(target, "contains_any");
      case 6 -> onWords(target, "contains_all");
      case 7, 8 -> onWords(target, "contains_near");
      case 9, 10 -> onWords(target, "wildcard");
      case 11, 12 -> cased(target, "substr", RandomTerms.quoted(terms.stretch(text(target), 6)));
      case 13 -> cased(target, Seeds.oneOf(random, COMPARISONS), RandomTerms.quoted(bent(target)));
      case 14 ->
          cased(
              target, "in", terms.list(IntStream.range(0, 4).mapToObj(i -> bent(target)).toList()));
      case 15, 16 ->
          List.of(
              target.name(),
              "url_in",
              terms.list(IntStream.range(0, 3).mapToObj(i -> terms.url(text(target))).toList()));
      case 17 -> List.of(target.name(), "regex_exact", RandomTerms.quoted(exactly(target)));
      default ->
          List.of(target.name(), "regex_partial", RandomTerms.quoted(terms.regex(text(target))));
    };
  }

  private String bent(Target target) {
    String text = text(target);
    return random.nextInt(3) == 0 ? terms.bent(text) : text;
  }

  private String exactly(Target target) {
    return switch (random.nextInt(5)) {
      case 0 -> "(?s).*" + terms.regex(text(target)) + ".*";
      case 1 -> terms.regex(text(target)) + "|" + terms.regex(text(target));
      case 2 -> "(?s).{0," + random.nextInt(60) + "}";
      case 3 -> ".*(?:\\p{Cs}|" + terms.regex(text(target)) + ")[^a]*";
      default -> ".*" + terms.regex(text(target)) + ".*";
    };
  }

  private List<String> cased(Target target, String operator, String argument) {
    return random.nextInt(4) == 0
        ? List.of(target.name(), "cs", operator, argument)
        : List.of(target.name(), operator, argument);
  }

  private List<String> onWords(Target target, String operator) {
    List<String> modifiers =
        random.nextInt(4) == 0
            ? List.of(Seeds.oneOf(random, MODIFIERS).split(" "))
            : List.<String>of();
    ReferenceText.Cut cut = cut(modifiers);
    String argument =
        switch (operator) {
          case "contains" -> RandomTerms.quoted(terms.phrase(text(target), cut, 3));
          case "contains_any" ->
              terms.list(phrases(target, cut, random.nextInt(6) == 0 ? 40 : 6, 2));
          case "contains_all" -> terms.list(phrases(target, cut, 3, 2));
          case "contains_near" -> terms.near(text(target), cut);
          default -> patterns(target, cut);
        };
    List<String> tokens = new ArrayList<>(List.of(target.name()));
    if (random.nextInt(4) == 0) {
      tokens.add("cs");
    }
    tokens.add(operator);
    tokens.addAll(modifiers);
    tokens.add(argument);
    return tokens;
  }

  /** A list must not be cut at the commas in its items; that there are none left is all right. */
  private List<String> phrases(Target target, ReferenceText.Cut cut, int max, int words) {
    return IntStream.rangeClosed(0, random.nextInt(max))
        .mapToObj(i -> terms.phrase(text(target), cut, words))
        .toList();
  }

  private String patterns(Target target, ReferenceText.Cut cut) {
    return "\""
        + String.join(
            ",",
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> terms.pattern(text(target), cut))
                .toList())
        + "\"";
  }

  /** Good enough to draw words by. */
  private static ReferenceText.Cut cut(List<String> modifiers) {
    Set<String> keep = new LinkedHashSet<>();
    Set<String> drop = new LinkedHashSet<>();
    Set<String> names = keep;
    for (String token : modifiers) {
      switch (token) {
        case "keep" -> names = keep;
        case "drop" -> names = drop;
        case "language" -> names = new LinkedHashSet<>();
        default -> {
          if (Character.isLetter(token.charAt(0))) {
            names.add(token);
          }
        }
      }
    }
    boolean alone = modifiers.contains("zh") || modifiers.contains("ja");
    return new ReferenceText.Cut(
        keep.isEmpty() ? Set.of("default") : Set.copyOf(keep), Set.copyOf(drop), alone);
  }

  private List<String> onNumber(Target target) {
    if (target.type() == ValueType.INT && random.nextInt(3) == 0) {
      List<String> tokens = new ArrayList<>(List.of(target.name(), "in", "["));
      for (int i = 0; i < 4; i++) {
        tokens.addAll(List.of(whole(drawn(target, Object.class)).toString(), ","));
      }
      tokens.set(tokens.size() - 1, "]");
      return tokens;
    }
    return List.of(target.name(), Seeds.oneOf(random, COMPARISONS), number(target));
  }

  private static Long whole(Object value) {
    return value instanceof Boolean truth ? (Long) (truth ? 1L : 0L) : (Long) value;
  }

  private String number(Target target) {
    Object value = drawn(target, Object.class);
    if (random.nextInt(6) == 0 || (value instanceof Double ratio && !Double.isFinite(ratio))) {
      return Seeds.oneOf(random, NUMBERS);
    }
    if (value instanceof Double ratio) {
      return ratio.toString();
    }
    BigDecimal moved = new BigDecimal(Seeds.oneOf(random, List.of("0", "0", "0.5", "1", "-1")));
    return moved.add(BigDecimal.valueOf(whole(value))).toString();
  }

  private List<String> onPlace(Target target) {
    Place centre = drawn(target, Place.class);
    return switch (random.nextInt(3)) {
      case 0 -> List.of(target.name(), "geo_box", box(centre));
      case 1 -> List.of(target.name(), "geo_radius", circle(centre));
      default -> List.of(target.name(), "geo_polygon", polygon(centre));
    };
  }

  private String box(Place place) {
    double north = Math.min(90, place.latitude() + random.nextInt(4) / 8.0);
    double south = Math.max(-90, place.latitude() - random.nextInt(4) / 8.0);
    double west = Math.max(-180, place.longitude() - random.nextInt(4) / 8.0);
    double east = Math.min(180, place.longitude() + random.nextInt(4) / 8.0);
    return random.nextInt(4) == 0
        ? "\"%s , %s : %s , %s\"".formatted(north, east, south, west)
        : "\"%s,%s:%s,%s\"".formatted(north, west, south, east);
  }

  private String circle(Place place) {
    String radius = Seeds.oneOf(random, List.of("0.001", "10", "25.5", "50", "9000", "20016"));
    return "\"%s,%s:%s\"".formatted(place.latitude(), place.longitude(), radius);
  }

  private String polygon(Place place) {
    List<String> vertices = new ArrayList<>();
    for (int count = 3 + random.nextInt(6); count > 0; count--) {
      double latitude = place.latitude() + random.nextInt(17) / 8.0 - 1;
      double longitude = place.longitude() + random.nextInt(17) / 8.0 - 1;
      vertices.add(
          Math.max(-90, Math.min(90, latitude)) + "," + Math.max(-180, Math.min(180, longitude)));
    }
    return "\"" + String.join(":", vertices) + "\"";
  }
}
