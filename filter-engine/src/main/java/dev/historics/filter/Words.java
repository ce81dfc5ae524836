package dev.historics.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text cut into words: runs of regular characters, and each punctuation mark for itself. Reused
 * from text to text; owned by one thread.
 */
final class Words {
  /** Characters that end a word and are a word themselves. Note that {@code $} is not one. */
  static final String KEPT =
      "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~"
          + "\u201C\u201D\u2035\u2036\u301D\u2033\u301E\u301F\u3003"
          + "\u300C\u300D\u300E\u300F\u2308\u230B";

  /** Characters that end a word and are nothing themselves. */
  static final String DROPPED = " \t\n\r\f";

  private static final byte REGULAR = 0;
  private static final byte KEEP = 1;
  private static final byte DROP = 2;
  private static final byte[] KINDS = kinds();

  private String text = "";
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;

  private static byte[] kinds() {
    byte[] kinds = new byte[0x3100];
    KEPT.chars().forEach(c -> kinds[c] = KEEP);
    DROPPED.chars().forEach(c -> kinds[c] = DROP);
    return kinds;
  }

  /** The words of {@code text}, as new strings. */
  static List<String> of(String text) {
    Words words = new Words();
    words.cut(text);
    List<String> list = new ArrayList<>();
    for (int word = 0; word < words.count(); word++) {
      list.add(words.word(word));
    }
    return List.copyOf(list);
  }

  /** Whether {@code c} is part of longer words. */
  static boolean isRegular(char c) {
    return c >= KINDS.length || KINDS[c] == REGULAR;
  }

  /** Replaces what this holds by the words of {@code text}. */
  void cut(String text) {
    this.text = text;
    count = 0;
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isRegular(c)) {
        start = start < 0 ? i : start;
      } else {
        if (start >= 0) {
          add(start, i);
          start = -1;
        }
        if (KINDS[c] == KEEP) {
          add(i, i + 1);
        }
      }
    }
    if (start >= 0) {
      add(start, text.length());
    }
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  int count() {
    return count;
  }

  String word(int word) {
    return text.substring(starts[word], ends[word]);
  }

  /** Whether {@code phrase} stands somewhere, its words next to each other. */
  boolean contains(List<String> phrase) {
    for (int first = 0; first + phrase.size() <= count; first++) {
      if (standsAt(first, phrase)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code phrase} starts at the word {@code first}. */
  boolean standsAt(int first, List<String> phrase) {
    if (first + phrase.size() > count) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      String word = phrase.get(i);
      int start = starts[first + i];
      if (ends[first + i] - start != word.length()
          || !text.regionMatches(start, word, 0, word.length())) {
        return false;
      }
    }
    return true;
  }
}
