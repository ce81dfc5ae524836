package dev.historics.archive.form;

import java.util.Arrays;

/** Bytes that grow at their end. Reusable after {@link #clear}; owned by one thread. */
public final class Bytes {
  private static final int LENGTH_MAX = Integer.MAX_VALUE - 8;

  private byte[] array = new byte[1024];
  private int length;

  public void clear() {
    length = 0;
  }

  public void append(byte value) {
    reserve(1);
    array[length++] = value;
  }

  public void append(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, array, length, to - from);
    length += to - from;
  }

  private void reserve(int count) {
    if (array.length - length < count) {
      long wanted = Math.max((long) length + count, 2L * array.length);
      array = Arrays.copyOf(array, (int) Math.min(LENGTH_MAX, wanted));
    }
  }

  /** Holds the bytes in its first {@link #length}, until something is appended. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  /** Forgets all but the first {@code count} bytes. */
  void cut(int count) {
    length = count;
  }

  /** Whether these are exactly the bytes of {@code other} from {@code from} to {@code to}. */
  public boolean equalTo(byte[] other, int from, int to) {
    return Arrays.equals(array, 0, length, other, from, to);
  }

  /** A copy of the bytes. */
  public byte[] copy() {
    return Arrays.copyOf(array, length);
  }
}
