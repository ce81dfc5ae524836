package dev.historics.filter.syntax;

import java.util.ArrayList;
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
  SUBSTR("substr", Takes.TEXT),
  IN("in", Takes.LIST_OR_INTEGERS),
  EQUAL("==", Takes.TEXT_OR_NUMBER),
  NOT_EQUAL("!=", Takes.TEXT_OR_NUMBER),
  LESS("<", Takes.TEXT_OR_NUMBER),
  LESS_OR_EQUAL("<=", Takes.TEXT_OR_NUMBER),
  GREATER(">", Takes.TEXT_OR_NUMBER),
  GREATER_OR_EQUAL(">=", Takes.TEXT_OR_NUMBER);

  /** The kinds of argument an operator can have. */
  enum Takes {
    NOTHING("nothing"),
    TEXT("text in double quotes"),
    LIST("a list in double quotes"),
    LIST_OR_INTEGERS("a list in double quotes, or whole numbers in brackets"),
    TEXT_OR_NUMBER("text in double quotes, or a number");

    private final String shown;

    Takes(String shown) {
      this.shown = shown;
    }

    String shown() {
      return shown;
    }
  }

  /** Words that are operators of the language and that this version refuses. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "contains_near",
          "near",
          "wildcard",
          "wild",
          "regex_partial",
          "regex_exact",
          "geo_box",
          "geo_radius",
          "geo_polygon",
          "url_in",
          "list_in",
          "list_any");

  private static final Map<String, Operator> BY_SPELLING = bySpelling();

  private final String spelling;
  private final Takes takes;

  Operator(String spelling, Takes takes) {
    this.spelling = spelling;
    this.takes = takes;
  }

  private static Map<String, Operator> bySpelling() {
    Map<String, Operator> all = new TreeMap<>();
    for (Operator operator : values()) {
      all.put(operator.spelling, operator);
    }
    all.put("contains_phrase", CONTAINS);
    all.put("contains_word", CONTAINS);
    all.put("any", CONTAINS_ANY);
    all.put("all", CONTAINS_ALL);
    all.put("contains_substr", SUBSTR);
    return all;
  }

  /** The one spelling that canonical rules use. */
  public String spelling() {
    return spelling;
  }

  Takes takes() {
    return takes;
  }

  /** The operator that {@code word}, in lower case, is a spelling of. */
  static Optional<Operator> spelled(String word) {
    return Optional.ofNullable(BY_SPELLING.get(word));
  }

  /** Whether {@code word}, in lower case, is an operator that is not supported yet. */
  static boolean isUnsupported(String word) {
    return UNSUPPORTED.contains(word);
  }

  /** Every spelling that could have been meant, synonyms too. */
  static List<String> spellings() {
    List<String> all = new ArrayList<>(BY_SPELLING.keySet());
    all.addAll(UNSUPPORTED);
    return all;
  }
}
