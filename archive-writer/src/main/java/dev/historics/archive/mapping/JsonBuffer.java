package dev.historics.archive.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Bytes of a JSON text that grows at its end. Owned by one thread. */
final class JsonBuffer {
  private byte[] bytes = new byte[4096];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Forgets everything from {@code length} on. */
  void truncate(int length) {
    this.length = length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /** The array behind this; valid up to {@link #length} and until the next change. */
  byte[] array() {
    return bytes;
  }

  void append(byte b) {
    makeRoom(1);
    bytes[length++] = b;
  }

  void append(byte[] from) {
    append(from, 0, from.length);
  }

  void append(byte[] from, int start, int end) {
    makeRoom(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /** Appends a number of four bytes, the highest first. */
  void appendInt(int number) {
    makeRoom(Integer.BYTES);
    length += Integer.BYTES;
    setInt(length - Integer.BYTES, number);
  }

  /** Puts a number in the place of one that was appended. */
  void setInt(int at, int number) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (number >> (Byte.SIZE * (Integer.BYTES - 1 - i)));
    }
  }

  void appendAscii(String text) {
    makeRoom(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Appends UTF-8, and a half of a surrogate pair as the three bytes of its number. */
  void appendUtf8(String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      append(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
      append((byte) (0xE0 | (c >> 12)));
      append((byte) (0x80 | ((c >> 6) & 0x3F)));
      append((byte) (0x80 | (c & 0x3F)));
      plain = i + 1;
    }
    append(text.substring(plain).getBytes(StandardCharsets.UTF_8));
  }

  /** Appends {@code text} as a JSON string. */
  void appendString(String text) {
    append((byte) '"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        appendUtf8(text.substring(plain, i));
        append((byte) '\\');
        if (c < ' ') {
          appendAscii(String.format(Locale.ROOT, "u%04x", (int) c));
        } else {
          append((byte) c);
        }
        plain = i + 1;
      }
    }
    appendUtf8(text.substring(plain));
    append((byte) '"');
  }

  /** Appends a valid JSON text without the white space between its tokens. */
  void appendCompact(byte[] from, int start, int end) {
    makeRoom(end - start);
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = from[i];
      if (inString) {
        if (b == '\\') {
          bytes[length++] = b;
          b = from[++i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
        continue;
      }
      bytes[length++] = b;
    }
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
