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

  private final WordBits bits = new WordBits();
  private final boolean plain;

  /** Whether only words of letters and digits are looked for, and all else ends words. */
  private final boolean bare;

  private final long caseBits;
  private byte[] padded = new byte[256];

  WordScan(WordIndex index) {
    this.index = index;
    this.found = new FoundNumbers(index.size());
    this.odd = new OddStretch(index, found);
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
    } else if (start + length <= bytes.length - Long.BYTES) {
      look(bytes, start, start + length);
    } else {
      if (padded.length < length + Long.BYTES) {
        padded = new byte[Math.addExact(length, length / 2 + Long.BYTES)];
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

  /** Eight bytes can be read from everywhere before {@code end}. */
  private void look(byte[] bytes, int start, int end) {
    if (!bare || !bareWords(bytes, start, end)) {
      words(bytes, start, end);
    }
  }

  /**
   * Goes from word to word by their bits; false if one of them may be longer than its bits. Those
   * that were found before are found again then.
   */
  private boolean bareWords(byte[] bytes, int start, int end) {
    bits.read(bytes, start, end);
    boolean ascii = bits.isAscii();
    int after;
    for (int word = bits.wordStart(0); word >= 0; word = bits.wordStart(after)) {
      after = bits.wordEnd(word);
      int from = start + word;
      int to = start + after;
      if ((from > start && goesOn(bytes, from - 1, end)) || (to < end && goesOn(bytes, to, end))) {
        return false;
      }
      if (!ascii && !CodePoints.isAscii(bytes, from, to - from)) {
        odd.words(bytes, from, to);
      } else if (to - from <= Long.BYTES) {
        word((long) LONGS.get(bytes, from), to - from);
      } else {
        longWord(bytes, from, to - from);
      }
    }
    return true;
  }

  /** Whether a character beside a word may be part of it. */
  private boolean goesOn(byte[] bytes, int at, int end) {
    return kinds[bytes[at]] == CharacterKinds.REGULAR || joins(bytes, at, end);
  }

  private void longWord(byte[] bytes, int start, int length) {
    long head = (long) LONGS.get(bytes, start) | caseBits;
    long hash = WordIndex.hash(head);
    for (int i = Long.BYTES; i < length; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, start + i);
      hash = WordIndex.append(hash, first(eight, Math.min(Long.BYTES, length - i)));
    }
    if (index.mayHold(hash)) {
      add(index.find(hash, head, bytes, start, length));
    }
  }

  /** Goes from one end of a word to the next, and looks at each character there. */
  private void words(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      long eight = (long) LONGS.get(bytes, at);
      long stops = stops(eight);
      if (stops == 0) {
        at = longWord(bytes, at, end, eight);
        continue;
      }
      int bits = Long.numberOfTrailingZeros(stops) & -Byte.SIZE;
      int stop = at + bits / Byte.SIZE;
      if (stop >= end) {
        word(eight, end - at);
        return;
      }
      byte kind = kinds[bytes[stop] & 0xFF];
      if (kind <= CharacterKinds.REGULAR || joins(bytes, stop, end)) {
        at = odd(bytes, at, end);
        continue;
      }
      if (bits > 0) {
        word(eight, stop - at);
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

  /** Looks up a word of one to eight letters and digits. */
  private void word(long eight, int length) {
    long head = first(eight, length);
    long hash = WordIndex.hash(head);
    if (index.mayHold(hash)) {
      add(index.find(hash, head, length));
    }
  }

  /** The first bytes of eight letters and digits, folded. */
  private long first(long eight, int length) {
    return (eight | caseBits) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
  }

  private void mark(byte ascii) {
    add(index.mark(ascii));
  }

  private void add(int number) {
    if (number != WordIndex.NONE) {
      found.add(number);
    }
  }

  /** A word that starts with eight letters or digits, unless the text ends before. */
  private int longWord(byte[] bytes, int start, int end, long first) {
    if (end - start <= Long.BYTES) {
      word(first, end - start);
      return end;
    }
    long head = first | caseBits;
    long hash = WordIndex.hash(head);
    int at = start + Long.BYTES;
    while (at < end) {
      long eight = (long) LONGS.get(bytes, at);
      long stops = stops(eight);
      int length = stops == 0 ? Long.BYTES : Long.numberOfTrailingZeros(stops) / Byte.SIZE;
      length = Math.min(length, end - at);
      if (length > 0) {
        hash = WordIndex.append(hash, first(eight, length));
      }
      at += length;
      if (length < Long.BYTES) {
        break;
      }
    }
    if (at < end && (kinds[bytes[at] & 0xFF] <= CharacterKinds.REGULAR || joins(bytes, at, end))) {
      return odd(bytes, start, end);
    }
    if (at - start == Long.BYTES) {
      word(first, Long.BYTES);
    } else if (index.mayHold(hash)) {
      add(index.find(hash, head, bytes, start, at - start));
    }
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
