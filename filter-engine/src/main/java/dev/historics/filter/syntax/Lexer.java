package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a rule into tokens. What cannot be one is reported and left out, so that the parser still
 * sees the rest. The last token is always {@link Kind#END}.
 */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
  private static final String SINGLE_SYMBOLS = "()[]{},";
  private static final String COMPARISON_SIGNS = "=!<>";

  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean cut;

  private Lexer(String text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  /**
   * A rule as tokens.
   *
   * @param cut whether a text or a comment was never closed, so that the end is not where its
   *     author put it
   */
  record Lexed(List<Token> tokens, boolean cut) {}

  static Lexed lex(String text, Problems problems) {
    Lexer lexer = new Lexer(text, problems);
    lexer.run();
    return new Lexed(lexer.tokens, lexer.cut);
  }

  /** White space of the language. Other blanks, such as U+00A0, are not. */
  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        lineComment();
      } else if (text.startsWith("/*", at)) {
        blockComment();
      } else if (c == '"') {
        string('"', '"');
      } else if (c == '\'' || c == '“' || c == '”' || c == '‘') {
        otherQuotes(c);
      } else if (SINGLE_SYMBOLS.indexOf(c) >= 0) {
        add(Kind.SYMBOL, at + 1);
      } else if (COMPARISON_SIGNS.indexOf(c) >= 0) {
        add(Kind.SYMBOL, endOfRun(COMPARISON_SIGNS));
      } else if (!numberOrWord()) {
        unexpected();
      }
    }
    tokens.add(Token.of(Kind.END, "", new Span(text.length(), text.length())));
  }

  private void add(Kind kind, int end) {
    tokens.add(Token.of(kind, text.substring(at, end), new Span(at, end)));
    at = end;
  }

  private int endOfRun(String characters) {
    int end = at;
    while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private void lineComment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private void blockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      cut = true;
      problems.add(new Span(at, at + 2), "this comment is never closed", "close it with '*/'");
      at = text.length();
    } else {
      at = end + 2;
    }
  }

  private boolean numberOrWord() {
    int end = at;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt() && number.end() >= end) {
      add(Kind.NUMBER, number.end());
      return true;
    }
    if (end == at) {
      return false;
    }
    String word = text.substring(at, end);
    if (word.startsWith(".") || word.endsWith(".") || word.contains("..")) {
      problems.add(
          new Span(at, end),
          "expected a name such as 'interaction.content', found '%s'"
              .formatted(Token.shorten(word)),
          "single dots separate the parts of a name");
    }
    add(Kind.WORD, end);
    return true;
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.';
  }

  private void unexpected() {
    int start = at;
    while (at < text.length() && !startsSomething(text.charAt(at))) {
      at++;
    }
    at = Math.max(at, start + 1);
    problems.add(
        new Span(start, at),
        "'%s' has no meaning here".formatted(Token.shorten(text.substring(start, at))),
        "");
  }

  private static boolean startsSomething(char c) {
    return isBlank(c)
        || isWordPart(c)
        || c == '"'
        || SINGLE_SYMBOLS.indexOf(c) >= 0
        || COMPARISON_SIGNS.indexOf(c) >= 0;
  }

  private void otherQuotes(char open) {
    problems.add(
        new Span(at, at + 1),
        "expected text in double quotes, found the quote %s".formatted(open),
        "use plain double quotes: \"…\"");
    char close = open == '\'' ? '\'' : open == '‘' ? '’' : '”';
    int end = text.indexOf(close, at + 1);
    int line = text.indexOf('\n', at);
    if (end < 0 || (line >= 0 && end > line)) {
      at++;
    } else {
      string(open, close);
    }
  }

  private void string(char open, char close) {
    int start = at++;
    QuotedText.Builder quoted = new QuotedText.Builder();
    while (at < text.length() && text.charAt(at) != close) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape(quoted);
      } else {
        loneSurrogate();
        quoted.plain(c);
        at++;
      }
    }
    if (at == text.length()) {
      cut = true;
      problems.add(
          new Span(start, start + 1), "this text is never closed", "close it with " + open);
    } else {
      at++;
    }
    Span span = new Span(start, at);
    tokens.add(new Token(Kind.STRING, text.substring(start, at), quoted.build(), span));
  }

  private void escape(QuotedText.Builder quoted) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    switch (c) {
      case 'n' -> quoted.escaped('\n');
      case 'r' -> quoted.escaped('\r');
      case 't' -> quoted.escaped('\t');
      case '\\', '"', '\'', ',', ':', '*', '?' -> quoted.escaped(c);
      default -> {
        int end = Math.min(text.length(), at + 1);
        problems.add(
            new Span(at, end),
            "a backslash must be followed by one of \\ \" ' , : * ? n r t",
            "write two backslashes for one");
        at--;
      }
    }
    at += 2;
  }

  /** Half a surrogate pair is no character and has no UTF-8 form. */
  private void loneSurrogate() {
    char c = text.charAt(at);
    boolean lone =
        Character.isHighSurrogate(c)
            ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
            : Character.isLowSurrogate(c) && !Character.isHighSurrogate(text.charAt(at - 1));
    if (lone) {
      problems.add(
          new Span(at, at + 1),
          "this is half a character (U+%04X), not text".formatted((int) c),
          "save the rule as UTF-8");
    }
  }
}
