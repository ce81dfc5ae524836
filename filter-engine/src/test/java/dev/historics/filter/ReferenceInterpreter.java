package dev.historics.filter;

import dev.historics.filter.syntax.Argument;
import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Parser;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a rule means, written to be obviously right: it walks the tree, one interaction and one
 * value at a time, and shares nothing with the matcher but the parser. The oracle of everything
 * faster.
 */
public final class ReferenceInterpreter implements Expr.Cases<Boolean> {
  private static final String PUNCTUATION = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‵‶〝″〞〟〃「」『』⌈⌋";
  private static final String WHITE_SPACE = " \t\n\r\f";

  private final TargetDictionary targets;
  private final Function<String, List<Object>> valuesOfTarget;

  private ReferenceInterpreter(
      TargetDictionary targets, Function<String, List<Object>> valuesOfTarget) {
    this.targets = targets;
    this.valuesOfTarget = valuesOfTarget;
  }

  /**
   * Whether a rule accepts an interaction.
   *
   * @param rule must compile
   * @param valuesOfTarget the values of a target in the interaction, by its name in lower case:
   *     {@link String}, {@link Number} or {@link Boolean}, and anything at all for a place; empty
   *     when it is missing
   */
  public static boolean accepts(
      String rule, TargetDictionary targets, Function<String, List<Object>> valuesOfTarget) {
    try {
      Definition.compile("rule", rule, targets);
    } catch (InvalidRuleException e) {
      throw new IllegalArgumentException("expected a rule that compiles", e);
    }
    Expr filter = Parser.parse(rule).parts().get(0);
    return filter.fold(new ReferenceInterpreter(targets, valuesOfTarget));
  }

  @Override
  public Boolean or(Expr.Or or) {
    return or.terms().stream().anyMatch(term -> term.fold(this));
  }

  @Override
  public Boolean and(Expr.And and) {
    return and.terms().stream().allMatch(term -> term.fold(this));
  }

  @Override
  public Boolean not(Expr.Not not) {
    return !not.term().fold(this);
  }

  @Override
  public Boolean test(Expr.Test test) {
    String name = test.target().value();
    if (targets.find(name).isEmpty()) {
      return targets.targets().stream()
          .filter(target -> target.name().startsWith(name + "."))
          .anyMatch(target -> !present(target.name()).isEmpty());
    }
    return present(name).stream().anyMatch(value -> passes(test, value));
  }

  private List<Object> present(String target) {
    return valuesOfTarget.apply(target).stream().filter(value -> !value.equals("")).toList();
  }

  private static boolean passes(Expr.Test test, Object value) {
    return switch (test.operator()) {
      case EXISTS -> true;
      case CONTAINS -> holdsPhrase(test, value, text(test));
      case CONTAINS_ANY -> items(test).stream().anyMatch(item -> holdsPhrase(test, value, item));
      case CONTAINS_ALL -> items(test).stream().allMatch(item -> holdsPhrase(test, value, item));
      case SUBSTR -> fold(test, value.toString()).contains(fold(test, text(test)));
      case IN ->
          test.argument() instanceof Argument.Integers integers
              ? integers.values().stream()
                  .anyMatch(item -> number(value).compareTo(new BigDecimal(item)) == 0)
              : items(test).stream().anyMatch(item -> compareText(test, value, item) == 0);
      case EQUAL -> compare(test, value) == 0;
      case NOT_EQUAL -> compare(test, value) != 0;
      case LESS -> compare(test, value) < 0;
      case LESS_OR_EQUAL -> compare(test, value) <= 0;
      case GREATER -> compare(test, value) > 0;
      case GREATER_OR_EQUAL -> compare(test, value) >= 0;
    };
  }

  private static String text(Expr.Test test) {
    return ((Argument.Text) test.argument()).value();
  }

  private static List<String> items(Expr.Test test) {
    return ((Argument.Items) test.argument()).values();
  }

  private static boolean holdsPhrase(Expr.Test test, Object value, String phrase) {
    List<String> words = words(fold(test, value.toString()));
    return Collections.indexOfSubList(words, words(fold(test, phrase))) >= 0;
  }

  private static int compare(Expr.Test test, Object value) {
    if (test.argument() instanceof Argument.Text text) {
      return compareText(test, value, text.value());
    }
    BigDecimal bound = ((Argument.Numeral) test.argument()).value();
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return number == bound.doubleValue() ? 0 : number < bound.doubleValue() ? -1 : 1;
    }
    return number(value).compareTo(bound);
  }

  private static BigDecimal number(Object value) {
    return value instanceof Boolean truth
        ? BigDecimal.valueOf(truth ? 1 : 0)
        : new BigDecimal(value.toString());
  }

  private static int compareText(Expr.Test test, Object value, String bound) {
    String left = fold(test, value.toString());
    String right = fold(test, bound);
    boolean order = test.operator().spelling().matches("[<>]=?");
    if (test.target().value().equals("interaction.content") && !order) {
      left = left.strip();
      right = right.strip();
    }
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return Arrays.compare(a, b);
  }

  private static String fold(Expr.Test test, String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (test.caseSensitive()) {
      return composed;
    }
    StringBuilder folded = new StringBuilder();
    composed
        .codePoints()
        .mapToObj(c -> Character.toString(c).toLowerCase(Locale.ROOT))
        .map(c -> c.equals("ς") ? "σ" : c)
        .forEach(folded::append);
    return folded.toString();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int c : (text + " ").codePoints().toArray()) {
      boolean punctuation = PUNCTUATION.indexOf(c) >= 0;
      if (!punctuation && WHITE_SPACE.indexOf(c) < 0) {
        word.appendCodePoint(c);
        continue;
      }
      if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
      if (punctuation) {
        words.add(Character.toString(c));
      }
    }
    return words;
  }
}
