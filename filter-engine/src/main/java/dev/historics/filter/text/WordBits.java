package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Which bytes of a text belong to words, as one bit each: letters and digits of ASCII, and all
 * beyond ASCII. Eight bytes are looked at together. Reused; owned by one thread.
 */
final class WordBits {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long CASE_BITS = ONES * 0x20;

  /** Brings the high bits of eight bytes together, in the byte above. */
  private static final long GATHER = 0x0102040810204080L;

  private long[] bits = new long[8];
  private int words;
  private boolean ascii;

  /** Looks at {@code [start, end)}; eight bytes can be read from everywhere before the end. */
  void read(byte[] bytes, int start, int end) {
    words = (end - start + Long.SIZE - 1) / Long.SIZE;
    if (bits.length <= words) {
      bits = new long[words + words / 2 + 1];
    }
    long all = 0;
    int at = start;
    for (int word = 0; word < words; word++) {
      long gathered = 0;
      int last = Math.min(end, at + Long.SIZE);
      for (int shift = 0; at < last; shift += Byte.SIZE, at += Long.BYTES) {
        long eight = (long) LONGS.get(bytes, at);
        long low = eight & ~HIGHS;
        long lower = low | CASE_BITS;
        long letters = (lower + ONES * (0x80 - 'a')) & ~(lower + ONES * (0x7F - 'z'));
        long digits = (low + ONES * (0x80 - '0')) & ~(low + ONES * (0x7F - '9'));
        long high = (letters | digits | eight) & HIGHS;
        all |= eight;
        gathered |= (((high >>> 7) * GATHER) >>> (Long.SIZE - Byte.SIZE)) << shift;
      }
      bits[word] = gathered;
    }
    if (words > 0) {
      bits[words - 1] &= -1L >>> (start - end);
    }
    bits[words] = 0;
    ascii = (all & HIGHS) == 0;
  }

  /** Whether the text is all ASCII for certain. */
  boolean isAscii() {
    return ascii;
  }

  /** The first byte of a word from {@code place} on, or -1. Places count from the start. */
  int wordStart(int place) {
    int word = place >>> 6;
    long left = bits[word] & (-1L << place);
    while (left == 0) {
      word++;
      if (word >= words) {
        return -1;
      }
      left = bits[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(left);
  }

  /** The first byte from {@code place} on that belongs to no word; it may be the text's end. */
  int wordEnd(int place) {
    int word = place >>> 6;
    long left = ~bits[word] & (-1L << place);
    while (left == 0) {
      word++;
      left = ~bits[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(left);
  }
}
