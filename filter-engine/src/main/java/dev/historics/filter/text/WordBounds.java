package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where words of letters, digits and characters beyond ASCII start and end in a text. Eight bytes
 * are looked at together, and no branch depends on them but where a text leaves ASCII. Reused;
 * owned by one thread.
 */
final class WordBounds {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long CASE_BITS = ONES * 0x20;

  /** Brings the high bits of eight bytes together, in the byte above. */
  private static final long GATHER = 0x0102040810204080L;

  private final boolean knowsPairs;
  private int[] places = new int[64];

  /** Of each byte and of the end whether it is no character of {@link WordFilter}. */
  private long[] strange = new long[8];

  private boolean ascii;
  private long anyStrange;

  /**
   * @param knowsPairs whether {@link #isStrange} is asked for
   */
  WordBounds(boolean knowsPairs) {
    this.knowsPairs = knowsPairs;
  }

  /**
   * Looks at {@code [start, end)}; eight bytes can be read from everywhere before the end.
   *
   * @return how many places there are: where the first word starts, where it ends, and so on
   */
  int read(byte[] bytes, int start, int end) {
    int length = end - start;
    if (places.length < length + 2) {
      places = new int[length + length / 2 + 2];
    }
    int blocks = length / Long.SIZE + 1;
    if (strange.length < blocks) {
      strange = new long[blocks + blocks / 2];
    }
    long all = 0;
    int count = 0;
    long before = 0;
    for (int block = 0; block < blocks; block++) {
      int from = start + block * Long.SIZE;
      int last = Math.min(end, from + Long.SIZE);
      long inWords = 0;
      for (int at = from; at < last; at += Long.BYTES) {
        long eight = (long) LONGS.get(bytes, at);
        all |= eight;
        inWords |= gather(letters(eight) | (eight & HIGHS)) << (at - from);
      }
      if (last - from < Long.SIZE) {
        inWords &= ~(-1L << (last - from));
      }
      long bounds = inWords ^ (inWords << 1 | before);
      before = inWords >>> (Long.SIZE - 1);
      int stop = count + Long.bitCount(bounds);
      while (count < stop) {
        places[count] = from + Long.numberOfTrailingZeros(bounds);
        bounds &= bounds - 1;
        count++;
      }
    }
    ascii = (all & HIGHS) == 0;
    anyStrange = 0;
    if (!ascii) {
      findStrange(bytes, start, end);
    }
    return count;
  }

  private void findStrange(byte[] bytes, int start, int end) {
    int length = end - start;
    int blocks = length / Long.SIZE + 1;
    long openPair = 0;
    for (int block = 0; block < blocks; block++) {
      int from = start + block * Long.SIZE;
      int last = Math.min(end, from + Long.SIZE);
      long bits = 0;
      for (int at = from; at < last; at += Long.BYTES) {
        long eight = (long) LONGS.get(bytes, at);
        long high = eight & HIGHS;
        long lead = high & (eight << 1);
        bits |=
            gather(knowsPairs ? WordFilter.strange(eight, lead, openPair) : high) << (at - from);
        openPair = lead >>> (Long.SIZE - Byte.SIZE);
      }
      strange[block] = bits;
      anyStrange |= bits;
    }
    if (length > 0 && (bytes[end - 1] & 0xC0) == 0xC0) {
      strange[length / Long.SIZE] |= 1L << length;
      anyStrange = 1;
    }
  }

  /** The high bits of bytes that are letters or digits of ASCII, and of some beyond it. */
  private static long letters(long eight) {
    long low = eight & ~HIGHS;
    long lower = low | CASE_BITS;
    return ((lower + ONES * (0x80 - 'a')) & ~(lower + ONES * (0x7F - 'z')) & HIGHS)
        | ((low + ONES * (0x80 - '0')) & ~(low + ONES * (0x7F - '9')) & HIGHS);
  }

  private static long gather(long highs) {
    return ((highs >>> 7) * GATHER) >>> (Long.SIZE - Byte.SIZE);
  }

  /** The places in the array that was read: start and end of a word, and of the next. */
  int[] places() {
    return places;
  }

  /** Whether the text is all ASCII for certain. */
  boolean isAscii() {
    return ascii;
  }

  /** Whether {@link #isStrange(int, int)} says yes of some stretch. */
  boolean hasStrange() {
    return anyStrange != 0;
  }

  /**
   * Whether a stretch has a character beyond ASCII that is not one of {@link WordFilter}. Both
   * count from the start of what was read.
   */
  boolean isStrange(int from, int to) {
    int last = to / Long.SIZE;
    long wanted = -1L << from;
    for (int block = from / Long.SIZE; block < last; block++) {
      if ((strange[block] & wanted) != 0) {
        return true;
      }
      wanted = -1;
    }
    return (strange[last] & wanted & (-1L >>> (Long.SIZE - 1 - to))) != 0;
  }
}
