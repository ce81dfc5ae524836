package dev.historics.archive.mapping;

import dev.historics.archive.json.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values that one record has at the wanted paths, as slices of the record. Filled anew for each
 * record; owned by one thread.
 *
 * <p>A slice is a JSON token as it was written: a string with its quotes and escapes, a number, a
 * boolean. Null and the empty string are never kept: both mean that there is no value.
 */
final class Captured {
  private static final int NONE = -1;

  private final int[] first;
  private final int[] last;
  private final boolean[] listed;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] next = new int[64];
  private boolean[] escaped = new boolean[64];
  private int count;
  private byte[] in = new byte[0];

  Captured(int slots) {
    first = new int[slots];
    last = new int[slots];
    listed = new boolean[slots];
  }

  void clear(byte[] record) {
    in = record;
    count = 0;
    Arrays.fill(first, NONE);
    Arrays.fill(listed, false);
  }

  /**
   * Keeps one token.
   *
   * @param hasEscapes whether there is a backslash in it
   * @param inArray whether an array was walked through on the way to it
   */
  void add(int slot, int start, int end, boolean hasEscapes, boolean inArray) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      next = Arrays.copyOf(next, count * 2);
      escaped = Arrays.copyOf(escaped, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    next[count] = NONE;
    escaped[count] = hasEscapes;
    if (first[slot] == NONE) {
      first[slot] = count;
    } else {
      next[last[slot]] = count;
    }
    last[slot] = count++;
    listed[slot] |= inArray;
  }

  /** Keeps one token wherever it is asked for. */
  void add(PathTree.Node node, int start, int end, boolean hasEscapes, boolean inArray) {
    if (node.valueSlot() >= 0) {
      add(node.valueSlot(), start, end, hasEscapes, inArray);
    }
    if (node.presenceSlot() >= 0) {
      add(node.presenceSlot(), start, end, hasEscapes, inArray);
    }
  }

  boolean has(FieldPath path) {
    return first[path.slot()] != NONE;
  }

  /** Whether the values at {@code path} came out of an array, be it an array of one. */
  boolean isList(FieldPath path) {
    return listed[path.slot()];
  }

  /** A handle of the first value at {@code path}; negative if there is none. */
  int first(FieldPath path) {
    return first[path.slot()];
  }

  /** The handle of the value after {@code value} at the same path; negative after the last. */
  int next(int value) {
    return next[value];
  }

  byte[] record() {
    return in;
  }

  int start(int value) {
    return starts[value];
  }

  int end(int value) {
    return ends[value];
  }

  /** The text that a token stands for: a string unescaped, anything else as written. */
  String text(int value) {
    int start = starts[value];
    int end = ends[value];
    if (in[start] != '"') {
      return new String(in, start, end - start, StandardCharsets.ISO_8859_1);
    }
    return escaped[value]
        ? Escapes.unescaped(in, start + 1, end - 1)
        : new String(in, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  /** Appends the UTF-8 form of {@link #text}; halves of surrogate pairs become three bytes each. */
  void appendText(int value, JsonBuffer out) {
    int start = starts[value];
    int end = ends[value];
    if (in[start] != '"') {
      out.append(in, start, end);
    } else if (escaped[value]) {
      appendUnescaped(start + 1, end - 1, out);
    } else {
      out.append(in, start + 1, end - 1);
    }
  }

  private void appendUnescaped(int start, int end, JsonBuffer out) {
    int before = out.length();
    int plain = start;
    for (int i = start; i < end; i++) {
      if (in[i] == '\\') {
        if (in[i + 1] == 'u') {
          out.truncate(before);
          out.appendUtf8(Escapes.unescaped(in, start, end));
          return;
        }
        out.append(in, plain, i);
        out.append(Escapes.single(in[++i]));
        plain = i + 1;
      }
    }
    out.append(in, plain, end);
  }
}
