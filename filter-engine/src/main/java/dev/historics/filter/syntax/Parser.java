package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rules. After a problem it goes on at the next AND, OR, closing bracket or statement, so
 * that one look finds every problem of a rule.
 *
 * <p>Bounds: {@value #BYTES_MAX} bytes of UTF-8, {@value #CONDITIONS_MAX} conditions in one filter,
 * {@value #DEPTH_MAX} levels of NOT and parentheses, {@value #VERTICES_MAX} vertices in a polygon,
 * {@value #LABEL_LENGTH_MAX} characters in a tag, {@value #NAMESPACE_DEPTH_MAX} names in its
 * namespace, {@value #NUMBER_LENGTH_MAX} characters in a number.
 */
public final class Parser {
  /** The longest rule, in bytes of UTF-8. */
  public static final int BYTES_MAX = 1 << 20;

  /** The most conditions that one filter may join. */
  public static final int CONDITIONS_MAX = 1000;

  /** The deepest nesting of NOT and parentheses. */
  public static final int DEPTH_MAX = 200;

  /** The most vertices of a polygon. */
  public static final int VERTICES_MAX = 32;

  /** The longest label of a tag, in characters. */
  public static final int LABEL_LENGTH_MAX = 255;

  /** The longest number, in characters. */
  public static final int NUMBER_LENGTH_MAX = 400;

  /** The most names between the dots of a namespace. */
  public static final int NAMESPACE_DEPTH_MAX = 100;

  private final TokenCursor cursor;
  private final FilterParser filters;
  private final List<TagStatement> tags = new ArrayList<>();
  private final List<Expr> parts = new ArrayList<>();
  private boolean hasStatements;

  /** Whether statements are read that stand where they cannot: they may not nest without bound. */
  private boolean inBraces;

  private Parser(TokenCursor cursor) {
    this.cursor = cursor;
    this.filters = new FilterParser(cursor);
  }

  /**
   * What could be read of a rule.
   *
   * @param tags the statements before the filter
   * @param parts the filter, if {@code problems} is empty, or nothing if the rule has none; else
   *     the pieces of it that make sense
   * @param looseTargets names of targets in conditions that make no sense as a whole
   */
  public record Parsed(
      List<TagStatement> tags, List<Expr> parts, List<Expr.Name> looseTargets, Problems problems) {
    public Parsed {
      tags = List.copyOf(tags);
      parts = List.copyOf(parts);
      looseTargets = List.copyOf(looseTargets);
    }

    /** The filter of a rule without problems; nothing if it only defines tags. */
    public Optional<Expr> filter() {
      return parts.stream().findFirst();
    }
  }

  /** Reads a rule. Problems, of which there may be several, are in the answer. */
  public static Parsed parse(String text) {
    Problems problems = new Problems();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_MAX) {
      problems.add(
          new Span(0, 0),
          "a rule may have at most %d bytes, this one has %d".formatted(BYTES_MAX, bytes),
          "split it into several rules, and join those with 'stream'");
      return new Parsed(List.of(), List.of(), List.of(), problems);
    }
    Parser parser = new Parser(new TokenCursor(Lexer.lex(text, problems), problems));
    parser.rule();
    return new Parsed(parser.tags, parser.parts, parser.filters.looseTargets(), problems);
  }

  private void rule() {
    statements();
    Token first = cursor.peek();
    if (cursor.accept("return")) {
      braced();
      afterReturn();
    } else if (first.is("{")) {
      cursor.problem(first, "expected 'return' before '{'", Hints.ONE_FILTER);
      braced();
      if (acceptJoin()) {
        filters.filter().ifPresent(parts::add);
      }
      afterReturn();
    } else if (!hasStatements) {
      bareFilter();
    } else if (!cursor.atEnd()) {
      cursor.problem(
          first, "expected 'return' or another tag, found " + first.shown(), Hints.BRACES);
      acceptJoin();
      if (filters.startsTerm()) {
        bareFilter();
      }
    }
  }

  private boolean acceptJoin() {
    return cursor.accept("and") || cursor.accept("or");
  }

  private void statements() {
    while (cursor.peek().startsTag() || (hasStatements && cursor.peek().is("}"))) {
      if (cursor.peek().is("}")) {
        closesNothing();
      } else {
        statement();
      }
    }
  }

  private void closesNothing() {
    cursor.problem(cursor.next(), "this '}' closes nothing", "");
  }

  private void afterReturn() {
    while (!cursor.atEnd()) {
      Token token = cursor.peek();
      if (token.startsTag()) {
        cursor.problem(token, "tag statements stand before 'return'", "");
        statement();
      } else if (token.is("}")) {
        closesNothing();
      } else if (token.is("return")) {
        cursor.problem(
            token, "a rule has one 'return', this is another", "join the filters with AND or OR");
        cursor.next();
        braced();
      } else {
        afterTheEnd(token);
      }
    }
  }

  private void afterTheEnd(Token token) {
    boolean joined = token.is("and") || token.is("or");
    cursor.problem(
        token,
        "expected the end of the rule, found " + token.shown(),
        joined ? "the whole filter stands inside the braces" : "");
    if (joined) {
      cursor.next();
      filters.filter().ifPresent(parts::add);
    } else {
      cursor.giveUp();
    }
  }

  private void bareFilter() {
    filters.filter().ifPresent(parts::add);
    while (!cursor.atEnd()) {
      Token token = cursor.peek();
      if (token.startsTag()) {
        afterFilter(token, "tag statements stand before the filter", Hints.BRACES);
        statement();
      } else if (token.is("return")) {
        afterFilter(token, "'return' cannot follow a filter", Hints.ONE_FILTER);
        cursor.next();
        braced();
      } else {
        closesNothing();
        if (acceptJoin() || filters.startsTerm()) {
          filters.filter().ifPresent(parts::add);
        } else {
          cursor.synchronize();
        }
      }
    }
  }

  /** Reports what cannot follow a filter, unless what stands before it was none. */
  private void afterFilter(Token token, String message, String hint) {
    if (!parts.isEmpty()) {
      cursor.problem(token, message, hint);
    }
  }

  /** The filter of the rule, in braces. */
  private void braced() {
    filter(Hints.BRACES).ifPresent(parts::add);
  }

  /** A filter in braces; what is missing is reported. */
  private Optional<Expr> filter(String hint) {
    if (!cursor.peek().is("{")) {
      noBrace(hint);
    }
    Token open = cursor.peek();
    boolean opened = cursor.accept("{");
    Optional<Expr> filter = Optional.empty();
    if (opened) {
      filter = insideBraces();
    } else if (filters.startsTerm()) {
      filter = filters.filter();
    }
    if (!cursor.accept("}") && opened) {
      notClosed(open, hint);
    }
    return filter;
  }

  /** Reports what stands where a '{' should, and goes on to one if no condition starts here. */
  private void noBrace(String hint) {
    Token found = cursor.peek();
    cursor.problem(found, "expected '{', found " + found.shown(), Hints.forBraces(cursor, hint));
    if (!filters.startsTerm()) {
      skipToBrace();
    }
  }

  private Optional<Expr> insideBraces() {
    Token first = cursor.peek();
    if (!first.startsTag()) {
      return filters.filter();
    }
    cursor.problem(
        first, "a tag statement cannot stand inside braces", "tags stand before 'return'");
    if (inBraces) {
      cursor.giveUp();
    }
    inBraces = true;
    while (cursor.peek().startsTag()) {
      statement();
    }
    inBraces = false;
    return cursor.endIsUncertain() || cursor.peek().is("}") ? Optional.empty() : filters.filter();
  }

  private void notClosed(Token open, String hint) {
    Token found = cursor.peek();
    if (!cursor.atEnd()) {
      cursor.problem(found, "expected '}', found " + found.shown(), hint);
    } else if (!cursor.endIsUncertain()) {
      cursor.problem(open, "this '{' is never closed", "");
    }
  }

  private void statement() {
    hasStatements = true;
    Token keyword = cursor.next();
    Optional<List<String>> namespace = namespace(keyword);
    if (namespace.isEmpty()) {
      skipStatement();
    } else if (Token.lower(keyword.raw()).startsWith("tags")) {
      imported(keyword, namespace.get());
    } else if (cursor.peek().kind() == Kind.STRING) {
      label(keyword, namespace.get());
    } else if (cursor.peek().kind() == Kind.NUMBER) {
      score(keyword, namespace.get());
    } else {
      noLabel(keyword);
    }
  }

  /** The names after {@code tag.}; nothing if one is wrong, which is reported. */
  private Optional<List<String>> namespace(Token keyword) {
    String raw = keyword.raw();
    List<String> names = new ArrayList<>();
    int start = raw.indexOf('.') + 1;
    while (start > 0) {
      int dot = raw.indexOf('.', start);
      int end = dot < 0 ? raw.length() : dot;
      String name = Token.lower(raw.substring(start, end));
      if (!name.matches("[a-z_-]+")) {
        badName(keyword, name, new Span(start, end));
        return Optional.empty();
      }
      names.add(name);
      start = dot + 1;
    }
    if (names.size() > NAMESPACE_DEPTH_MAX) {
      cursor.problem(
          keyword,
          "a namespace may have at most %d names, this one has %d"
              .formatted(NAMESPACE_DEPTH_MAX, names.size()),
          "");
      return Optional.empty();
    }
    return Optional.of(names);
  }

  private void badName(Token keyword, String name, Span inKeyword) {
    if (name.isEmpty()) {
      cursor.problem(
          keyword,
          "expected a name after each dot, found '%s'".formatted(Token.shorten(keyword.raw())),
          "a namespace has no blanks in it: tag.device.maker");
      return;
    }
    int start = keyword.span().start();
    cursor.problem(
        new Span(start + inKeyword.start(), start + inKeyword.end()),
        "a namespace has the letters a to z, '-' and '_' in it, found '%s'"
            .formatted(Token.shorten(name)),
        name.matches("[0-9]+") ? "spell the number out" : "");
  }

  private void imported(Token keyword, List<String> namespace) {
    Optional<Expr.Name> hash = filters.hash(keyword);
    if (hash.isEmpty()) {
      skipStatement();
      return;
    }
    tags.add(new TagStatement.Import(namespace, hash.get(), keyword.span().to(hash.get().span())));
    if (cursor.peek().is("{")) {
      cursor.problem(
          cursor.peek(),
          "'tags' takes no condition, found '{'",
          "the tags of the rule that it names have their own");
      filter("").ifPresent(parts::add);
    }
  }

  private void label(Token keyword, List<String> namespace) {
    Token token = cursor.next();
    String label = token.quoted().text();
    int length = label.codePointCount(0, label.length());
    if (length < 1 || length > LABEL_LENGTH_MAX) {
      cursor.problem(
          token, "a tag has 1 to %d characters, found %d".formatted(LABEL_LENGTH_MAX, length), "");
    }
    Span span = keyword.span().to(token.span());
    filter(Hints.TAG_BRACES)
        .map(condition -> new TagStatement.Label(namespace, label, condition, span))
        .ifPresent(tags::add);
  }

  private void score(Token keyword, List<String> namespace) {
    Token token = cursor.next();
    if (namespace.isEmpty()) {
      cursor.problem(
          token,
          "a score needs a namespace to be added up in",
          "for example: tag.relevance %s { … }".formatted(Token.shorten(token.raw())));
    }
    BigDecimal score = new ArgumentParser(cursor).number(token).orElse(BigDecimal.ZERO);
    Span span = keyword.span().to(token.span());
    filter(Hints.TAG_BRACES)
        .map(condition -> new TagStatement.Score(namespace, score, condition, span))
        .ifPresent(tags::add);
  }

  private void noLabel(Token keyword) {
    Token found = cursor.peek();
    cursor.problem(
        found,
        "expected a tag in double quotes or a score after '%s', found %s"
            .formatted(Token.shorten(Token.lower(keyword.raw())), found.shown()),
        Hints.forLabel(cursor));
    skipStatement();
  }

  /** Goes on after the braces of a statement that makes no sense, but still reads its condition. */
  private void skipStatement() {
    skipToBrace();
    if (cursor.peek().is("{")) {
      filter("").ifPresent(parts::add);
    } else {
      cursor.accept("}");
    }
  }

  private void skipToBrace() {
    while (!cursor.atEnd()
        && !cursor.peek().is("{")
        && !cursor.peek().is("}")
        && !cursor.peek().is("return")
        && !cursor.peek().startsTag()) {
      cursor.next();
    }
  }
}
