package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the text of a rule into an {@link Expr}, one method per rule of the grammar:
 *
 * <pre>
 * rule     ::= (filter | "return" "{" filter "}") END
 * filter   ::= or
 * or       ::= and ("OR" and)*
 * and      ::= unary ("AND" unary)*
 * unary    ::= "NOT" unary | "(" or ")" | test
 * test     ::= TARGET "cs"? operator argument
 * argument ::= (STRING | NUMBER | integers)?
 * integers ::= "[" NUMBER ("," NUMBER)* "]"
 * </pre>
 *
 * <p>Words are the same in upper and lower case. After a problem the parser goes on at the next
 * AND, OR or closing bracket, so that one look finds every problem of a rule.
 *
 * <p>Bounds: {@value #BYTES_MAX} bytes of UTF-8, {@value #CONDITIONS_MAX} conditions, {@value
 * #DEPTH_MAX} levels of NOT and parentheses, {@value #NUMBER_LENGTH_MAX} characters in a number.
 */
public final class Parser {
  /** The longest rule, in bytes of UTF-8. */
  public static final int BYTES_MAX = 1 << 20;

  /** The most conditions that one filter may join. */
  public static final int CONDITIONS_MAX = 1000;

  /** The deepest nesting of NOT and parentheses. */
  public static final int DEPTH_MAX = 200;

  /** The longest number, in characters. */
  public static final int NUMBER_LENGTH_MAX = 400;

  private static final BigDecimal VALUE_MAX = BigDecimal.valueOf(Double.MAX_VALUE);
  private static final int SCALE_MAX = 400;

  private final List<Token> tokens;
  private final boolean cut;
  private final Problems problems;
  private final List<Expr.Name> looseTargets = new ArrayList<>();
  private int at;
  private int depth;
  private int conditions;
  private boolean gaveUp;

  private Parser(Lexer.Lexed lexed, Problems problems) {
    this.tokens = lexed.tokens();
    this.cut = lexed.cut();
    this.problems = problems;
  }

  /**
   * What could be read of a rule.
   *
   * @param parts the filter, if {@code problems} is empty; else the pieces of it that make sense
   * @param looseTargets names of targets in conditions that make no sense as a whole
   */
  public record Parsed(List<Expr> parts, List<Expr.Name> looseTargets, Problems problems) {}

  /** Reads a rule. Problems, of which there may be several, are in the answer. */
  public static Parsed parse(String text) {
    Problems problems = new Problems();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_MAX) {
      problems.add(
          new Span(0, 0),
          "a rule may have at most %d bytes, this one has %d".formatted(BYTES_MAX, bytes),
          "split it into several rules");
      return new Parsed(List.of(), List.of(), problems);
    }
    Parser parser = new Parser(Lexer.lex(text, problems), problems);
    List<Expr> parts = parser.rule();
    return new Parsed(List.copyOf(parts), List.copyOf(parser.looseTargets), problems);
  }

  private List<Expr> rule() {
    List<Expr> parts = new ArrayList<>();
    if (skipTags() && peek().kind() == Kind.END) {
      return parts;
    }
    if (accept("return")) {
      boolean opened = expect("{");
      parts.addAll(filter());
      if (opened) {
        expect("}");
      }
      if (peek().kind() != Kind.END && !gaveUp) {
        problem(peek(), "expected the end of the rule, found " + peek().shown(), "");
      }
    } else {
      parts.addAll(filter());
      while (peek().kind() != Kind.END) {
        problem(next(), "this '%s' closes nothing".formatted(previous().raw()), "");
        if (accept("and") || accept("or") || startsTerm(peek())) {
          parts.addAll(filter());
        } else {
          synchronize();
        }
      }
    }
    return parts;
  }

  /** Tag statements are refused one by one, so that the filter after them is still checked. */
  private boolean skipTags() {
    boolean any = false;
    while (isTag(peek())) {
      any = true;
      skipTag();
    }
    return any;
  }

  private void skipTag() {
    problem(next(), "'%s' is not supported yet".formatted(previous().raw()), "");
    Set<String> ends = Set.of("{", "}", "return");
    while (peek().kind() != Kind.END && !ends.contains(peek().word()) && !isTag(peek())) {
      next();
    }
    if (peek().is("{")) {
      skipBraces();
    }
  }

  private static boolean isTag(Token token) {
    if (token.kind() != Kind.WORD) {
      return false;
    }
    String word = token.word();
    return word.equals("tag")
        || word.equals("tags")
        || word.startsWith("tag.")
        || word.startsWith("tags.");
  }

  private void skipBraces() {
    int open = 0;
    do {
      Token token = next();
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
    } while (open > 0 && peek().kind() != Kind.END);
  }

  private List<Expr> filter() {
    return or().map(List::of).orElse(List.of());
  }

  private Optional<Expr> or() {
    List<Expr> terms = new ArrayList<>();
    and().ifPresent(terms::add);
    while (accept("or")) {
      and().ifPresent(terms::add);
    }
    return terms.size() < 2
        ? terms.stream().findFirst()
        : Optional.of(new Expr.Or(terms, spanOf(terms)));
  }

  private Optional<Expr> and() {
    List<Expr> terms = new ArrayList<>();
    unary().ifPresent(terms::add);
    while (accept("and") || joinsWithoutWord()) {
      unary().ifPresent(terms::add);
    }
    return terms.size() < 2
        ? terms.stream().findFirst()
        : Optional.of(new Expr.And(terms, spanOf(terms)));
  }

  /** Reports what stands where AND, OR or the end should; true if another term starts there. */
  private boolean joinsWithoutWord() {
    Token token = peek();
    if (endsTerm(token)) {
      return false;
    }
    if (startsTerm(token)) {
      problem(
          token, "expected AND or OR, found " + token.shown(), "join conditions with AND or OR");
      return true;
    }
    problem(token, "expected AND, OR or the end of the filter, found " + token.shown(), "");
    synchronize();
    return accept("and");
  }

  private static boolean endsTerm(Token token) {
    return token.kind() == Kind.END
        || token.is("and")
        || token.is("or")
        || token.is(")")
        || token.is("}");
  }

  private static boolean startsTerm(Token token) {
    return token.is("(") || token.is("not") || isTarget(token);
  }

  private static boolean isTarget(Token token) {
    return token.kind() == Kind.WORD && token.raw().indexOf('.') > 0;
  }

  private static Span spanOf(List<Expr> terms) {
    return terms.get(0).span().to(terms.get(terms.size() - 1).span());
  }

  private Optional<Expr> unary() {
    Token first = peek();
    if (!first.is("not") && !first.is("(")) {
      return test();
    }
    if (++depth > DEPTH_MAX) {
      problem(
          first,
          "a filter may nest at most %d levels of NOT and parentheses".formatted(DEPTH_MAX),
          "leave out parentheses that are not needed");
      giveUp();
      return Optional.empty();
    }
    next();
    Optional<Expr> term = first.is("not") ? not(first) : group(first);
    depth--;
    return term;
  }

  private Optional<Expr> not(Token not) {
    return unary().map(term -> new Expr.Not(term, not.span().to(term.span())));
  }

  private Optional<Expr> group(Token open) {
    Optional<Expr> inner = or();
    if (!accept(")") && !cut && !gaveUp) {
      problem(open, "this '(' is never closed", "");
    }
    return inner;
  }

  private Optional<Expr> test() {
    Token target = peek();
    if (!isTarget(target)) {
      noTarget(target);
      return Optional.empty();
    }
    next();
    if (++conditions == CONDITIONS_MAX + 1) {
      problem(
          target,
          "a filter may join at most %d conditions".formatted(CONDITIONS_MAX),
          "one 'contains_any' or 'in' takes a list of any length");
    }
    Expr.Name name = new Expr.Name(target.word(), target.span());
    boolean caseSensitive = accept("cs");
    Optional<Expr> test = operator().flatMap(known -> condition(name, caseSensitive, known));
    if (test.isEmpty()) {
      looseTargets.add(name);
      synchronize();
    }
    return test;
  }

  private void noTarget(Token found) {
    if (isTag(found)) {
      skipTag();
    } else if (found.is("stream") || found.is("rule")) {
      problem(found, "'%s' is not supported yet".formatted(found.raw()), "");
    } else if (endsTerm(found)) {
      problem(found, "expected a condition, found " + found.shown(), example());
    } else {
      problem(
          found,
          "expected a target such as 'interaction.content', found " + found.shown(),
          found.is("return") ? "the whole rule is either a filter or return { filter }" : "");
    }
    synchronize();
  }

  private static String example() {
    return "for example: interaction.content contains \"coffee\"";
  }

  private Optional<Operator> operator() {
    Token token = peek();
    if (token.kind() == Kind.WORD || (token.kind() == Kind.SYMBOL && isComparison(token))) {
      Optional<Operator> known = Operator.spelled(token.word());
      if (known.isPresent()) {
        next();
        return known;
      }
      if (!endsTerm(token)) {
        unknownOperator(token);
        return Optional.empty();
      }
    }
    problem(
        token,
        "expected an operator after '%s', found %s"
            .formatted(Token.shorten(previous().raw()), token.shown()),
        "");
    return Optional.empty();
  }

  private static boolean isComparison(Token token) {
    return "=!<>".indexOf(token.raw().charAt(0)) >= 0;
  }

  private void unknownOperator(Token token) {
    String word = token.word();
    if (Operator.isUnsupported(word)) {
      problem(token, "operator '%s' is not supported yet".formatted(word), "");
      return;
    }
    List<String> near =
        word.equals("=")
            ? List.of("==")
            : word.equals("<>") ? List.of("!=") : Spelling.nearest(word, Operator.spellings(), 1);
    problem(
        token,
        "unknown operator '%s'".formatted(Token.shorten(token.raw())),
        near.isEmpty() ? "" : "did you mean '%s'?".formatted(near.get(0)));
  }

  private Optional<Expr> condition(Expr.Name target, boolean caseSensitive, Operator operator) {
    Span operatorSpan = previous().span();
    if (peek().is("[") && operator != Operator.IN) {
      modifiers();
    }
    return argument(operator)
        .map(argument -> new Expr.Test(target, caseSensitive, operator, operatorSpan, argument));
  }

  private void modifiers() {
    while (peek().is("[")) {
      problem(next(), "modifiers in brackets are not supported yet", "leave them out");
      while (!peek().is("]") && peek().kind() != Kind.END && peek().kind() != Kind.STRING) {
        next();
      }
      accept("]");
    }
  }

  private Optional<Argument> argument(Operator operator) {
    Token token = peek();
    return switch (operator.takes()) {
      case NOTHING -> {
        int end = previous().span().end();
        yield Optional.of(new Argument.None(new Span(end, end)));
      }
      case TEXT -> token.kind() == Kind.STRING ? Optional.of(text(next())) : refused(operator);
      case LIST -> token.kind() == Kind.STRING ? Optional.of(items(next())) : refused(operator);
      case LIST_OR_INTEGERS -> {
        if (token.is("[")) {
          yield integers();
        }
        yield token.kind() == Kind.STRING ? Optional.of(items(next())) : refused(operator);
      }
      case TEXT_OR_NUMBER -> {
        if (token.kind() == Kind.NUMBER) {
          yield number(next());
        }
        yield token.kind() == Kind.STRING ? Optional.of(text(next())) : refused(operator);
      }
    };
  }

  private Optional<Argument> refused(Operator operator) {
    Token found = peek();
    boolean quotable =
        found.kind() == Kind.NUMBER || (found.kind() == Kind.WORD && !endsTerm(found));
    problem(
        found,
        "'%s' takes %s, found %s"
            .formatted(operator.spelling(), operator.takes().shown(), found.shown()),
        quotable ? "write \"%s\"".formatted(Token.shorten(found.raw())) : "");
    return Optional.empty();
  }

  private static Argument text(Token token) {
    return new Argument.Text(token.quoted().text(), token.span());
  }

  private static Argument items(Token token) {
    return new Argument.Items(token.quoted().items(), token.span());
  }

  private Optional<Argument> number(Token token) {
    return value(token).map(value -> new Argument.Numeral(value, token.span()));
  }

  private Optional<BigDecimal> value(Token token) {
    if (token.raw().length() <= NUMBER_LENGTH_MAX) {
      try {
        BigDecimal value = new BigDecimal(token.raw());
        if (value.signum() == 0) {
          return Optional.of(BigDecimal.ZERO);
        }
        if (Math.abs((long) value.scale()) <= SCALE_MAX && value.abs().compareTo(VALUE_MAX) <= 0) {
          return Optional.of(value);
        }
      } catch (NumberFormatException e) {
        // The exponent has more digits than BigDecimal can hold: out of range, as below.
      }
    }
    problem(token, "the number %s is out of range".formatted(Token.shorten(token.raw())), "");
    return Optional.empty();
  }

  private Optional<Argument> integers() {
    Token open = next();
    List<Long> values = new ArrayList<>();
    boolean sound = true;
    do {
      Token token = peek();
      if (token.kind() != Kind.NUMBER) {
        problem(token, "expected a whole number, found " + token.shown(), "");
        return Optional.empty();
      }
      Optional<Long> value = integer(next());
      value.ifPresent(values::add);
      sound &= value.isPresent();
    } while (accept(","));
    if (!accept("]")) {
      problem(peek(), "expected ',' or ']', found " + peek().shown(), "");
      return Optional.empty();
    }
    return sound
        ? Optional.of(new Argument.Integers(values, open.span().to(previous().span())))
        : Optional.empty();
  }

  private Optional<Long> integer(Token token) {
    try {
      return Optional.of(Long.valueOf(token.raw()));
    } catch (NumberFormatException e) {
      problem(
          token,
          "expected a whole number of at most 64 bits, found " + Token.shorten(token.raw()),
          "");
      return Optional.empty();
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token previous() {
    return tokens.get(at - 1);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  private boolean accept(String expected) {
    if (peek().is(expected)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean expect(String brace) {
    boolean found = accept(brace);
    if (!found) {
      problem(
          peek(),
          "expected '%s', found %s".formatted(brace, peek().shown()),
          "the filter stands in braces: return { … }");
    }
    return found;
  }

  /** Goes on to the next AND, OR or closing bracket, over whole groups in parentheses. */
  private void synchronize() {
    int open = 0;
    while (peek().kind() != Kind.END && (open > 0 || !endsTerm(peek()))) {
      Token token = next();
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }

  private void giveUp() {
    gaveUp = true;
    at = tokens.size() - 1;
  }

  /** What is missing at the end of a text that was cut short is not worth a second message. */
  private void problem(Token token, String message, String hint) {
    if (token.kind() != Kind.END || !(cut || gaveUp)) {
      problems.add(token.span(), message, hint);
    }
  }
}
