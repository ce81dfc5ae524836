package dev.historics.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A rule before it is written down. There are many ways to write one that all mean the same.
 *
 * @param filter nothing if the rule only defines tags
 */
record RuleTree(List<Statement> tags, Optional<Node> filter) {

  /**
   * A tag statement.
   *
   * @param head the tokens before its braces
   * @param condition nothing if it imports others
   */
  record Statement(List<String> head, Optional<Node> condition) {}

  /** A part of a filter. */
  sealed interface Node {}

  record Or(List<Node> terms) implements Node {}

  record And(List<Node> terms) implements Node {}

  record Not(Node term) implements Node {}

  record Leaf(List<String> tokens) implements Node {}

  /** How a rule is written down. */
  sealed interface Hand {}

  /** As little as possible: single blanks, lower case, no needless parentheses. */
  record Plain() implements Hand {}

  /** Any of the ways that there are. */
  record Wild(SplittableRandom random) implements Hand {
    private static final Map<String, List<String>> SYNONYMS =
        Map.of(
            "contains", List.of("contains", "contains_phrase", "contains_word"),
            "contains_any", List.of("contains_any", "any"),
            "contains_all", List.of("contains_all", "all"),
            "contains_near", List.of("contains_near", "near"),
            "wildcard", List.of("wildcard", "wild"),
            "substr", List.of("substr", "contains_substr"),
            "stream", List.of("stream", "rule"));

    private static final List<String> BLANKS =
        List.of(" ", " ", "\n", "\t", "\r\n", "\f", " /* a */ ", "/**/", " // \" b\n", "//\r\n");

    private String token(String token) {
      if (token.startsWith("\"")) {
        return token;
      }
      String chosen = Seeds.oneOf(random, SYNONYMS.getOrDefault(token, List.of(token)));
      return switch (random.nextInt(3)) {
        case 0 -> chosen.toUpperCase(Locale.ROOT);
        case 1 -> chosen.substring(0, 1).toUpperCase(Locale.ROOT) + chosen.substring(1);
        default -> chosen;
      };
    }

    private String between(String left, String right) {
      boolean mayTouch = isPunctuation(left) || isPunctuation(right);
      StringBuilder blanks = new StringBuilder();
      for (int count = random.nextInt(3) + (mayTouch ? 0 : 1); count > 0; count--) {
        blanks.append(Seeds.oneOf(random, BLANKS));
      }
      return blanks.toString();
    }

    private static boolean isPunctuation(String token) {
      return "\"()[]{},".indexOf(token.charAt(0)) >= 0;
    }
  }

  /** The rule as text; a filter that stands alone may do without {@code return}. */
  String text(Hand hand) {
    List<String> tokens = tokens(hand);
    if (hand instanceof Wild wild) {
      StringBuilder text = new StringBuilder(wild.token(tokens.get(0)));
      for (int i = 1; i < tokens.size(); i++) {
        text.append(wild.between(tokens.get(i - 1), tokens.get(i)));
        text.append(wild.token(tokens.get(i)));
      }
      return text.toString();
    }
    return String.join(" ", tokens);
  }

  /** The words of the rule, as the language sees them. */
  List<String> tokens(Hand hand) {
    List<String> tokens = new ArrayList<>();
    for (Statement tag : tags) {
      tokens.addAll(tag.head());
      tag.condition().ifPresent(condition -> braced(condition, hand, tokens));
    }
    boolean bare = tags.isEmpty() && (hand instanceof Plain || coin(hand));
    filter.ifPresent(
        node -> {
          if (bare) {
            write(node, hand, tokens);
          } else {
            tokens.add("return");
            braced(node, hand, tokens);
          }
        });
    return tokens;
  }

  private static boolean coin(Hand hand) {
    return hand instanceof Wild wild && wild.random().nextInt(4) == 0;
  }

  private static void braced(Node node, Hand hand, List<String> tokens) {
    tokens.add("{");
    write(node, hand, tokens);
    tokens.add("}");
  }

  private static void write(Node node, Hand hand, List<String> tokens) {
    if (coin(hand)) {
      parenthesised(node, hand, tokens);
    } else if (node instanceof Or or) {
      joined(or.terms(), "or", hand, tokens);
    } else if (node instanceof And and) {
      joined(and.terms(), "and", hand, tokens);
    } else if (node instanceof Not not) {
      tokens.add("not");
      boolean group = not.term() instanceof Or || not.term() instanceof And;
      term(not.term(), group, hand, tokens);
    } else if (node instanceof Leaf leaf) {
      tokens.addAll(leaf.tokens());
    }
  }

  private static void joined(List<Node> terms, String word, Hand hand, List<String> tokens) {
    for (int i = 0; i < terms.size(); i++) {
      if (i > 0) {
        tokens.add(word);
      }
      term(terms.get(i), word.equals("and") && terms.get(i) instanceof Or, hand, tokens);
    }
  }

  private static void term(Node node, boolean group, Hand hand, List<String> tokens) {
    if (group) {
      parenthesised(node, hand, tokens);
    } else {
      write(node, hand, tokens);
    }
  }

  private static void parenthesised(Node node, Hand hand, List<String> tokens) {
    tokens.add("(");
    write(node, hand, tokens);
    tokens.add(")");
  }
}
