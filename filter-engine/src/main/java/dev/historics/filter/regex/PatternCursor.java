package dev.historics.filter.regex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a pattern that is read from left to right, and what the pattern before it becomes for
 * RE2/J. Owned by one thread.
 */
final class PatternCursor {
  private static final Pattern CHARACTER_ESCAPE =
      Pattern.compile("\\\\(?:x\\{[0-9A-Fa-f]*\\}|x[^{].|[0-7]{1,3}|.)", Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("\\\\(?:x\\{?0*(?<hex>[0-9A-Fa-f]{1,6})\\}?|(?<octal>[0-7]{1,3}))");

  private final String pattern;
  private final StringBuilder rewritten = new StringBuilder();
  private int at;

  PatternCursor(String pattern) {
    this.pattern = pattern;
  }

  /** What was read, for RE2/J. */
  String rewritten() {
    return rewritten.toString();
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == pattern.length();
  }

  /** Whether one more unit stands after the current one. */
  boolean hasNext() {
    return at + 1 < pattern.length();
  }

  char current() {
    return pattern.charAt(at);
  }

  char next() {
    return pattern.charAt(at + 1);
  }

  int codePoint() {
    return pattern.codePointAt(at);
  }

  boolean startsWith(String text) {
    return pattern.startsWith(text, at);
  }

  /** Where a text stands next; -1 if it does not. */
  int indexOf(String text) {
    return pattern.indexOf(text, at);
  }

  /** What was read since a place. */
  String since(int start) {
    return pattern.substring(start, at);
  }

  /** To be asked with {@code lookingAt}; places count from the start of the pattern. */
  Matcher match(Pattern expected) {
    return expected.matcher(pattern).region(at, pattern.length());
  }

  /** Goes on; RE2/J gets the same. */
  void take(int length) {
    rewritten.append(pattern, at, at + length);
    at += length;
  }

  /** Goes on; RE2/J gets something else. */
  void replace(int length, String by) {
    rewritten.append(by);
    at += length;
  }

  /** The length of a backslash and all that goes with it. */
  int escapeLength() {
    Matcher escape = match(CHARACTER_ESCAPE);
    return escape.lookingAt() ? escape.end() - at : 1;
  }

  /** Whether a digit of a number with the base eight stands some units further on. */
  boolean isOctal(int ahead) {
    int place = at + ahead;
    return place < pattern.length() && pattern.charAt(place) >= '0' && pattern.charAt(place) <= '7';
  }

  /** Takes a character, as it stands or escaped, and returns its code point. */
  int takeCharacter() {
    int start = at;
    if (pattern.charAt(at) == '\\') {
      take(escapeLength());
      return escaped(pattern.substring(start, at));
    }
    take(Character.charCount(pattern.codePointAt(at)));
    return pattern.codePointAt(start);
  }

  /** The code point of an escape by number; of another one, something in ASCII. */
  static int escaped(String escape) {
    Matcher number = NUMBER.matcher(escape);
    if (!number.matches()) {
      return '\\';
    }
    String octal = number.group("octal");
    return octal == null ? Integer.parseInt(number.group("hex"), 16) : Integer.parseInt(octal, 8);
  }
}
