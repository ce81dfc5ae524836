package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads conditions and what joins them. */
final class FilterParser {
  private final TokenCursor cursor;
  private final ArgumentParser arguments;
  private final ModifierParser modifiers;
  private final List<Expr.Name> looseTargets = new ArrayList<>();
  private int depth;
  private int conditions;

  FilterParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.arguments = new ArgumentParser(cursor);
    this.modifiers = new ModifierParser(cursor);
  }

  /** Names of targets in conditions that make no sense as a whole. */
  List<Expr.Name> looseTargets() {
    return looseTargets;
  }

  /** A filter, up to a statement or a '}'; nothing if none of it makes sense. */
  Optional<Expr> filter() {
    conditions = 0;
    Optional<Expr> filter = cursor.peek().is(")") ? Optional.empty() : or();
    while (cursor.peek().is(")")) {
      cursor.problem(cursor.next(), "this ')' closes nothing", "");
      if (!startsTerm()) {
        cursor.synchronize();
      }
      if (cursor.accept("and") || cursor.accept("or") || startsTerm()) {
        filter = both(filter, or());
      }
    }
    return filter;
  }

  private static Optional<Expr> both(Optional<Expr> first, Optional<Expr> second) {
    List<Expr> terms = Stream.concat(first.stream(), second.stream()).toList();
    return terms.size() < 2
        ? terms.stream().findFirst()
        : Optional.of(new Expr.And(terms, spanOf(terms)));
  }

  private Optional<Expr> or() {
    List<Expr> terms = new ArrayList<>();
    and().ifPresent(terms::add);
    while (cursor.accept("or")) {
      and().ifPresent(terms::add);
    }
    return terms.size() < 2
        ? terms.stream().findFirst()
        : Optional.of(new Expr.Or(terms, spanOf(terms)));
  }

  private Optional<Expr> and() {
    List<Expr> terms = new ArrayList<>();
    unary().ifPresent(terms::add);
    while (cursor.accept("and") || joinsWithoutWord()) {
      unary().ifPresent(terms::add);
    }
    return terms.size() < 2
        ? terms.stream().findFirst()
        : Optional.of(new Expr.And(terms, spanOf(terms)));
  }

  /** Reports what stands where AND, OR or the end should; true if another term starts there. */
  private boolean joinsWithoutWord() {
    Token token = cursor.peek();
    if (token.endsTerm()) {
      return false;
    }
    if (startsTerm()) {
      cursor.problem(
          token, "expected AND or OR, found " + token.shown(), "join conditions with AND or OR");
      return true;
    }
    cursor.problem(
        token,
        "expected AND, OR or the end of the filter, found " + token.shown(),
        Hints.betweenConditions(cursor));
    if ((cursor.accept(",") || cursor.accept(";")) && startsTerm()) {
      return true;
    }
    cursor.synchronize();
    return cursor.accept("and");
  }

  /** Whether what comes next starts a condition. */
  boolean startsTerm() {
    Token token = cursor.peek();
    return token.is("(") || token.is("not") || isReference(token) || isTarget();
  }

  private static boolean isReference(Token token) {
    return token.is("stream") || token.is("rule");
  }

  /** Whether a target comes next, be it one whose name lacks its first parts. */
  private boolean isTarget() {
    Token token = cursor.peek();
    if (token.kind() != Kind.WORD || token.endsTerm() || isReference(token)) {
      return false;
    }
    String name = token.raw();
    if (name.indexOf('.') >= 0) {
      return !name.startsWith(".") && !name.endsWith(".") && !name.contains("..");
    }
    Token after = cursor.peekAfter();
    boolean ready = isOperator(after) || after.is("cs");
    return ready && !token.is("not") && !isOperator(token);
  }

  private static boolean isOperator(Token token) {
    return (token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL)
        && Operator.spelled(token.word()).isPresent();
  }

  private static Span spanOf(List<Expr> terms) {
    return terms.get(0).span().to(terms.get(terms.size() - 1).span());
  }

  private Optional<Expr> unary() {
    Token first = cursor.peek();
    if (!first.is("not") && !first.is("(") && !first.is("{")) {
      return condition();
    }
    if (++depth > Parser.DEPTH_MAX) {
      cursor.problem(
          first,
          "a filter may nest at most %d levels of NOT and parentheses".formatted(Parser.DEPTH_MAX),
          "leave out parentheses that are not needed");
      cursor.giveUp();
      return Optional.empty();
    }
    cursor.next();
    Optional<Expr> term = first.is("not") ? not(first) : group(first);
    depth--;
    return term;
  }

  private Optional<Expr> not(Token not) {
    return unary().map(term -> new Expr.Not(term, not.span().to(term.span())));
  }

  private Optional<Expr> group(Token open) {
    boolean brace = open.is("{");
    if (brace) {
      cursor.problem(open, "expected a condition, found '{'", "parentheses group conditions: (…)");
    }
    Optional<Expr> inner = or();
    if (!cursor.accept(brace ? "}" : ")") && !brace && !cursor.endIsUncertain()) {
      cursor.problem(open, "this '(' is never closed", "");
    }
    return inner;
  }

  private Optional<Expr> condition() {
    Token first = cursor.peek();
    boolean reference = isReference(first);
    if (!reference && !isTarget()) {
      noTarget(first);
      return Optional.empty();
    }
    cursor.next();
    if (++conditions == Parser.CONDITIONS_MAX + 1) {
      cursor.problem(
          first,
          "a filter may join at most %d conditions".formatted(Parser.CONDITIONS_MAX),
          "one 'contains_any' or 'in' takes a list of any length; 'stream' joins whole rules");
    }
    return reference ? reference(first) : test(first);
  }

  private Optional<Expr> reference(Token keyword) {
    Optional<Expr.Name> hash = hash(keyword);
    if (hash.isEmpty()) {
      cursor.synchronize();
    }
    return hash.map(name -> new Expr.Reference(name, keyword.span().to(name.span())));
  }

  /** The hash that must follow {@code keyword}; nothing if it was reported. */
  Optional<Expr.Name> hash(Token keyword) {
    Token token = cursor.peek();
    String hash = token.quoted().text();
    if (token.kind() == Kind.STRING && hash.matches("[0-9a-fA-F]{32}")) {
      return Optional.of(new Expr.Name(Token.lower(hash), cursor.next().span()));
    }
    cursor.problem(
        token,
        "'%s' takes the hash of a rule, 32 hexadecimal digits in double quotes, found %s"
            .formatted(Token.lower(keyword.raw()), token.shown()),
        "'historics compile FILE' stores a rule and prints its hash");
    return Optional.empty();
  }

  private Optional<Expr> test(Token target) {
    Expr.Name name = new Expr.Name(target.word(), target.span());
    boolean caseSensitive = cursor.accept("cs");
    Optional<Expr> test = operator(target).flatMap(known -> test(name, caseSensitive, known));
    if (test.isEmpty()) {
      if (!Operator.endsWithOne(name.value())) {
        looseTargets.add(name);
      }
      cursor.synchronize();
    }
    return test;
  }

  private void noTarget(Token found) {
    if (found.is("return")) {
      cursor.problem(found, "expected a condition, found 'return'", Hints.ONE_FILTER);
      cursor.next();
    } else if (found.endsTerm()) {
      cursor.problem(found, "expected a condition, found " + found.shown(), Hints.EXAMPLE);
    } else {
      cursor.problem(
          found,
          "expected a target such as 'interaction.content', found " + found.shown(),
          Hints.forTarget(found, cursor.peekAfter(), isOperator(cursor.peekAfter())));
    }
    cursor.synchronize();
  }

  private Optional<Operator> operator(Token target) {
    Token token = cursor.peek();
    if (token.is("not") && isOperator(cursor.peekAfter())) {
      cursor.problem(
          token,
          "expected an operator after '%s', found 'not'".formatted(Token.shorten(target.raw())),
          "NOT stands before the target: not %s %s …"
              .formatted(Token.shorten(target.raw()), cursor.peekAfter().word()));
      cursor.next();
      token = cursor.peek();
    }
    if (isOperator(token)) {
      return Operator.spelled(cursor.next().word());
    }
    boolean word = token.kind() == Kind.WORD || token.kind() == Kind.STRAY || isComparison(token);
    if (word && !token.endsTerm() && !token.is("cs")) {
      unknownOperator(token);
    } else {
      cursor.problem(
          token,
          "expected an operator after '%s', found %s"
              .formatted(Token.shorten(cursor.previous().raw()), token.shown()),
          Hints.forOperator(target, token));
    }
    return Optional.empty();
  }

  private static boolean isComparison(Token token) {
    return token.kind() == Kind.SYMBOL && "=<>!~".indexOf(token.raw().charAt(0)) >= 0;
  }

  private void unknownOperator(Token token) {
    String word = token.word();
    if (Operator.isDynamicList(word)) {
      cursor.problem(
          token,
          "unknown list: '%s' asks for a list that the old service kept".formatted(word),
          word.equals("list_in")
              ? "write the items themselves: in \"a, b\""
              : "write the items themselves: contains_any \"a, b\"");
      return;
    }
    cursor.problem(
        token,
        "unknown operator '%s'".formatted(Token.shorten(token.raw())),
        Hints.meant(word).map("did you mean '%s'?"::formatted).orElse(""));
  }

  private Optional<Expr> test(Expr.Name target, boolean before, Operator operator) {
    Span operatorSpan = cursor.previous().span();
    boolean caseSensitive = before || misplacedCs(operator);
    Optional<List<Modifier>> found =
        takesModifiers(operator) ? modifiers.modifiers() : Optional.of(List.of());
    Optional<Argument> argument = arguments.argument(operator);
    if (found.isEmpty() || argument.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Expr.Test(target, caseSensitive, operator, operatorSpan, found.get(), argument.get()));
  }

  /** Reads a {@code cs} that stands after its operator, and reports it. */
  private boolean misplacedCs(Operator operator) {
    Token token = cursor.peek();
    boolean found = cursor.accept("cs");
    if (found) {
      cursor.problem(
          token,
          "'cs' stands before the operator, not after it",
          "write: cs " + operator.spelling());
    }
    return found;
  }

  /** Whether brackets that come next hold modifiers, and not an attempt at a list. */
  private boolean takesModifiers(Operator operator) {
    Token first = cursor.peekAfter();
    return operator != Operator.IN && (first.kind() == Kind.WORD || first.is("]"));
  }
}
