package dev.historics.filter.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a condition asks of a target. */
public enum Operator {
  EXISTS("exists", Takes.NOTHING),
  CONTAINS("contains", Takes.TEXT),
  CONTAINS_ANY("contains_any", Takes.LIST),
  CONTAINS_ALL("contains_all", Takes.LIST),
  CONTAINS_NEAR("contains_near", Takes.WORDS_AND_SPAN),
  WILDCARD("wildcard", Takes.PATTERNS),
  SUBSTR("substr", Takes.TEXT),
  IN("in", Takes.LIST_OR_INTEGERS),
  EQUAL("==", Takes.TEXT_OR_NUMBER),
  NOT_EQUAL("!=", Takes.TEXT_OR_NUMBER),
  LESS("<", Takes.TEXT_OR_NUMBER),
  LESS_OR_EQUAL("<=", Takes.TEXT_OR_NUMBER),
  GREATER(">", Takes.TEXT_OR_NUMBER),
  GREATER_OR_EQUAL(">=", Takes.TEXT_OR_NUMBER),
  URL_IN("url_in", Takes.LIST),
  REGEX_PARTIAL("regex_partial", Takes.TEXT),
  REGEX_EXACT("regex_exact", Takes.TEXT),
  GEO_BOX("geo_box", Takes.CORNERS),
  GEO_RADIUS("geo_radius", Takes.CIRCLE),
  GEO_POLYGON("geo_polygon", Takes.VERTICES);

  /** The kinds of argument an operator can have. */
  enum Takes {
    NOTHING("nothing"),
    TEXT("text in double quotes"),
    LIST("a list in double quotes"),
    PATTERNS("a list in double quotes, with * and ? for what may vary"),
    WORDS_AND_SPAN("words, a colon and a number of words in double quotes"),
    LIST_OR_INTEGERS("a list in double quotes, or whole numbers in brackets"),
    TEXT_OR_NUMBER("text in double quotes, or a number"),
    CORNERS("two corners in double quotes"),
    CIRCLE("a centre and a radius in double quotes"),
    VERTICES("three or more points in double quotes");

    private final String shown;

    Takes(String shown) {
      this.shown = shown;
    }

    String shown() {
      return shown;
    }

    /** Whether the numbers of places stand between the quotes. */
    boolean isPlaces() {
      return this == CORNERS || this == CIRCLE || this == VERTICES;
    }

    /** Such an argument. */
    String example() {
      return switch (this) {
        case NOTHING -> "";
        case TEXT -> "\"coffee\"";
        case LIST, LIST_OR_INTEGERS -> "\"coffee, tea\"";
        case PATTERNS -> "\"coffee*, tea\"";
        case WORDS_AND_SPAN -> "\"coffee, beans:5\"";
        case TEXT_OR_NUMBER -> "5";
        case CORNERS -> "\"51.49,-1.06:51.42,-0.89\"";
        case CIRCLE -> "\"51.4553,-0.9689:50\"";
        case VERTICES -> "\"51.0,-1.0:52.0,-1.0:51.5,0.0\"";
      };
    }

    /** Whether commas separate what stands between the quotes. */
    boolean isList() {
      return this == LIST || this == PATTERNS || this == LIST_OR_INTEGERS || this == WORDS_AND_SPAN;
    }
  }

  private static final Set<Operator> ON_WORDS =
      EnumSet.of(CONTAINS, CONTAINS_ANY, CONTAINS_ALL, CONTAINS_NEAR, WILDCARD);

  private static final Set<Operator> WITHOUT_CASE =
      EnumSet.of(EXISTS, URL_IN, REGEX_PARTIAL, REGEX_EXACT, GEO_BOX, GEO_RADIUS, GEO_POLYGON);

  private static final Map<String, Operator> SYNONYMS =
      Map.of(
          "contains_phrase", CONTAINS,
          "contains_word", CONTAINS,
          "any", CONTAINS_ANY,
          "all", CONTAINS_ALL,
          "near", CONTAINS_NEAR,
          "wild", WILDCARD,
          "contains_substr", SUBSTR);

  /** Operators on lists that were kept by the old service's API. */
  private static final Set<String> DYNAMIC_LISTS = Set.of("list_in", "list_any");

  private static final Map<String, Operator> BY_SPELLING = bySpelling();

  private final String spelling;
  private final Takes takes;

  Operator(String spelling, Takes takes) {
    this.spelling = spelling;
    this.takes = takes;
  }

  private static Map<String, Operator> bySpelling() {
    Map<String, Operator> all = new TreeMap<>(SYNONYMS);
    for (Operator operator : values()) {
      all.put(operator.spelling, operator);
    }
    return all;
  }

  /** The one spelling that canonical rules use. */
  public String spelling() {
    return spelling;
  }

  Takes takes() {
    return takes;
  }

  /** Whether it cuts texts into words, and so takes modifiers that say how. */
  public boolean onWords() {
    return ON_WORDS.contains(this);
  }

  /** Whether {@code cs} may stand before it. */
  public boolean takesCase() {
    return !WITHOUT_CASE.contains(this);
  }

  /** The operator that {@code word}, in lower case, is a spelling of. */
  static Optional<Operator> spelled(String word) {
    return Optional.ofNullable(BY_SPELLING.get(word));
  }

  /** Whether a spelling of an operator is the last part of {@code name}, which is in lower case. */
  static boolean endsWithOne(String name) {
    return BY_SPELLING.containsKey(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Whether {@code word}, in lower case, asks for one of the old service's dynamic lists. */
  static boolean isDynamicList(String word) {
    return DYNAMIC_LISTS.contains(word);
  }

  /** Every spelling of every operator, synonyms too, in alphabetical order. */
  public static List<String> spellings() {
    return new ArrayList<>(BY_SPELLING.keySet());
  }
}
