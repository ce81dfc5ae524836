package dev.historics.filter.syntax;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What stood between two quotes, escapes resolved. It remembers which characters were escaped,
 * because a comma that was does not separate the items of a list.
 */
final class QuotedText {
  private final String text;
  private final BitSet escaped;

  private QuotedText(String text, BitSet escaped) {
    this.text = text;
    this.escaped = escaped;
  }

  String text() {
    return text;
  }

  /** Which characters were escaped, ascending. */
  List<Integer> escapes() {
    return escaped.stream().boxed().toList();
  }

  /** The parts between commas, without the white space around them and without empty ones. */
  List<String> items() {
    return parts(',', 0, text.length()).stream()
        .filter(part -> part.start() < part.end())
        .map(this::text)
        .toList();
  }

  /** As {@link #items}, each with the places of the wildcards in it. */
  List<Argument.Pattern> patterns() {
    return parts(',', 0, text.length()).stream()
        .filter(part -> part.start() < part.end())
        .map(part -> new Argument.Pattern(text(part), wildcards(part)))
        .toList();
  }

  private List<Integer> wildcards(Part part) {
    List<Integer> wildcards = new ArrayList<>();
    for (int i = part.start(); i < part.end(); i++) {
      if (isPlain(i, '*') || isPlain(i, '?')) {
        wildcards.add(i - part.start());
      }
    }
    return wildcards;
  }

  /** A stretch of the text, without the white space around it; UTF-16 offsets. */
  record Part(int start, int end) {}

  /** The stretches of {@code [start, end)} between separators that were not escaped. */
  List<Part> parts(char separator, int start, int end) {
    List<Part> parts = new ArrayList<>();
    int from = start;
    for (int i = start; i <= end; i++) {
      if (i == end || isPlain(i, separator)) {
        parts.add(trimmed(from, i));
        from = i + 1;
      }
    }
    return parts;
  }

  /** Where {@code c} stands last without having been escaped; -1 if it does not. */
  int lastPlain(char c) {
    int at = text.length() - 1;
    while (at >= 0 && !isPlain(at, c)) {
      at--;
    }
    return at;
  }

  private boolean isPlain(int at, char c) {
    return text.charAt(at) == c && !escaped.get(at);
  }

  String text(Part part) {
    return text.substring(part.start(), part.end());
  }

  /** {@code [start, end)} without the white space at its ends. */
  Part trimmed(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && Lexer.isBlank(text.charAt(first))) {
      first++;
    }
    while (last > first && Lexer.isBlank(text.charAt(last - 1))) {
      last--;
    }
    return new Part(first, last);
  }

  /** Collects the characters of a quoted text, one at a time. */
  static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final BitSet escaped = new BitSet();

    void plain(char c) {
      text.append(c);
    }

    void escaped(char c) {
      escaped.set(text.length());
      text.append(c);
    }

    QuotedText build() {
      return new QuotedText(text.toString(), escaped);
    }
  }
}
