package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Says of most words that they are not in an index, from their length and their first eight bytes
 * as they stand in a text: it leaves out of account the bits in which upper and lower case can
 * differ, in ASCII and in characters of two bytes of Latin 1 and the first of Cyrillic. It may let
 * through what is not in the index, and never drops what is. Immutable; shared by threads.
 */
final class WordFilter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long CASE_BITS = ONES * 0x20;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Eight times the first byte of U+0080, and that of U+0400. */
  private static final long LATIN = 0xC2C2C2C2C2C2C2C2L;

  private static final long CYRILLIC = 0xD0D0D0D0D0D0D0D0L;

  private static final int LATIN_START = 0x80;
  private static final int LATIN_END = 0x100;
  private static final int CYRILLIC_START = 0x400;
  private static final int CYRILLIC_END = 0x480;

  /** From here on upper and lower case differ in a bit that is not left out of account. */
  private static final int OLD_CYRILLIC_START = 0x460;

  private static final int BITS_PER_WORD = 32;
  private static final int BITS_MIN = 12;
  private static final int BITS_MAX = 24;

  private final boolean knowsPairs;
  private final long[] bits;
  private final int shift;

  /**
   * @param words folded and cut, as UTF-8
   */
  WordFilter(byte[][] words, Cutting cutting) {
    this.knowsPairs =
        stay(cutting, LATIN_START, LATIN_END, true)
            && stay(cutting, CYRILLIC_START, OLD_CYRILLIC_START, true)
            && stay(cutting, OLD_CYRILLIC_START, CYRILLIC_END, false)
            && Arrays.stream(words).noneMatch(WordFilter::hasOldCyrillic);
    long wanted = Math.max(1, (long) BITS_PER_WORD * words.length);
    int size =
        Math.min(BITS_MAX, Math.max(BITS_MIN, Long.SIZE - Long.numberOfLeadingZeros(wanted - 1)));
    this.bits = new long[1 << (size - 6)];
    this.shift = Long.SIZE - size;
    for (byte[] word : words) {
      byte[] padded = Arrays.copyOf(word, word.length + WordIndex.SHORT_MAX);
      long hash = hash(kept(head(padded, 0, word.length)), word.length);
      bits[(int) (hash >>> shift >>> 6)] |= 1L << (hash >>> shift);
    }
  }

  /**
   * Whether it knows words that have characters of two bytes; if not, only those of ASCII may be
   * asked for. Those with other characters never may.
   */
  boolean knowsPairs() {
    return knowsPairs;
  }

  /** Whether each of these is folded to one of them that is part of words. */
  private static boolean stay(Cutting cutting, int start, int end, boolean sameKept) {
    CharacterKinds kinds = CharacterKinds.of(cutting);
    LoneCharacters lone = LoneCharacters.of(cutting.folding());
    for (int c = start; c < end; c++) {
      int form = lone.folded(c);
      if (form < start
          || form >= end
          || kinds.of(form) != CharacterKinds.REGULAR
          || (sameKept && kept(form) != kept(c))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasOldCyrillic(byte[] word) {
    for (int i = 0; i + 1 < word.length; i++) {
      if (word[i] == (byte) 0xD1 && (word[i + 1] & 0xFF) >= 0xA0) {
        return true;
      }
    }
    return false;
  }

  /** What is kept of a character. */
  private static long kept(int c) {
    long pair = (0xC0 | c >> 6) | (0x80L | (c & 0x3F)) << Byte.SIZE;
    return kept(pair);
  }

  private static long kept(long eight) {
    long high = eight & HIGHS;
    long lead = high & (eight << 1);
    return eight | CASE_BITS | (high >>> 3) | (lead >>> 7);
  }

  /**
   * The high bits of those of eight bytes that are beyond ASCII and no character of two bytes that
   * the filter knows. Where a second byte is missing, the byte that stands there has the bit.
   *
   * @param lead the high bits of the first bytes of characters
   * @param open 0x80 if such a byte stands before the eight
   */
  static long strange(long eight, long lead, long open) {
    long follow = eight & HIGHS & ~lead;
    long latin = eight ^ LATIN;
    long cyrillic = eight ^ CYRILLIC;
    return (follow ^ (lead << Byte.SIZE | open)) | (lead & notPaired(latin) & notPaired(cyrillic));
  }

  /** The high bits of bytes that are neither 0 nor 1. */
  private static long notPaired(long eight) {
    long value = eight & ~ONES;
    return (((value & ~HIGHS) + ~HIGHS) | value) & HIGHS;
  }

  /**
   * 1 if a word may be in the index, else 0.
   *
   * @param bytes eight can be read from everywhere in the word
   */
  int bit(byte[] bytes, int start, int end) {
    return bit(hash(kept(head(bytes, start, end)), end - start));
  }

  /** What {@link #bit} says, of a word that is all ASCII. */
  int asciiBit(byte[] bytes, int start, int end) {
    return bit(hash(head(bytes, start, end) | CASE_BITS, end - start));
  }

  private int bit(long hash) {
    return (int) (bits[(int) (hash >>> shift >>> 6)] >>> (hash >>> shift)) & 1;
  }

  private static long hash(long keptHead, int length) {
    long hash = (keptHead + length) * MIX;
    return (hash ^ (hash >>> 32)) * MIX;
  }

  /** Up to eight bytes, and 0 beyond. */
  private static long head(byte[] bytes, int start, int end) {
    int missing = Long.BYTES - Math.min(Long.BYTES, end - start);
    return (long) LONGS.get(bytes, start) & (-1L >>> (missing * Byte.SIZE));
  }
}
