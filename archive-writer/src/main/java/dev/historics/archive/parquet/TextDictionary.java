package dev.historics.archive.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The different texts of a column, numbered as they first came, in an open hash table. It takes no
 * more of them once there are too many for a dictionary to pay, or too many alike. Owned by one
 * thread.
 */
final class TextDictionary {
  /** What {@link #put} says of a text that is not taken. */
  static final int REFUSED = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int SLOTS_MIN = 64;
  private static final int BYTES_MAX = 1 << 20;

  private final PageBuffer texts = new PageBuffer();
  private long[] slots = new long[SLOTS_MIN];
  private int[] starts = new int[SLOTS_MIN];
  private int size;

  /** The number of different texts. */
  int size() {
    return size;
  }

  /** The texts as Parquet's PLAIN has them: each behind its length in four bytes. */
  PageBuffer plain() {
    return texts;
  }

  /** Where a text starts in {@link #plain}. */
  int start(int id) {
    return starts[id];
  }

  /** Its bytes. */
  int length(int id) {
    int next = id + 1 < size ? starts[id + 1] - Integer.BYTES : texts.length();
    return next - starts[id];
  }

  void clear() {
    texts.clear();
    Arrays.fill(slots, 0);
    size = 0;
  }

  /**
   * The number of a text, which is new if it was not there.
   *
   * @param seen how many texts came before, this row group
   */
  int put(byte[] source, int from, int length, long seen) {
    long hash = hash(source, from, length);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    for (int probe = 0; probe < DictionaryLimits.PROBES_MAX; probe++) {
      long found = slots[slot];
      if (found == 0) {
        return add(source, from, length, hash, slot, seen);
      }
      if (found >>> Integer.SIZE == hash >>> Integer.SIZE) {
        int id = (int) found - 1;
        int start = starts[id];
        if (Arrays.equals(texts.array(), start, start + length(id), source, from, from + length)) {
          return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    return REFUSED;
  }

  private int add(byte[] source, int from, int length, long hash, int slot, long seen) {
    if (DictionaryLimits.isFull(size, seen)
        || length > BYTES_MAX - Integer.BYTES - texts.length()) {
      return REFUSED;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
    }
    texts.putInt(length);
    starts[size] = texts.length();
    texts.put(source, from, length);
    int id = size++;
    slots[slot] = slot(hash, id);
    if (size * 2 > slots.length) {
      spread();
    }
    return id;
  }

  private static long slot(long hash, int id) {
    return ((hash >>> Integer.SIZE) << Integer.SIZE) | (id + 1);
  }

  private void spread() {
    slots = new long[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      long hash = hash(texts.array(), starts[id], length(id));
      int slot = (int) hash & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = slot(hash, id);
    }
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = length * FACTOR;
    int end = from + length;
    if (length >= Long.BYTES) {
      for (int at = from; at < end - Long.BYTES; at += Long.BYTES) {
        hash = mix(hash ^ (long) LONG.get(bytes, at));
      }
      return mix(hash ^ (long) LONG.get(bytes, end - Long.BYTES));
    }
    if (length >= Integer.BYTES) {
      long first = (int) INT.get(bytes, from);
      return mix(hash ^ (first << Integer.SIZE) ^ (int) INT.get(bytes, end - Integer.BYTES));
    }
    for (int at = from; at < end; at++) {
      hash = (hash << Byte.SIZE) ^ bytes[at];
    }
    return mix(hash);
  }

  private static long mix(long hash) {
    long product = hash * FACTOR;
    return product ^ (product >>> Integer.SIZE);
  }
}
