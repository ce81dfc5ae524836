package dev.historics.filter.text;

import java.util.Arrays;

/** Numbers for words, looked up without making a string of a word in a text. */
final class WordTable {
  /** The number of a word that is not in the table. */
  static final int NONE = -1;

  private String[] words = new String[16];
  private int[] slots = new int[32];
  private int size;

  /** The number of {@code word}, a new one if it has none yet: 0, 1, 2 and so on. */
  int add(String word) {
    int slot = slot(word, 0, word.length());
    if (slots[slot] == 0) {
      if (size == words.length) {
        grow();
        slot = slot(word, 0, word.length());
      }
      words[size] = word;
      size++;
      slots[slot] = size;
    }
    return slots[slot] - 1;
  }

  private void grow() {
    words = Arrays.copyOf(words, size * 2);
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      slots[slot(words[i], 0, words[i].length())] = i + 1;
    }
  }

  /** The number of the word {@code [start, end)} of a text, or {@link #NONE}. */
  int find(String text, int start, int end) {
    return slots[slot(text, start, end)] - 1;
  }

  /** Where the word is, or would be. */
  private int slot(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != 0 && !isWord(words[slots[slot] - 1], text, start, end)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean isWord(String word, String text, int start, int end) {
    return word.length() == end - start && text.startsWith(word, start);
  }
}
