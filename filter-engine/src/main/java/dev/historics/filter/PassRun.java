package dev.historics.filter;

import dev.historics.filter.text.TextScan;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a {@link Pass} has found in the batch at hand: of each slot its rows. Each row is looked at
 * once, however often it is asked for. Owned by one thread.
 */
final class PassRun {
  private final Pass pass;
  private final TextScan scan;
  private final BitSet decided = new BitSet();
  private final RowSet open = new RowSet();

  /** What was found, as it was found. */
  private int[] foundSlots = new int[256];

  private int[] foundRows = new int[256];
  private int found;

  /** The slots that have rows, in the order in which they got their first. */
  private final int[] used;

  private int usedSize;

  /** Of each slot how often it was found; 0 for those that are not in use. */
  private final int[] counts;

  /** The rows by slots: those of a slot stand from its start to its end. */
  private int[] rows = new int[256];

  private final int[] starts;
  private final int[] ends;

  /** Of each entry of the dictionary at hand: where its numbers start, or -1. */
  private int[] entryStarts = {};

  private int[] entryNumbers = new int[256];
  private int entryNumbersSize;
  private TextColumn known;

  PassRun(Pass pass) {
    this.pass = pass;
    this.scan = pass.scan();
    int slots = 2 * pass.size();
    this.used = new int[slots];
    this.counts = new int[slots];
    this.starts = new int[slots];
    this.ends = new int[slots];
  }

  Pass pass() {
    return pass;
  }

  /** Starts a batch. */
  void clear() {
    decided.clear();
    found = 0;
    for (int i = 0; i < usedSize; i++) {
      int slot = used[i];
      counts[slot] = 0;
      starts[slot] = 0;
      ends[slot] = 0;
    }
    usedSize = 0;
  }

  /** Whether it has seen rows of this batch. */
  boolean hasRun() {
    return !decided.isEmpty();
  }

  /** Whether it has not seen some of these rows in this batch: then it has to {@link #decide}. */
  boolean open(RowSet asked) {
    open.set(asked);
    open.remove(decided);
    return !open.isEmpty();
  }

  /** Looks at the rows that were found to be open. */
  void decide(TextColumn column) {
    int[] list = open.list();
    boolean inOrder = list[0] >= decided.length();
    open.addTo(decided);
    if (column.hasDictionary()) {
      learn(column);
    }
    for (int i = 0; i < open.size(); i++) {
      int row = list[i];
      int end = column.rowStart(row + 1);
      for (int v = column.rowStart(row); v < end; v++) {
        if (column.hasDictionary()) {
          addKnown(column, column.entry(v), row);
        } else {
          addNew(column, v, row);
        }
      }
    }
    group(inOrder);
  }

  /** An empty text counts as missing. */
  private int scan(TextColumn column, int entry) {
    int length = column.length(entry);
    return length == 0 ? 0 : scan.scan(column.bytes(), column.start(entry), length);
  }

  private void addNew(TextColumn column, int entry, int row) {
    int count = scan(column, entry);
    if (count > 0) {
      int[] numbers = scan.found();
      for (int i = 0; i < count; i++) {
        add(numbers[i], row);
      }
    }
  }

  private void learn(TextColumn column) {
    if (known == null || !known.sharesEntries(column)) {
      if (entryStarts.length < column.entries()) {
        entryStarts = new int[column.entries()];
      }
      Arrays.fill(entryStarts, 0, column.entries(), -1);
      entryNumbersSize = 0;
    }
    known = column;
  }

  private void addKnown(TextColumn column, int entry, int row) {
    if (entryStarts[entry] < 0) {
      int count = scan(column, entry);
      int wanted = Math.addExact(entryNumbersSize, count + 1);
      if (entryNumbers.length < wanted) {
        entryNumbers = Arrays.copyOf(entryNumbers, Math.max(wanted, 2 * entryNumbersSize));
      }
      entryStarts[entry] = entryNumbersSize;
      entryNumbers[entryNumbersSize] = count;
      System.arraycopy(scan.found(), 0, entryNumbers, entryNumbersSize + 1, count);
      entryNumbersSize = wanted;
    }
    int start = entryStarts[entry] + 1;
    int end = start + entryNumbers[start - 1];
    for (int i = start; i < end; i++) {
      add(entryNumbers[i], row);
    }
  }

  private void add(int number, int row) {
    int end = pass.start(number + 1);
    for (int i = pass.start(number); i < end; i++) {
      if (found == foundSlots.length) {
        foundSlots = Arrays.copyOf(foundSlots, 2 * found);
        foundRows = Arrays.copyOf(foundRows, 2 * found);
      }
      int slot = pass.slot(i);
      if (counts[slot] == 0) {
        used[usedSize] = slot;
        usedSize++;
      }
      counts[slot]++;
      foundSlots[found] = slot;
      foundRows[found] = row;
      found++;
    }
  }

  /** Brings what was found together by slots. */
  private void group(boolean inOrder) {
    if (rows.length < found) {
      rows = new int[foundRows.length];
    }
    int start = 0;
    for (int i = 0; i < usedSize; i++) {
      int slot = used[i];
      starts[slot] = start;
      ends[slot] = start;
      start += counts[slot];
    }
    for (int i = 0; i < found; i++) {
      int slot = foundSlots[i];
      int end = ends[slot];
      if (end == starts[slot] || rows[end - 1] != foundRows[i]) {
        rows[end] = foundRows[i];
        ends[slot] = end + 1;
      }
    }
    if (!inOrder) {
      for (int i = 0; i < usedSize; i++) {
        Arrays.sort(rows, starts[used[i]], ends[used[i]]);
      }
    }
  }

  /** How many slots have rows. */
  int usedSlots() {
    return usedSize;
  }

  int usedSlot(int i) {
    return used[i];
  }

  int count(int slot) {
    return ends[slot] - starts[slot];
  }

  /** Makes {@code target} the rows of a slot. */
  void get(int slot, RowSet target) {
    target.set(rows, starts[slot], ends[slot]);
  }

  /** Keeps in {@code target} the rows of a slot. */
  void retain(int slot, RowSet target) {
    target.retain(rows, starts[slot], ends[slot]);
  }
}
