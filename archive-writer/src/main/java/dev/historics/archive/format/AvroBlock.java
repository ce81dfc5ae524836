package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in Avro's binary encoding that grow at their end: the rows of a block, or a header. What
 * {@link BlockRows} reads. Owned by one thread.
 */
final class AvroBlock {
  private static final int LENGTH_MAX = Integer.MAX_VALUE - 8;
  private static final int VARINT_BYTES_MAX = 10;
  private static final int BYTES_KEPT_MAX = 1 << 20;

  private byte[] array = new byte[1024];
  private int length;
  private long rows;

  /** Forgets everything, and gives back what a large row took. */
  void clear() {
    if (array.length > BYTES_KEPT_MAX) {
      array = new byte[BYTES_KEPT_MAX];
    }
    length = 0;
    rows = 0;
  }

  /** Adds a row as {@link LandingSchema} says. */
  void add(Interaction interaction) {
    bytes(interaction.id().getBytes(StandardCharsets.UTF_8));
    number(interaction.createdAt().toEpochMilli());
    bytes(interaction.raw());
    rows++;
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /** Appends seven bits a byte, the sign in the lowest one. */
  void number(long value) {
    reserve(VARINT_BYTES_MAX);
    long bits = (value << 1) ^ (value >> (Long.SIZE - 1));
    while ((bits & ~0x7FL) != 0) {
      array[length++] = (byte) (bits | 0x80);
      bits >>>= 7;
    }
    array[length++] = (byte) bits;
  }

  /** Appends bytes behind their number; texts are no different. */
  void bytes(byte[] value) {
    number(value.length);
    fixed(value, value.length);
  }

  /** Appends the first {@code count} bytes as they are. */
  void fixed(byte[] value, int count) {
    reserve(count);
    System.arraycopy(value, 0, array, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (array.length - length < count) {
      long wanted = Math.max((long) length + count, 2L * array.length);
      array = Arrays.copyOf(array, (int) Math.min(LENGTH_MAX, wanted));
    }
  }

  /** Holds the bytes in its first {@link #length}, until something is appended. */
  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }
}
