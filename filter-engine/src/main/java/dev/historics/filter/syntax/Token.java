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
    /** What looks like a word and has characters in it that no word has. */
    STRAY,
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
    return lower(raw);
  }

  /** {@code text} in lower case. */
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** {@code text} in upper case. */
  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** Whether it cannot be part of the condition before it. */
  boolean endsTerm() {
    return kind == Kind.END
        || is("and")
        || is("or")
        || is(")")
        || is("}")
        || is("return")
        || startsTag();
  }

  /** Whether a tag statement starts here. */
  boolean startsTag() {
    return kind == Kind.WORD && startsTag(word());
  }

  /** Whether {@code word}, in lower case, is the first word of a tag statement. */
  static boolean startsTag(String word) {
    return word.equals("tag")
        || word.equals("tags")
        || word.startsWith("tag.")
        || word.startsWith("tags.");
  }

  /** Where a part of what is quoted stands; the whole token if the part is empty. */
  Span inside(QuotedText.Part part) {
    if (part.start() == part.end()) {
      return span;
    }
    int start = span.start() + rawOffset(part.start());
    return new Span(start, span.start() + rawOffset(part.end()));
  }

  /** Where the character number {@code place} of what is quoted starts in {@link #raw}. */
  private int rawOffset(int place) {
    int offset = 1;
    for (int i = 0; i < place; i++) {
      offset += raw.charAt(offset) == '\\' ? 2 : 1;
    }
    return offset;
  }

  /** As it is called in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the rule";
      case STRING -> "the text " + shorten(raw);
      case NUMBER -> "the number " + shorten(raw);
      case WORD, SYMBOL, STRAY -> "'" + shorten(raw) + "'";
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
