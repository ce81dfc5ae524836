package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.List;

/** A place among the tokens of a rule, and what has been found wrong so far. */
final class TokenCursor {
  private static final int WORDS_LENGTH_MAX = 100;

  private final List<Token> tokens;
  private final boolean cut;
  private final Problems problems;
  private int at;
  private boolean gaveUp;

  TokenCursor(Lexer.Lexed lexed, Problems problems) {
    this.tokens = lexed.tokens();
    this.cut = lexed.cut();
    this.problems = problems;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The token after the one that comes next. */
  Token peekAfter() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The token that was passed last. */
  Token previous() {
    return tokens.get(at - 1);
  }

  /** Passes a token; the end is never passed. */
  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  /** Passes {@code expected} if it is what comes next. */
  boolean accept(String expected) {
    if (peek().is(expected)) {
      at++;
      return true;
    }
    return false;
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  /** Goes on to the next AND, OR, closing bracket or statement, over whole groups in brackets. */
  void synchronize() {
    int open = 0;
    while (!atEnd() && (open > 0 || !peek().endsTerm())) {
      Token token = next();
      open += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
    }
  }

  /** The words, numbers and, if wanted, commas that come next, as one would quote them. */
  String wordsAhead(boolean commas) {
    StringBuilder words = new StringBuilder();
    for (int i = at; i < tokens.size() && words.length() < WORDS_LENGTH_MAX; i++) {
      Token token = tokens.get(i);
      boolean comma = commas && token.is(",");
      boolean word = token.kind() == Kind.WORD && !token.endsTerm() && !token.is("not");
      if (!comma && !word && token.kind() != Kind.STRAY && token.kind() != Kind.NUMBER) {
        break;
      }
      words.append(comma || words.length() == 0 ? "" : " ").append(token.raw());
    }
    return words.toString();
  }

  /** Goes to the end; nothing that is found missing there is reported. */
  void giveUp() {
    gaveUp = true;
    at = tokens.size() - 1;
  }

  /** Whether the end is not where the author put it, so that what is missing there means little. */
  boolean endIsUncertain() {
    return cut || gaveUp;
  }

  /** Reports what is wrong with {@code token}. */
  void problem(Token token, String message, String hint) {
    if (token.kind() != Kind.END || !endIsUncertain()) {
      problems.add(token.span(), message, hint);
    }
  }

  /** Reports what is wrong with a stretch of the rule. */
  void problem(Span span, String message, String hint) {
    problems.add(span, message, hint);
  }
}
