package dev.historics.filter;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What each rule of a set matched in a batch; most rules of a large set match nothing, and take no
 * room. Belongs to a {@link Matcher} and holds until that is given the next batch.
 */
public final class Matches {
  private final BitSet matched = new BitSet();
  private final int[] starts;
  private final int[] ends;
  private int[] rows = new int[256];
  private int used;

  Matches(int rules) {
    this.starts = new int[rules];
    this.ends = new int[rules];
  }

  void clear() {
    matched.clear();
    used = 0;
  }

  /** Adds what a rule matched, which has nothing yet. */
  void add(int rule, RowSet found) {
    if (found.isEmpty()) {
      return;
    }
    if (rows.length - used < found.size()) {
      rows = Arrays.copyOf(rows, Math.max(used + found.size(), 2 * rows.length));
    }
    System.arraycopy(found.list(), 0, rows, used, found.size());
    starts[rule] = used;
    used += found.size();
    ends[rule] = used;
    matched.set(rule);
  }

  /** The number of rules in the set. */
  public int rules() {
    return starts.length;
  }

  /** The rules that matched something, in ascending order. */
  public IntStream matched() {
    return matched.stream();
  }

  /** How many rows a rule matched. */
  public int count(int rule) {
    return matched.get(rule) ? ends[rule] - starts[rule] : 0;
  }

  /** The rows that a rule matched, as a new set. */
  public BitSet rows(int rule) {
    BitSet found = new BitSet();
    addTo(rule, found);
    return found;
  }

  /** Adds the rows that a rule matched to a set. */
  public void addTo(int rule, BitSet set) {
    if (matched.get(rule)) {
      for (int i = starts[rule]; i < ends[rule]; i++) {
        set.set(rows[i]);
      }
    }
  }
}
