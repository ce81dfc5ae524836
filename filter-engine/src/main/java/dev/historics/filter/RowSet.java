package dev.historics.filter;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some rows of a batch. Many are kept as bits, few as a list, so that what is asked of a few rows
 * takes no time for the others. Reused; owned by one thread.
 */
final class RowSet {
  /** So many rows are few. */
  private static final int LIST_MAX = 64;

  /** So many times longer a list is searched, and not walked. */
  private static final int SEARCH_FACTOR = 16;

  /** The rows, if they are many. */
  private final BitSet bits = new BitSet();

  /** The rows in ascending order, if they are few, or if they were asked for in this form. */
  private int[] list = new int[64];

  private int size;
  private boolean dense;

  /** The rows {@code [from, end)}. */
  static RowSet range(int from, int end) {
    BitSet range = new BitSet();
    range.set(from, end);
    RowSet rows = new RowSet();
    rows.set(range);
    return rows;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether there are so many that {@link #bits} has them. */
  boolean isDense() {
    return dense;
  }

  /** The rows, if there are many; not to be changed. */
  BitSet bits() {
    if (!dense) {
      throw new IllegalStateException("expected many rows, found " + size);
    }
    return bits;
  }

  /** The rows in ascending order, in the first {@link #size} places; not to be changed. */
  int[] list() {
    if (dense) {
      ensure(size);
      int count = 0;
      for (int row = bits.nextSetBit(0); row >= 0; row = bits.nextSetBit(row + 1)) {
        list[count] = row;
        count++;
      }
    }
    return list;
  }

  private void ensure(int wanted) {
    if (wanted > list.length) {
      list = Arrays.copyOf(list, Math.max(wanted, 2 * list.length));
    }
  }

  void clear() {
    size = 0;
    dense = false;
  }

  /** Becomes a copy of {@code other}. */
  void set(RowSet other) {
    if (other.dense) {
      bits.clear();
      bits.or(other.bits);
      size = other.size;
      dense = true;
    } else {
      set(other.list, 0, other.size);
    }
  }

  /** Becomes {@code [from, end)} of {@code sorted}. */
  void set(int[] sorted, int from, int end) {
    dense = false;
    size = 0;
    ensure(end - from);
    System.arraycopy(sorted, from, list, 0, end - from);
    size = end - from;
  }

  /** Becomes a copy of {@code rows}. */
  void set(BitSet rows) {
    bits.clear();
    bits.or(rows);
    settle();
  }

  /** After the bits have changed. */
  private void settle() {
    dense = true;
    size = bits.cardinality();
    if (size <= LIST_MAX) {
      list();
      dense = false;
    }
  }

  /** Keeps those of {@code rows}. */
  void retain(BitSet rows) {
    if (dense) {
      bits.and(rows);
      settle();
      return;
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      list[kept] = list[i];
      kept += rows.get(list[i]) ? 1 : 0;
    }
    size = kept;
  }

  /** Drops those of {@code rows}. */
  void remove(BitSet rows) {
    if (dense) {
      bits.andNot(rows);
      settle();
      return;
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      list[kept] = list[i];
      kept += rows.get(list[i]) ? 0 : 1;
    }
    size = kept;
  }

  /** Drops those of {@code other}. */
  void remove(RowSet other) {
    if (other.dense) {
      remove(other.bits);
    } else if (dense) {
      for (int i = 0; i < other.size; i++) {
        bits.clear(other.list[i]);
      }
      settle();
    } else {
      removeListed(other);
    }
  }

  private void removeListed(RowSet other) {
    int kept = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      int row = list[i];
      while (next < other.size && other.list[next] < row) {
        next++;
      }
      if (next == other.size || other.list[next] != row) {
        list[kept] = row;
        kept++;
      }
    }
    size = kept;
  }

  /** Keeps those of {@code [from, end)} of {@code sorted}. */
  void retain(int[] sorted, int from, int end) {
    if (!dense) {
      retainListed(sorted, from, end);
      return;
    }
    ensure(end - from);
    int kept = 0;
    for (int i = from; i < end; i++) {
      list[kept] = sorted[i];
      kept += bits.get(sorted[i]) ? 1 : 0;
    }
    size = kept;
    dense = false;
  }

  private void retainListed(int[] sorted, int from, int end) {
    boolean few = (long) size * SEARCH_FACTOR < end - from;
    int kept = 0;
    int next = from;
    for (int i = 0; i < size && next < end; i++) {
      int row = list[i];
      if (few) {
        int place = Arrays.binarySearch(sorted, next, end, row);
        next = place < 0 ? -place - 1 : place;
      } else {
        while (next < end && sorted[next] < row) {
          next++;
        }
      }
      if (next < end && sorted[next] == row) {
        list[kept] = row;
        kept++;
      }
    }
    size = kept;
  }

  /** Adds those of {@code other}. */
  void addAll(RowSet other) {
    if (other.isEmpty()) {
      return;
    }
    if (!dense) {
      bits.clear();
      addTo(bits);
    }
    other.addTo(bits);
    settle();
  }

  /** Adds all to {@code rows}. */
  void addTo(BitSet rows) {
    if (dense) {
      rows.or(bits);
      return;
    }
    for (int i = 0; i < size; i++) {
      rows.set(list[i]);
    }
  }
}
