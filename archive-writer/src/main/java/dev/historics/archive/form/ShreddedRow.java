package dev.historics.archive.form;

import dev.historics.archive.Shredder;
import java.util.Arrays;

/**
 * The values of one interaction by column, in the order of the text; reusable from row to row after
 * {@link #clear}. Owned by one thread.
 */
public final class ShreddedRow implements Shredder.Sink, RowValues {
  private static final int NONE = -1;

  private final int[] first;
  private final int[] last;
  private final int[] counts;
  private final int[] touched;
  private final Bytes texts = new Bytes();
  private int touchedCount;
  private int size;
  private int seenColumn = NONE;
  private int seenIndex;
  private int seen;
  private int[] next = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] numbers = new long[64];

  public ShreddedRow(int columns) {
    first = new int[columns];
    last = new int[columns];
    counts = new int[columns];
    touched = new int[columns];
  }

  /** How many columns there are. */
  public int columns() {
    return counts.length;
  }

  /** Forgets all values. */
  public void clear() {
    for (int i = 0; i < touchedCount; i++) {
      counts[touched[i]] = 0;
    }
    touchedCount = 0;
    size = 0;
    seenColumn = NONE;
    texts.clear();
  }

  @Override
  public void text(int column, byte[] bytes, int from, int to) {
    int value = add(column);
    starts[value] = texts.length();
    texts.append(bytes, from, to);
    ends[value] = texts.length();
  }

  @Override
  public void integer(int column, long value) {
    int at = add(column);
    numbers[at] = value;
  }

  @Override
  public void decimal(int column, double value) {
    int at = add(column);
    numbers[at] = Double.doubleToRawLongBits(value);
  }

  /** A place is two values of its column, latitude and longitude. */
  @Override
  public void geo(int column, double latitude, double longitude) {
    decimal(column, latitude);
    decimal(column, longitude);
  }

  private int add(int column) {
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    int value = size++;
    next[value] = NONE;
    if (counts[column] == 0) {
      first[column] = value;
      touched[touchedCount++] = column;
    } else {
      next[last[column]] = value;
    }
    last[column] = value;
    counts[column]++;
    return value;
  }

  /** How many columns have a value. */
  public int touchedCount() {
    return touchedCount;
  }

  /** A column that has a value, {@code i} from 0 to {@link #touchedCount}. */
  public int touched(int i) {
    return touched[i];
  }

  /** Values are asked for in their order, so that the way from the last one is short. */
  private int at(int column, int index) {
    boolean isOnTheWay = column == seenColumn && index >= seenIndex;
    int value = isOnTheWay ? seen : first[column];
    for (int i = isOnTheWay ? seenIndex : 0; i < index; i++) {
      value = next[value];
    }
    seenColumn = column;
    seenIndex = index;
    seen = value;
    return value;
  }

  @Override
  public int count(int column) {
    return counts[column];
  }

  @Override
  public byte[] bytes(int column, int index) {
    return texts.array();
  }

  @Override
  public int from(int column, int index) {
    return starts[at(column, index)];
  }

  @Override
  public int to(int column, int index) {
    return ends[at(column, index)];
  }

  @Override
  public long number(int column, int index) {
    return numbers[at(column, index)];
  }
}
