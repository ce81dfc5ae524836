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

  /** The parts between commas, without the white space around them and without empty ones. */
  List<String> items() {
    List<String> items = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (text.charAt(i) == ',' && !escaped.get(i))) {
        String item = trimmed(start, i);
        if (!item.isEmpty()) {
          items.add(item);
        }
        start = i + 1;
      }
    }
    return items;
  }

  private String trimmed(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && Lexer.isBlank(text.charAt(first))) {
      first++;
    }
    while (last > first && Lexer.isBlank(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(first, last);
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
