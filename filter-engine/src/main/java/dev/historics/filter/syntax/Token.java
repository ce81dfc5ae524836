package dev.historics.filter.syntax;

import java.util.Locale;

/**
 * A word of the language.
 *
 * @param raw as it was written; empty at the end of the rule
 * @param quoted what a {@link Kind#STRING} says; an empty text for every other kind
 */
record Token(Kind kind, String raw, QuotedText quoted, Span span) {
  /** What a token is. */
  enum Kind {
    WORD,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  private static final int SHOWN_MAX = 40;
  private static final QuotedText NOTHING = new QuotedText.Builder().build();

  static Token of(Kind kind, String raw, Span span) {
    return new Token(kind, raw, NOTHING, span);
  }

  /** Whether this is {@code expected}, which is a keyword in lower case or a symbol. */
  boolean is(String expected) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && raw.equalsIgnoreCase(expected);
  }

  /** The word in lower case. */
  String word() {
    return raw.toLowerCase(Locale.ROOT);
  }

  /** As it is called in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the rule";
      case STRING -> "the text " + shorten(raw);
      case NUMBER -> "the number " + shorten(raw);
      case WORD, SYMBOL -> "'" + shorten(raw) + "'";
    };
  }

  /** {@code text} on one line, control characters replaced, cut to what a message can hold. */
  static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
    if (line.codePointCount(0, line.length()) <= SHOWN_MAX) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, SHOWN_MAX)) + "…";
  }
}
