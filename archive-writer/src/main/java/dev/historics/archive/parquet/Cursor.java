package dev.historics.archive.parquet;

/** A place in the bytes of a page that may be damaged. Owned by one thread. */
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int position() {
    return at;
  }

  int left() {
    return end - at;
  }

  /** Goes on by so many bytes; returns where they start. */
  int skip(long count) throws MalformedPageException {
    if (count < 0 || count > left()) {
      throw new MalformedPageException(
          "expected %d bytes more, found only %d".formatted(count, left()));
    }
    int start = at;
    at += (int) count;
    return start;
  }

  int u8() throws MalformedPageException {
    return Byte.toUnsignedInt(bytes[skip(1)]);
  }

  /** A number in {@code count} bytes, the lowest first; 0 to 4. */
  int low(int count) throws MalformedPageException {
    int start = skip(count);
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= Byte.toUnsignedInt(bytes[start + i]) << (Byte.SIZE * i);
    }
    return value;
  }

  /** An unsigned number of variable length. */
  long varint() throws MalformedPageException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedPageException("a number of more than 64 bits");
  }

  /** A signed number of variable length. */
  long zigzag() throws MalformedPageException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }
}
