package dev.historics.archive.parquet;

import java.util.Arrays;

/**
 * The different numbers of a column, each as 64 bits, numbered as they first came, in an open hash
 * table. It takes no more of them once there are too many for a dictionary to pay, or too many
 * alike. Owned by one thread.
 */
final class NumberDictionary {
  /** What {@link #put} says of a number that is not taken. */
  static final int REFUSED = -1;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int SLOTS_MIN = 64;

  private long[] numbers = new long[SLOTS_MIN];
  private int[] slots = new int[SLOTS_MIN];
  private int size;

  /** How many different numbers there are. */
  int size() {
    return size;
  }

  long number(int id) {
    return numbers[id];
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }

  /**
   * The number's number, which is new if it was not there.
   *
   * @param seen how many numbers came before, this row group
   */
  int put(long number, long seen) {
    int mask = slots.length - 1;
    int slot = slot(number);
    for (int probe = 0; probe < DictionaryLimits.PROBES_MAX; probe++) {
      int id = slots[slot] - 1;
      if (id < 0) {
        return add(number, slot, seen);
      }
      if (numbers[id] == number) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return REFUSED;
  }

  private int add(long number, int slot, long seen) {
    if (DictionaryLimits.isFull(size, seen)) {
      return REFUSED;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size] = number;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      spread();
    }
    return size - 1;
  }

  private void spread() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = slot(numbers[id]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private int slot(long number) {
    long hash = (number ^ (number >>> Integer.SIZE)) * FACTOR;
    return (int) (hash >>> Long.numberOfLeadingZeros(slots.length - 1));
  }
}
