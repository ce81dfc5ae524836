package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a rule into tokens. What cannot be one is reported, and read as what it stands for or left
 * out, so that the parser sees the rest and does not report it again. The last token is always
 * {@link Kind#END}.
 */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
  private static final String SYMBOLS = "()[]{},;";
  private static final String COMPARISON_SIGNS = "=!<>~";
  private static final String LOGIC_SIGNS = "&|";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean cut;

  /** The number of tokens before a comment ended in which another seemed to start; -1: none. */
  private int beforeNestedComment = -1;

  /** The first text that ends just before a word, as texts between texts do; -1: none. */
  private int glued = -1;

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

  /** Whether {@code text} as a whole is a number. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private void run() {
    at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        lineComment();
      } else if (c == '#' && startsComment()) {
        problems.add(new Span(at, at + 1), "expected '//' before a comment, found '#'", "");
        lineComment();
      } else if (text.startsWith("/*", at)) {
        blockComment();
      } else if (text.startsWith("*/", at)) {
        strayCommentEnd();
      } else if (c == '"') {
        string();
      } else if (QuoteMark.isOther(c)) {
        otherQuotes(c);
      } else if (SYMBOLS.indexOf(c) >= 0) {
        add(Kind.SYMBOL, at + 1);
      } else if (COMPARISON_SIGNS.indexOf(c) >= 0) {
        comparison();
      } else if (LOGIC_SIGNS.indexOf(c) >= 0) {
        foreign(endOfRun(LOGIC_SIGNS), c == '&' ? "and" : "or");
      } else if (isInvisible(at)) {
        invisible();
      } else {
        int end = endOfWord();
        add(kind(text.substring(at, end)), end);
      }
    }
    int end = tokens.isEmpty() ? text.stripTrailing().length() : last().span().end();
    tokens.add(Token.of(Kind.END, "", new Span(end, end)));
  }

  private void add(Kind kind, int end) {
    tokens.add(Token.of(kind, text.substring(at, end), new Span(at, end)));
    at = end;
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  private int endOfRun(String characters) {
    int end = at;
    while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private void comparison() {
    int end = endOfRun(COMPARISON_SIGNS);
    if (text.substring(at, end).equals("!")) {
      foreign(end, "not");
    } else {
      add(Kind.SYMBOL, end);
    }
  }

  /** Reports a sign of other languages, and reads it as the word that it stands for. */
  private void foreign(int end, String word) {
    Span span = new Span(at, end);
    problems.add(
        span, "expected %s, found '%s'".formatted(Token.upper(word), text.substring(at, end)), "");
    tokens.add(Token.of(Kind.WORD, word, span));
    at = end;
  }

  private void lineComment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  /** Whether a '#' starts a comment as in other languages: it is the first word of its line. */
  private boolean startsComment() {
    int before = at - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    boolean first = before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
    return first && at + 1 < text.length() && isBlank(text.charAt(at + 1));
  }

  private void blockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      cut = true;
      problems.add(new Span(at, at + 2), "this comment is never closed", "close it with '*/'");
      at = text.length();
    } else {
      if (text.substring(at + 2, end).contains("/*")) {
        beforeNestedComment = tokens.size();
      }
      at = end + 2;
    }
  }

  private void strayCommentEnd() {
    boolean nested = beforeNestedComment >= 0;
    problems.add(
        new Span(at, at + 2),
        "this '*/' closes nothing",
        nested ? "comments do not nest: the first '*/' ends them" : "");
    if (nested) {
      tokens.subList(beforeNestedComment, tokens.size()).clear();
      glued = glued < beforeNestedComment ? glued : -1;
      beforeNestedComment = -1;
    }
    at += 2;
  }

  private int endOfWord() {
    int end = at;
    while (end < text.length() && isInWord(end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private boolean isInWord(int place) {
    char c = text.charAt(place);
    return isWordPart(c)
        || !(isBlank(c)
            || c == '"'
            || SYMBOLS.indexOf(c) >= 0
            || COMPARISON_SIGNS.indexOf(c) >= 0
            || LOGIC_SIGNS.indexOf(c) >= 0
            || text.startsWith("//", place)
            || text.startsWith("/*", place)
            || text.startsWith("*/", place)
            || isInvisible(place));
  }

  private static Kind kind(String word) {
    if (isNumber(word)) {
      return Kind.NUMBER;
    }
    boolean sound =
        Token.startsTag(Token.lower(word)) || word.chars().allMatch(c -> isWordPart((char) c));
    return sound ? Kind.WORD : Kind.STRAY;
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.';
  }

  private boolean isInvisible(int place) {
    int type = Character.getType(text.codePointAt(place));
    return isSpace(type)
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE;
  }

  private static boolean isSpace(int type) {
    return type == Character.SPACE_SEPARATOR
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Reports a character that looks like a blank or like nothing; it separates words. */
  private void invisible() {
    int c = text.codePointAt(at);
    int type = Character.getType(c);
    int end = at + Character.charCount(c);
    if (type == Character.SURROGATE) {
      halfCharacter();
    } else if (!problems.full()) {
      String expected = isSpace(type) ? "a plain blank" : "a character that can be seen";
      problems.add(
          new Span(at, end),
          "expected %s, found U+%04X (%s)".formatted(expected, c, Character.getName(c)),
          isSpace(type) ? "" : "delete it");
    }
    at = end;
  }

  /** Reports half of a surrogate pair, which is no character and has no UTF-8 form. */
  private void halfCharacter() {
    problems.add(
        new Span(at, at + 1),
        "this is half a character (U+%04X), not text".formatted((int) text.charAt(at)),
        "save the rule as UTF-8");
  }

  private void string() {
    int close = at + 1;
    while (close < text.length() && text.charAt(close) != '"') {
      close += text.charAt(close) == '\\' ? 2 : 1;
    }
    if (close >= text.length()) {
      unclosed();
    } else {
      quoted(close, close + 1);
      if (glued < 0 && at < text.length() && isInWord(at)) {
        glued = tokens.size() - 1;
      }
    }
  }

  /** Reports a text without an end, at the place where the quotes cease to pair up if it shows. */
  private void unclosed() {
    cut = true;
    if (glued < 0) {
      problems.add(new Span(at, at + 1), "this text is never closed", "close it with \"");
    } else {
      Token first = tokens.get(glued);
      at = first.span().end();
      problems.removeFrom(at);
      problems.add(
          first.span(),
          "the quotes of this rule do not pair up: this text ends just before '%s'"
              .formatted(Token.shorten(text.substring(at, endOfWord()))),
          "close each text with \", and write \\\" for a quote inside of it");
      tokens.subList(glued + 1, tokens.size()).clear();
    }
    at = text.length();
  }

  private void otherQuotes(char open) {
    problems.add(
        new Span(at, at + 1),
        "expected text in double quotes, found the quote %s".formatted(open),
        "use plain double quotes: \"…\"");
    int close = QuoteMark.closing(text, at);
    if (close < 0) {
      int end = endOfWord();
      quoted(end, end);
    } else {
      quoted(close, close + 1);
    }
  }

  /** Adds the text whose characters end at {@code close}, and goes on at {@code end}. */
  private void quoted(int close, int end) {
    int start = at++;
    QuotedText.Builder quoted = new QuotedText.Builder();
    boolean sound = true;
    while (at < close) {
      char c = text.charAt(at);
      if (c == '\\') {
        sound = escape(quoted, sound);
      } else {
        if (Character.getType(text.codePointAt(at)) == Character.SURROGATE && !endsPair()) {
          halfCharacter();
        }
        quoted.plain(c);
        at++;
      }
    }
    at = end;
    Span span = new Span(start, end);
    tokens.add(new Token(Kind.STRING, text.substring(start, end), quoted.build(), span));
  }

  private boolean endsPair() {
    return Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** Reads an escape; a text in which one is wrong is reported {@code once}. */
  private boolean escape(QuotedText.Builder quoted, boolean once) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    switch (c) {
      case 'n' -> quoted.escaped('\n');
      case 'r' -> quoted.escaped('\r');
      case 't' -> quoted.escaped('\t');
      case '\\', '"', '\'', ',', ':', '*', '?' -> quoted.escaped(c);
      default -> {
        if (once) {
          badEscape();
        }
        at++;
        return false;
      }
    }
    at += 2;
    return once;
  }

  private void badEscape() {
    int end = at + 1;
    if (end < text.length() && !isBlank(text.charAt(end)) && !isInvisible(end)) {
      end = text.offsetByCodePoints(end, 1);
    }
    boolean code = text.startsWith("u", at + 1) || text.startsWith("x", at + 1);
    problems.add(
        new Span(at, end),
        "expected \\ \" ' , : * ? n r or t after a backslash, found %s"
            .formatted(end > at + 1 ? "'" + text.substring(at + 1, end) + "'" : "a blank"),
        code
            ? "write the character itself, or two backslashes for one"
            : "write two backslashes for one");
  }
}
