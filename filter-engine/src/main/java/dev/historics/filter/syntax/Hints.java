package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.Optional;
import java.util.Set;

/** What to do about a problem; empty where nothing certain can be said. */
final class Hints {
  static final String EXAMPLE = "for example: interaction.content contains \"coffee\"";
  static final String BRACES = "the filter stands in braces: return { … }";
  static final String TAG_BRACES = "the condition of a tag stands in braces: tag \"name\" { … }";
  static final String ONE_FILTER = "the whole rule is either a filter or return { filter }";

  private static final Set<String> MODIFIERS = Set.of("keep", "drop", "language");

  private Hints() {}

  /** For what stands where a target should, {@code after} being what follows it. */
  static String forTarget(Token found, Token after, boolean operatorFollows) {
    if (found.kind() == Kind.STRING || found.kind() == Kind.NUMBER) {
      return operatorFollows
          ? "the target stands before the operator"
          : "each condition names its target; contains_any takes a list: \"a, b\"";
    }
    if (operator(found)) {
      return "each condition names its target, also after AND and OR";
    }
    if (found.kind() == Kind.WORD && (found.raw().endsWith(".") || after.raw().startsWith("."))) {
      return "a target has no blanks in it";
    }
    if (found.raw().startsWith("#")) {
      return "a comment starts with '//'";
    }
    return found.raw().contains("..") || found.raw().startsWith(".")
        ? "single dots separate the parts of a target"
        : "";
  }

  /** For what stands in brackets where a whole number should. */
  static String forInteger(Token found, Token after) {
    if (found.kind() == Kind.WORD && after.is("(")) {
      return "'in' takes no modifiers";
    }
    boolean text = found.kind() == Kind.STRING || found.kind() == Kind.WORD;
    return text && !found.endsTerm() ? "a list of texts is one text: in \"a, b\"" : "";
  }

  private static boolean startsNumber(String words) {
    return "+-.0123456789".indexOf(words.charAt(0)) >= 0;
  }

  private static boolean operator(Token token) {
    return token.kind() != Kind.STRING && Operator.spelled(token.word()).isPresent();
  }

  /** For what stands where an operator should. */
  static String forOperator(Token target, Token found) {
    if (found.endsTerm()) {
      return "'%s exists' asks whether there is a value".formatted(Token.shorten(target.word()));
    }
    if (found.is("cs")) {
      return "'cs' is there already";
    }
    if (Operator.endsWithOne(target.word())) {
      return "a blank stands between the target and the operator";
    }
    return found.is("[") ? "modifiers stand after the operator" : EXAMPLE;
  }

  /** The operator that {@code word}, in lower case, was probably meant to be. */
  static Optional<String> meant(String word) {
    return switch (word) {
      case "=", "===", "is", "equals", "eq" -> Optional.of("==");
      case "<>", "=!", "!==", "ne" -> Optional.of("!=");
      case "=<" -> Optional.of("<=");
      case "=>" -> Optional.of(">=");
      case "pcre", "regex", "regexp", "matches", "~", "=~" -> Optional.of("regex_partial");
      default -> Spelling.nearest(word, Operator.spellings(), 1).stream().findFirst();
    };
  }

  /** For what comes next after a condition. */
  static String betweenConditions(TokenCursor cursor) {
    Token found = cursor.peek();
    Token before = cursor.previous();
    if (found.is(";")) {
      return "leave it out: nothing ends a condition";
    }
    if (found.is(",") && before.kind() == Kind.NUMBER) {
      return "a number has no commas in it";
    }
    if (found.is("[") && cursor.peekAfter().kind() == Kind.WORD) {
      return "modifiers stand between the operator and its argument";
    }
    if (before.kind() == Kind.STRING && found.kind() == Kind.STRING) {
      return "a list is one text: \"a, b\"";
    }
    if (operator(found)) {
      return "each condition names its target, also after AND and OR";
    }
    if (found.kind() == Kind.SYMBOL) {
      return found.is(",") ? "join conditions with AND or OR" : "";
    }
    if (before.kind() == Kind.STRING && before.span().end() == found.span().start()) {
      return "inside a text write \\\" for a quote";
    }
    return "";
  }

  /**
   * For what comes next where the condition of a tag should, {@code braces} saying how it looks.
   */
  static String forBraces(TokenCursor cursor, String braces) {
    Token found = cursor.peek();
    if (found.is(",") && cursor.previous().kind() == Kind.NUMBER) {
      return "a number has no commas in it";
    }
    boolean second = found.kind() == Kind.STRING || found.kind() == Kind.NUMBER;
    return second ? "a statement adds one label or one score" : braces;
  }

  /** For what comes next where the label of a tag should. */
  static String forLabel(TokenCursor cursor) {
    Token after = cursor.peekAfter();
    String words = cursor.wordsAhead(false);
    if (words.isEmpty()) {
      return "for example: tag \"name\" { interaction.content contains \"coffee\" }";
    }
    Token found = cursor.peek();
    if (found.kind() == Kind.STRAY && startsNumber(found.raw())) {
      return "";
    }
    return after.kind() == Kind.STRING || after.kind() == Kind.NUMBER
        ? "a namespace has no blanks in it: tag.device.maker"
        : "write \"%s\"".formatted(Token.shorten(words));
  }

  /** For what comes next where the argument of {@code operator} should. */
  static String forArgument(Operator operator, TokenCursor cursor) {
    Token found = cursor.peek();
    Operator.Takes takes = operator.takes();
    if (found.kind() == Kind.WORD && cursor.peekAfter().is("(")) {
      return MODIFIERS.contains(found.word()) ? "modifiers stand in brackets: [keep(…)]" : "";
    }
    if (found.is("(") || found.is("[")) {
      String brackets = found.is("(") ? "parentheses" : "brackets";
      return takes.isList()
          ? "one pair of quotes for the whole list: \"a, b\""
          : "leave out the " + brackets;
    }
    if (takes == Operator.Takes.TEXT_OR_NUMBER) {
      return forComparison(cursor);
    }
    String words = cursor.wordsAhead(takes.isList());
    if (words.isEmpty() || takes.isPlaces()) {
      return words.isEmpty() ? "" : "for example: " + takes.example();
    }
    if (found.word().matches("https?:")) {
      return "'//' starts a comment: write the address in double quotes";
    }
    if (found.raw().startsWith("/")) {
      return "a pattern stands in double quotes, without slashes";
    }
    boolean near = takes == Operator.Takes.WORDS_AND_SPAN;
    if (near && (words.indexOf(',') < 0 || words.indexOf(':') < 0)) {
      return "for example: " + takes.example();
    }
    String quoted = "\"" + Token.shorten(words) + "\"";
    boolean integer = found.kind() == Kind.NUMBER && operator == Operator.IN;
    return integer
        ? "write [%s], or %s for texts".formatted(Token.shorten(words), quoted)
        : "write " + quoted;
  }

  private static String forComparison(TokenCursor cursor) {
    Token found = cursor.peek();
    if (found.is("true") || found.is("false")) {
      return "true is 1 and false is 0";
    }
    if (found.is("null") || found.is("none")) {
      return "'exists' asks whether there is a value";
    }
    String words = cursor.wordsAhead(false);
    return words.isEmpty() || startsNumber(words) ? "" : "write \"" + Token.shorten(words) + "\"";
  }
}
