package dev.historics.archive.format;

import dev.historics.archive.Shredder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of one interaction by column; reused from row to row. */
final class SealedRow implements Shredder.Sink {
  private final List<List<Object>> values = new ArrayList<>();
  private final int[] touched;
  private int touchedCount;

  SealedRow(int columns) {
    for (int i = 0; i < columns; i++) {
      values.add(new ArrayList<>(1));
    }
    touched = new int[columns];
  }

  void clear() {
    for (int i = 0; i < touchedCount; i++) {
      values.get(touched[i]).clear();
    }
    touchedCount = 0;
  }

  /** The columns that have a value, each once. */
  int[] touched() {
    return Arrays.copyOf(touched, touchedCount);
  }

  /** A string, a long, a double or a place each; empty where the row has none. */
  List<Object> values(int column) {
    return values.get(column);
  }

  private void add(int column, Object value) {
    List<Object> list = values.get(column);
    if (list.isEmpty()) {
      touched[touchedCount++] = column;
    }
    list.add(value);
  }

  @Override
  public void text(int column, byte[] bytes, int from, int to) {
    add(column, new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void integer(int column, long value) {
    add(column, value);
  }

  @Override
  public void decimal(int column, double value) {
    add(column, value);
  }

  @Override
  public void geo(int column, double latitude, double longitude) {
    add(column, new Place(latitude, longitude));
  }

  /** A place in degrees. */
  record Place(double latitude, double longitude) {}
}
