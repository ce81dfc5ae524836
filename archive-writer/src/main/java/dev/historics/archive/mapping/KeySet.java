package dev.historics.archive.mapping;

import java.util.Arrays;

/** The keys of one object, to find the one that comes twice. Owned by one thread. */
final class KeySet {
  /** More keys than this would let a hostile record choose them so that they all collide. */
  static final int KEYS_MAX = 4096;

  private byte[][] texts = new byte[64][];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] hashes = new int[64];
  private long[] used = new long[64];
  private long generation;
  private int count;

  void clear() {
    generation++;
    count = 0;
  }

  boolean isFull() {
    return count == KEYS_MAX;
  }

  /** Adds the key in {@code [start, end)} of {@code text}, unless it is there. */
  boolean add(byte[] text, int start, int end) {
    int hash = hash(text, start, end);
    int at = place(text, start, end, hash);
    if (used[at] == generation) {
      return false;
    }
    put(at, text, start, end, hash);
    if (++count > texts.length / 2) {
      grow();
    }
    return true;
  }

  private void put(int at, byte[] text, int start, int end, int hash) {
    texts[at] = text;
    starts[at] = start;
    ends[at] = end;
    hashes[at] = hash;
    used[at] = generation;
  }

  private int place(byte[] text, int start, int end, int hash) {
    int mask = texts.length - 1;
    int at = hash & mask;
    while (used[at] == generation
        && !(hashes[at] == hash
            && Arrays.equals(texts[at], starts[at], ends[at], text, start, end))) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    byte[][] oldTexts = texts;
    int[] oldStarts = starts;
    int[] oldEnds = ends;
    int[] oldHashes = hashes;
    long[] oldUsed = used;
    int size = oldTexts.length * 2;
    texts = new byte[size][];
    starts = new int[size];
    ends = new int[size];
    hashes = new int[size];
    used = new long[size];
    for (int i = 0; i < oldTexts.length; i++) {
      if (oldUsed[i] == generation) {
        put(
            place(oldTexts[i], oldStarts[i], oldEnds[i], oldHashes[i]),
            oldTexts[i],
            oldStarts[i],
            oldEnds[i],
            oldHashes[i]);
      }
    }
  }

  private static int hash(byte[] text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text[i];
    }
    return (hash * 0x9E3779B1) >>> 7;
  }
}
