package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the words of an index in raw UTF-8. Words of letters and digits of ASCII are taken eight
 * bytes at a time. A stretch with anything else in it, from one ASCII character that ends words to
 * the next, is folded and cut on its own: no character beyond such an end has a part in that.
 */
final class WordScan implements TextScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;

  /** What letters of lower case, and digits, have. */
  private static final long CASE_BITS = ONES * 0x20;

  private static final byte OUTSIDE = -1;

  private final WordIndex index;
  private final FoundNumbers found;
  private final OddStretch odd;

  /** Of each character of ASCII what it does, and {@link #OUTSIDE} for bytes beyond. */
  private final byte[] kinds = new byte[256];

  private final WordFilter filter;
  private final WordBounds bounds;

  /** Where the words stand that the filter lets through. */
  private int[] chosen = new int[64];

  private final boolean plain;

  /** Whether only words of letters and digits are looked for, and all else ends words. */
  private final boolean bare;

  private final long caseBits;
  private byte[] padded = new byte[256];

  WordScan(WordIndex index) {
    this.index = index;
    this.found = new FoundNumbers(index.size());
    this.odd = new OddStretch(index, found);
    this.filter = index.filter();
    this.bounds = new WordBounds(filter.knowsPairs());
    Folding folding = index.cutting().folding();
    CharacterKinds all = CharacterKinds.of(index.cutting());
    Arrays.fill(kinds, OUTSIDE);
    boolean regular = true;
    for (int c = 0; c < 0x80; c++) {
      kinds[c] = all.of(folding.fold((byte) c));
      regular &= !WordIndex.isLetterOrDigit(c) || kinds[c] == CharacterKinds.REGULAR;
    }
    this.plain = regular;
    this.bare = regular && !index.hasSigns() && isBare();
    this.caseBits = folding == Folding.CASELESS ? CASE_BITS : 0;
  }

  private boolean isBare() {
    for (int c = ' '; c < 0x7F; c++) {
      if (!WordIndex.isLetterOrDigit(c) && c != '$' && kinds[c] == CharacterKinds.REGULAR) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int scan(byte[] bytes, int start, int length) {
    found.clear();
    if (!plain) {
      odd.decode(bytes, start, length);
    } else if (start + length <= bytes.length - WordIndex.SHORT_MAX) {
      look(bytes, start, start + length);
    } else {
      if (padded.length < length + WordIndex.SHORT_MAX) {
        padded = new byte[Math.addExact(length, length / 2 + WordIndex.SHORT_MAX)];
      }
      System.arraycopy(bytes, start, padded, 0, length);
      look(padded, 0, length);
    }
    return found.size();
  }

  @Override
  public int[] found() {
    return found.toArray();
  }

  /** Sixteen bytes can be read from everywhere before {@code end}. */
  private void look(byte[] bytes, int start, int end) {
    if (!bare || !bareWords(bytes, start, end)) {
      words(bytes, start, end);
    }
  }

  /** Looks at the words between bounds; false if a character beside one may be part of it. */
  private boolean bareWords(byte[] bytes, int start, int end) {
    int count = bounds.read(bytes, start, end);
    int[] places = bounds.places();
    if (index.hasOtherRegular() && !standAlone(bytes, start, end, places, count)) {
      return false;
    }
    int candidates = candidates(bytes, start, count);
    if (!standAlone(bytes, start, end, chosen, candidates)) {
      return false;
    }
    for (int i = 0; i < candidates; i += 2) {
      int from = chosen[i];
      int length = chosen[i + 1] - from;
      if (bounds.isAscii() || CodePoints.isAscii(bytes, from, length)) {
        word(bytes, from, length);
      } else {
        odd.word(bytes, from, length);
      }
    }
    return true;
  }

  /** Leaves out the words that are not in the index for certain. */
  private int candidates(byte[] bytes, int start, int count) {
    int[] places = bounds.places();
    if (chosen.length < count + 2) {
      chosen = new int[places.length];
    }
    return bounds.isAscii()
        ? asciiCandidates(bytes, places, count)
        : mixedCandidates(bytes, start, places, count);
  }

  private int asciiCandidates(byte[] bytes, int[] places, int count) {
    int candidates = 0;
    for (int i = 0; i < count; i += 2) {
      int from = places[i];
      int to = places[i + 1];
      chosen[candidates] = from;
      chosen[candidates + 1] = to;
      candidates += 2 * filter.asciiBit(bytes, from, to);
    }
    return candidates;
  }

  private int mixedCandidates(byte[] bytes, int start, int[] places, int count) {
    boolean strange = bounds.hasStrange();
    int candidates = 0;
    for (int i = 0; i < count; i += 2) {
      int from = places[i];
      int to = places[i + 1];
      int bit = filter.bit(bytes, from, to);
      if (strange && bounds.isStrange(from - start, to - start)) {
        bit = 1;
      }
      chosen[candidates] = from;
      chosen[candidates + 1] = to;
      candidates += 2 * bit;
    }
    return candidates;
  }

  /** Whether no word goes on with a character beside it. */
  private boolean standAlone(byte[] bytes, int start, int end, int[] places, int count) {
    for (int i = 0; i < count; i += 2) {
      int from = places[i];
      int to = places[i + 1];
      if ((from > start && goesOn(bytes, from - 1, end)) || (to < end && goesOn(bytes, to, end))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character beside a word may be part of it. */
  private boolean goesOn(byte[] bytes, int at, int end) {
    return kinds[bytes[at]] == CharacterKinds.REGULAR || joins(bytes, at, end);
  }

  private void plainWord(byte[] bytes, int start, int end) {
    if (filter.bit(bytes, start, end) != 0) {
      word(bytes, start, end - start);
    }
  }

  /** Looks up a word of letters and digits. */
  private void word(byte[] bytes, int start, int length) {
    if (length > WordIndex.SHORT_MAX) {
      longWord(bytes, start, length);
      return;
    }
    long headMask = WordIndex.headMask(length);
    long tailMask = WordIndex.tailMask(length);
    long head = ((long) LONGS.get(bytes, start) | caseBits) & headMask;
    long tail = ((long) LONGS.get(bytes, start + Long.BYTES) | caseBits) & tailMask;
    add(index.find(WordIndex.hash(head, tail), head, tail, length));
  }

  /** Looks up a word of more than sixteen letters and digits. */
  private void longWord(byte[] bytes, int start, int length) {
    long head = (long) LONGS.get(bytes, start) | caseBits;
    long tail = (long) LONGS.get(bytes, start + Long.BYTES) | caseBits;
    long hash = WordIndex.hash(head, tail);
    for (int i = WordIndex.SHORT_MAX; i < length; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, start + i) | caseBits;
      hash = WordIndex.append(hash, eight & WordIndex.headMask(length - i));
    }
    add(index.find(hash, head, tail, bytes, start, length));
  }

  /** Goes from one end of a word to the next, and looks at each character there. */
  private void words(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      long eight = (long) LONGS.get(bytes, at);
      long stops = stops(eight);
      if (stops == 0) {
        at = openWord(bytes, at, end);
        continue;
      }
      int bits = Long.numberOfTrailingZeros(stops) & -Byte.SIZE;
      int stop = at + bits / Byte.SIZE;
      if (stop >= end) {
        plainWord(bytes, at, end);
        return;
      }
      byte kind = kinds[bytes[stop] & 0xFF];
      if (kind <= CharacterKinds.REGULAR || joins(bytes, stop, end)) {
        at = odd(bytes, at, end);
        continue;
      }
      if (bits > 0) {
        plainWord(bytes, at, stop);
      }
      if (kind == CharacterKinds.KEEP) {
        mark(bytes[stop]);
      }
      at = stop + 1;
    }
  }

  /** The high bit of each byte that is neither a letter nor a digit of ASCII. */
  private static long stops(long eight) {
    long ascii = eight & ~HIGHS;
    long lower = ascii | CASE_BITS;
    long letters = (lower + ONES * (0x80 - 'a')) & ~(lower + ONES * (0x7F - 'z'));
    long digits = (ascii + ONES * (0x80 - '0')) & ~(ascii + ONES * (0x7F - '9'));
    return (~(letters | digits) | eight) & HIGHS;
  }

  private void mark(byte ascii) {
    add(index.mark(ascii));
  }

  private void add(int number) {
    if (number != WordIndex.NONE) {
      found.add(number);
    }
  }

  /** Looks up a word that starts with eight letters or digits, unless the text ends before. */
  private int openWord(byte[] bytes, int start, int end) {
    int at = start;
    long stops = 0;
    while (at < end && stops == 0) {
      stops = stops((long) LONGS.get(bytes, at));
      at += stops == 0 ? Long.BYTES : Long.numberOfTrailingZeros(stops) / Byte.SIZE;
    }
    at = Math.min(at, end);
    if (at < end && (kinds[bytes[at] & 0xFF] <= CharacterKinds.REGULAR || joins(bytes, at, end))) {
      return odd(bytes, start, end);
    }
    plainWord(bytes, start, at);
    return at;
  }

  /** Whether a character that ends words may become another one by what stands after it. */
  private static boolean joins(byte[] bytes, int at, int end) {
    return at + 1 < end && bytes[at + 1] < 0 && OddStretch.takesMarks(bytes[at]);
  }

  /** Looks for words from {@code start} up to a character that ends words for certain. */
  private int odd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      long eight = (long) LONGS.get(bytes, at);
      long marks = stops(eight) & ~eight;
      if (marks == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      if (at < end && kinds[bytes[at]] != CharacterKinds.REGULAR && !joins(bytes, at, end)) {
        break;
      }
      at++;
    }
    int stop = Math.min(at, end);
    odd.words(bytes, start, stop);
    return stop;
  }
}
