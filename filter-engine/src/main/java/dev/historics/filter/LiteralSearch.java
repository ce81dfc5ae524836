package dev.historics.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Looks for a folded ASCII literal in raw UTF-8, before anything is decoded. It may let through
 * texts whose folded form does not hold the literal, and never drops one whose form does: the few
 * characters outside ASCII whose folded form is or starts with an ASCII character are spelled out,
 * and no character loses an ASCII form by what stands next to it. Immutable.
 */
final class LiteralSearch {
  /** Letters and digits from the most to the least frequent in texts of all kinds. */
  private static final String FREQUENT = " etaoinsrhldcumfpgwybvk.,1028/345679:#@-_'xjqz";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final byte[] lower;
  private final byte[] upper;
  private final byte[][] others;
  private final boolean wholeStart;
  private final boolean wholeEnd;
  private final int anchor;
  private final long lowerAnchors;
  private final long upperAnchors;

  private LiteralSearch(String literal, Folding folding, boolean wholeStart, boolean wholeEnd) {
    this.lower = literal.getBytes(StandardCharsets.US_ASCII);
    this.upper = lower.clone();
    this.others = new byte[lower.length][];
    for (int i = 0; i < lower.length; i++) {
      if (folding == Folding.CASELESS && lower[i] >= 'a' && lower[i] <= 'z') {
        upper[i] = (byte) (lower[i] - 'a' + 'A');
      }
      others[i] = folding.otherForm((char) lower[i]).getBytes(StandardCharsets.UTF_8);
    }
    this.wholeStart = wholeStart;
    this.wholeEnd = wholeEnd;
    this.anchor = rarest(literal, others);
    this.lowerAnchors = ONES * lower[anchor];
    this.upperAnchors = ONES * upper[anchor];
  }

  /** For a folded literal, ASCII and not empty, that may stand inside words. */
  static LiteralSearch anywhere(String literal, Folding folding) {
    return new LiteralSearch(literal, folding, false, false);
  }

  /**
   * For a stretch of ASCII in a folded word. Where it reaches to an end of the word, no regular
   * character may stand next to it, unless the word is a punctuation mark.
   */
  static LiteralSearch inWord(String word, ByteFilter.AsciiRun run, Folding folding) {
    boolean regular = Words.isRegular(word.charAt(0));
    return new LiteralSearch(
        run.of(word), folding, regular && run.start() == 0, regular && run.end() == word.length());
  }

  private static int rarest(String literal, byte[][] others) {
    int best = 0;
    int bestRank = -1;
    for (int i = 0; i < others.length; i++) {
      int place = FREQUENT.indexOf(Character.toLowerCase(literal.charAt(i)));
      int rank = others[i].length > 0 ? 0 : place < 0 ? FREQUENT.length() + 1 : place + 1;
      if (rank > bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  /** Whether the literal, in one of its spellings, stands in the slice. */
  boolean find(byte[] bytes, int start, int length) {
    int end = start + length;
    int at = start;
    if (others[anchor].length == 0) {
      for (; at <= end - Long.BYTES; at += Long.BYTES) {
        long eight = (long) LONGS.get(bytes, at);
        long hits = zeros(eight ^ lowerAnchors) | zeros(eight ^ upperAnchors);
        while (hits != 0) {
          if (standsAround(bytes, start, end, at + Long.numberOfTrailingZeros(hits) / 8)) {
            return true;
          }
          hits &= hits - 1;
        }
      }
    }
    for (; at < end; at++) {
      if (standsAround(bytes, start, end, at)) {
        return true;
      }
    }
    return false;
  }

  /** The high bit of each byte that is 0; bytes above a zero may be marked in error. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGHS;
  }

  /** Whether the literal stands where its anchor is at {@code at}. */
  private boolean standsAround(byte[] bytes, int start, int end, int at) {
    int after = forward(bytes, end, at);
    if (after < 0 || (wholeEnd && after < end && isRegular(bytes[after]))) {
      return false;
    }
    int first = backward(bytes, start, at);
    return first >= 0 && !(wholeStart && first > start && isRegular(bytes[first - 1]));
  }

  /** Where the literal ends if its anchor starts at {@code at}, or -1. */
  private int forward(byte[] bytes, int end, int at) {
    int place = at;
    for (int i = anchor; i < lower.length; i++) {
      if (place < end && (bytes[place] == lower[i] || bytes[place] == upper[i])) {
        place++;
      } else if (others[i].length > 0 && isAt(bytes, end, place, others[i])) {
        place += others[i].length;
      } else {
        return -1;
      }
    }
    return place;
  }

  /** Where the literal starts if what stands before its anchor ends at {@code at}, or -1. */
  private int backward(byte[] bytes, int start, int at) {
    int place = at;
    for (int i = anchor - 1; i >= 0; i--) {
      if (place > start && (bytes[place - 1] == lower[i] || bytes[place - 1] == upper[i])) {
        place--;
      } else if (others[i].length > 0
          && place - others[i].length >= start
          && isAt(bytes, at, place - others[i].length, others[i])) {
        place -= others[i].length;
      } else {
        return -1;
      }
    }
    return place;
  }

  private static boolean isAt(byte[] bytes, int end, int at, byte[] expected) {
    if (end - at < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a byte is for certain part of a longer word; bytes outside ASCII are not certain. */
  private static boolean isRegular(byte b) {
    return b >= 0 && Words.isRegular((char) b);
  }
}
