package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Looks for a folded ASCII literal in raw UTF-8, before anything is decoded. It may let through
 * texts whose folded form does not hold the literal, and never drops one whose form does: the few
 * characters outside ASCII whose folded form is or starts with an ASCII character are spelled out,
 * and no character loses an ASCII form by what stands next to it. Immutable.
 */
public final class LiteralSearch implements ByteFilter {
  /** Letters and digits from the most to the least frequent in texts of all kinds. */
  private static final String FREQUENT = " etaoinsrhldcumfpgwybvk.,1028/345679:#@-_'xjqz";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** What a lower-case letter of ASCII has, and its upper case has not. */
  private static final long CASE_BIT = 0x20;

  private final byte[] lower;
  private final byte[] upper;
  private final byte[][] others;
  private final Folding folding;
  private final CharacterKinds kinds;
  private final boolean wholeStart;
  private final boolean wholeEnd;
  private final int anchor;
  private final int partner;
  private final long anchors;
  private final long anchorCase;
  private final long partners;
  private final long partnerCase;

  private LiteralSearch(
      String literal, Folding folding, CharacterKinds kinds, boolean wholeStart, boolean wholeEnd) {
    this.folding = folding;
    this.kinds = kinds;
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
    this.partner = partner(literal, others, anchor);
    this.anchorCase = lower[anchor] == upper[anchor] ? 0 : ONES * CASE_BIT;
    this.anchors = ONES * lower[anchor];
    this.partnerCase = lower[partner] == upper[partner] ? 0 : ONES * CASE_BIT;
    this.partners = ONES * lower[partner];
  }

  /** For a folded literal, ASCII and not empty, that may stand inside words. */
  public static LiteralSearch anywhere(String literal, Folding folding) {
    CharacterKinds kinds = CharacterKinds.of(Cutting.standard(folding));
    return new LiteralSearch(literal, folding, kinds, false, false);
  }

  /**
   * For a stretch of ASCII in a folded word. Where it reaches to an end of the word, no regular
   * character may stand next to it, unless the word is a mark that is kept.
   *
   * @param wholeStart whether the stretch starts the word
   * @param wholeEnd whether the stretch ends the word
   */
  static LiteralSearch inWord(
      String literal, boolean wholeStart, boolean wholeEnd, Cutting cutting) {
    CharacterKinds kinds = CharacterKinds.of(cutting);
    boolean regular = kinds.of(literal.charAt(0)) == CharacterKinds.REGULAR;
    return new LiteralSearch(
        literal, cutting.folding(), kinds, regular && wholeStart, regular && wholeEnd);
  }

  private static int rarest(String literal, byte[][] others) {
    int best = 0;
    for (int i = 1; i < others.length; i++) {
      if (rarity(literal, others, i) > rarity(literal, others, best)) {
        best = i;
      }
    }
    return best;
  }

  /** A character that always stands as far from the anchor as in the literal; else the anchor. */
  private static int partner(String literal, byte[][] others, int anchor) {
    int best = anchor;
    for (int step : new int[] {-1, 1}) {
      int i = anchor + step;
      while (i >= 0 && i < others.length && others[i].length == 0 && others[anchor].length == 0) {
        if (best == anchor || rarity(literal, others, i) > rarity(literal, others, best)) {
          best = i;
        }
        i += step;
      }
    }
    return best;
  }

  private static int rarity(String literal, byte[][] others, int i) {
    return others[i].length > 0 ? 0 : rarity(literal.charAt(i));
  }

  /** How rare an ASCII character is: from 1 on, the higher the rarer. */
  static int rarity(char c) {
    int place = FREQUENT.indexOf(Character.toLowerCase(c));
    return place < 0 ? FREQUENT.length() + 1 : place + 1;
  }

  /** Whether the literal, in one of its spellings, stands in the slice. */
  @Override
  public boolean mayHold(byte[] bytes, int start, int length) {
    return next(bytes, start, start + length) >= 0;
  }

  @Override
  public Optional<LiteralSearch> literal() {
    return Optional.of(this);
  }

  /** Whether {@link #candidate} can be asked: some character of the literal has one spelling. */
  public boolean hasCandidates() {
    return others[anchor].length == 0;
  }

  /**
   * The first place in {@code [from, end)} that may be inside the literal; -1 if there is none. It
   * looks at two bytes of the literal alone, and not for where texts end: {@link #standsAround}
   * tells the rest.
   */
  public int candidate(byte[] bytes, int from, int end) {
    int distance = partner - anchor;
    int at = Math.max(from, -distance);
    int last = Math.min(end - 1, bytes.length - Long.BYTES - Math.max(0, distance));
    for (; at <= last; at += Long.BYTES) {
      long hits = zeros(differences(bytes, at, distance));
      if (hits != 0) {
        int hit = at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
        return hit < end ? hit : -1;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] == lower[anchor] || bytes[at] == upper[anchor]) {
        return at;
      }
    }
    return -1;
  }

  /**
   * A place inside the first spelling of the literal in {@code [start, end)}; -1 if there is none.
   */
  public int next(byte[] bytes, int start, int end) {
    int distance = partner - anchor;
    int at = start + Math.max(0, -distance);
    if (others[anchor].length == 0) {
      for (int last = end - Long.BYTES - Math.max(0, distance); at <= last; at += Long.BYTES) {
        long hits = zeros(differences(bytes, at, distance));
        while (hits != 0) {
          int hit = at + Long.numberOfTrailingZeros(hits) / 8;
          if (standsAround(bytes, start, end, hit)) {
            return hit;
          }
          hits &= hits - 1;
        }
      }
    }
    for (; at < end; at++) {
      if (standsAround(bytes, start, end, at)) {
        return at;
      }
    }
    return -1;
  }

  /** Eight bytes, each 0 where the anchor stands and the partner beside it. */
  private long differences(byte[] bytes, int at, int distance) {
    long eight = (long) LONGS.get(bytes, at) | anchorCase;
    long beside = (long) LONGS.get(bytes, at + distance) | partnerCase;
    return (eight ^ anchors) | (beside ^ partners);
  }

  /** The high bit of each byte that is 0; bytes above a zero may be marked in error. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGHS;
  }

  /** Whether the literal stands in {@code [start, end)} around a candidate. */
  public boolean standsAround(byte[] bytes, int start, int end, int at) {
    int after = forward(bytes, end, at);
    if (after < 0 || (wholeEnd && goesOn(bytes, end, after))) {
      return false;
    }
    int first = backward(bytes, start, at);
    return first >= 0 && !(wholeStart && first > start && isRegular(bytes[first - 1]));
  }

  /**
   * Whether the word before {@code after} is for certain longer. The folded form of a character
   * outside ASCII may be longer than what was found of it, and end the word: that of U+0130 does.
   */
  private boolean goesOn(byte[] bytes, int end, int after) {
    return after < end && bytes[after - 1] >= 0 && isRegular(bytes[after]);
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
  private boolean isRegular(byte b) {
    return b >= 0 && kinds.of(folding.fold(b)) == CharacterKinds.REGULAR;
  }
}
