package dev.historics.archive.synthetic;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow at their end. Owned by one thread. */
final class Line {
  private byte[] bytes = new byte[4096];
  private int length;

  Line clear() {
    length = 0;
    return this;
  }

  int length() {
    return length;
  }

  Fragment copy() {
    return new Fragment(Arrays.copyOf(bytes, length));
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  Line add(Fragment more) {
    return add(more.bytes(), more.bytes().length);
  }

  Line add(Line more) {
    return add(more.bytes, more.length);
  }

  private Line add(byte[] more, int count) {
    makeRoom(count);
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
    return this;
  }

  Line add(String ascii) {
    makeRoom(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  Line add(char ascii) {
    makeRoom(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Adds a number that is not negative. */
  Line add(long number) {
    makeRoom(20);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Adds two digits. */
  Line addTwo(int number) {
    return add((char) ('0' + number / 10)).add((char) ('0' + number % 10));
  }

  /** Adds sixteen hexadecimal digits. */
  Line addHex(long number) {
    makeRoom(16);
    for (int shift = 60; shift >= 0; shift -= 4) {
      bytes[length++] = (byte) "0123456789abcdef".charAt((int) (number >>> shift) & 15);
    }
    return this;
  }

  /** Adds degrees with six digits after the point, given in millionths. */
  Line addMillionths(long millionths) {
    if (millionths < 0) {
      add('-');
    }
    long positive = Math.abs(millionths);
    add(positive / 1_000_000).add('.');
    for (long place = 100_000; place > 0; place /= 10) {
      add((char) ('0' + positive / place % 10));
    }
    return this;
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
