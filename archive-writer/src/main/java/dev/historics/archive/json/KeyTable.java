package dev.historics.archive.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values by the bytes of JSON keys, found without making a text of the key. Not safe for writing by
 * several threads; any number may read.
 *
 * @param <T> what the keys lead to
 */
public final class KeyTable<T> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] keys = new byte[4][];
  private Object[] values = new Object[4];
  private int size;

  /** What the key in the bytes from {@code from} to {@code to} leads to; null if nowhere. */
  @SuppressWarnings("unchecked") // Only T comes in.
  public T get(byte[] in, int from, int to) {
    return (T) values[slot(keys, in, from, to)];
  }

  /** Adds a key, which is not there yet. */
  public void put(byte[] key, T value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    place(keys, values, key, value);
    size++;
  }

  public int size() {
    return size;
  }

  private void grow() {
    byte[][] moreKeys = new byte[2 * keys.length][];
    Object[] moreValues = new Object[2 * keys.length];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null) {
        place(moreKeys, moreValues, keys[i], values[i]);
      }
    }
    keys = moreKeys;
    values = moreValues;
  }

  private static void place(byte[][] keys, Object[] values, byte[] key, Object value) {
    int slot = slot(keys, key, 0, key.length);
    keys[slot] = key;
    values[slot] = value;
  }

  /** Where a key is, or would be. */
  private static int slot(byte[][] keys, byte[] in, int from, int to) {
    int mask = keys.length - 1;
    int slot = hash(in, from, to) & mask;
    while (keys[slot] != null && !Arrays.equals(keys[slot], 0, keys[slot].length, in, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(byte[] in, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; to - at >= Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(in, at));
    }
    for (; at < to; at++) {
      hash = 31 * hash + in[at];
    }
    return (int) (mix(hash) >>> Integer.SIZE);
  }

  private static long mix(long hash) {
    return Long.rotateLeft(hash * 0x9E3779B97F4A7C15L, 29);
  }

  /** Whether all is ASCII, and none of it a capital: then the key is its own lower case. */
  public static boolean isLowerCase(byte[] in, int from, int to) {
    for (int i = from; i < to; i++) {
      if (in[i] < 0 || (in[i] >= 'A' && in[i] <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
