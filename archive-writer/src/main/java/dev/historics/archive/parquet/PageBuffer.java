package dev.historics.archive.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow at their end, written as Parquet wants them. Owned by one thread. */
final class PageBuffer {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] bytes = new byte[256];
  private int length;

  /** The array that holds them; longer than what is used, and replaced when they grow. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Forgets what was put behind the first {@code kept} bytes. */
  void cutTo(int kept) {
    length = kept;
  }

  /** The number in four bytes of an array. */
  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /** The number in eight bytes of an array. */
  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Makes room for {@code more} bytes behind the end. */
  void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, larger(bytes.length, Math.addExact(length, more)));
    }
  }

  /** The next size of an array that has to hold {@code wanted} elements. */
  static int larger(int present, int wanted) {
    return (int) Math.max(wanted, Math.min(Integer.MAX_VALUE - 8, present * 2L));
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void put(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Replaces four bytes that were put before. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** An unsigned number of variable length (ULEB128). */
  void putVarint(long value) {
    reserve(VARINT_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A signed number of variable length. */
  void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  /** The lowest {@code count} bytes of a number, the lowest first. */
  void putLow(int value, int count) {
    for (int i = 0; i < count; i++) {
      put(value >>> (8 * i));
    }
  }

  /**
   * The lowest {@code width} bits of some numbers, each behind the one before, the lowest bit
   * first; up to the next whole byte.
   *
   * @param width 0 to 32
   */
  void pack(int[] values, int from, int to, int width) {
    reserve(packedBytes(to - from, width) + Integer.BYTES);
    long pending = 0;
    int bits = 0;
    int at = length;
    long mask = (1L << width) - 1;
    for (int i = from; i < to; i++) {
      pending |= (values[i] & mask) << bits;
      bits += width;
      if (bits >= Integer.SIZE) {
        INT.set(bytes, at, (int) pending);
        at += Integer.BYTES;
        pending >>>= Integer.SIZE;
        bits -= Integer.SIZE;
      }
    }
    length = drain(pending, bits, at);
  }

  /**
   * The same for wider numbers.
   *
   * @param width 0 to 64
   */
  void pack(long[] values, int from, int to, int width) {
    reserve(packedBytes(to - from, width) + Integer.BYTES);
    int lowWidth = Math.min(width, Integer.SIZE);
    long lowMask = (1L << lowWidth) - 1;
    int highWidth = width - lowWidth;
    long highMask = (1L << highWidth) - 1;
    long pending = 0;
    int bits = 0;
    int at = length;
    for (int i = from; i < to; i++) {
      pending |= (values[i] & lowMask) << bits;
      bits += lowWidth;
      if (bits >= Integer.SIZE) {
        INT.set(bytes, at, (int) pending);
        at += Integer.BYTES;
        pending >>>= Integer.SIZE;
        bits -= Integer.SIZE;
      }
      if (highWidth > 0) {
        pending |= ((values[i] >>> Integer.SIZE) & highMask) << bits;
        bits += highWidth;
        if (bits >= Integer.SIZE) {
          INT.set(bytes, at, (int) pending);
          at += Integer.BYTES;
          pending >>>= Integer.SIZE;
          bits -= Integer.SIZE;
        }
      }
    }
    length = drain(pending, bits, at);
  }

  private int drain(long pending, int bits, int at) {
    long rest = pending;
    int end = at;
    for (int left = bits; left > 0; left -= Byte.SIZE) {
      bytes[end++] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
    return end;
  }

  private static int packedBytes(int count, int width) {
    return Math.toIntExact(((long) count * width + 7) / Byte.SIZE);
  }
}
