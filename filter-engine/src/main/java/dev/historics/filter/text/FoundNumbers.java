package dev.historics.filter.text;

import java.util.Arrays;

/** Different numbers below a bound, collected for one text after the other. */
final class FoundNumbers {
  private final int[] texts;
  private int[] numbers = new int[16];
  private int size;
  private int text;

  /** For numbers from 0 to {@code bound}, exclusive. */
  FoundNumbers(int bound) {
    this.texts = new int[bound];
  }

  /** Forgets what was found in the text before. */
  void clear() {
    size = 0;
    text++;
    if (text == 0) {
      Arrays.fill(texts, 0);
      text = 1;
    }
  }

  void add(int number) {
    if (texts[number] != text) {
      texts[number] = text;
      numbers = size < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * size);
      numbers[size] = number;
      size++;
    }
  }

  int size() {
    return size;
  }

  int[] toArray() {
    return numbers;
  }
}
