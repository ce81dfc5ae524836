package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers for folded words, made to be asked for every word of every text: a filter of bits says
 * for most words that they are not here, and a table without chains has the others. A word is known
 * by its first eight bytes as one number and its length, and by its bytes beyond. Immutable; shared
 * by threads.
 */
public final class WordIndex {
  /** What stands for the number of a word that is not in the index. */
  static final int NONE = -1;

  private static final int ASCII = 0x80;
  private static final int FILTER_BITS_MIN = 12;
  private static final int FILTER_BITS_MAX = 24;

  /** Bits of the filter for each word: so one word in so many is looked up in vain. */
  private static final int FILTER_BITS_PER_WORD = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final Cutting cutting;
  private final byte[][] words;

  /** Of each character of ASCII: the number of the word that it is, or {@link #NONE}. */
  private final int[] marks = new int[ASCII];

  private int longest;
  private boolean signs;
  private final long[] filter;
  private final int filterShift;

  /** Of each slot: the first eight bytes of its word, the first one lowest, and 0 beyond. */
  private final long[] heads;

  /** Of each slot: one more than the number of its word; 0 is free. */
  private final int[] slots;

  /**
   * An index in which a word has the number of its place.
   *
   * @param words folded and cut as {@code cutting} says, each once
   */
  public WordIndex(List<String> words, Cutting cutting) {
    this.cutting = cutting;
    this.words =
        words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    Arrays.fill(marks, NONE);
    long wanted = Math.max(1, (long) FILTER_BITS_PER_WORD * words.size());
    int bits = Long.SIZE - Long.numberOfLeadingZeros(wanted - 1);
    int filterBits = Math.min(FILTER_BITS_MAX, Math.max(FILTER_BITS_MIN, bits));
    this.filter = new long[1 << (filterBits - 6)];
    this.filterShift = Long.SIZE - filterBits;
    this.slots = new int[Math.max(16, Integer.highestOneBit(Math.max(1, words.size())) * 4)];
    this.heads = new long[slots.length];
    for (int number = 0; number < this.words.length; number++) {
      add(number);
    }
  }

  private void add(int number) {
    byte[] word = words[number];
    longest = Math.max(longest, word.length);
    signs |= isSigns(word);
    if (word.length == 0 || find(word, 0, word.length) != NONE) {
      throw new IllegalArgumentException(
          "expected words that are not empty, each once, got '%s' as number %d"
              .formatted(new String(word, StandardCharsets.UTF_8), number));
    }
    if (word.length == 1 && word[0] >= 0) {
      marks[word[0]] = number;
    }
    long hash = hash(word, 0, word.length);
    filter[filterPlace(hash)] |= 1L << (hash >>> filterShift);
    int slot = firstSlot(hash);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number + 1;
    heads[slot] = head(word, 0, word.length);
  }

  /** A new scan for these words, for one thread. */
  public TextScan scan() {
    return new WordScan(this);
  }

  /**
   * A new scan for whole texts, for one thread: the words stand for folded texts that are not cut.
   *
   * @param trimmed whether white space around a text is left out of account
   */
  public TextScan scanWhole(boolean trimmed) {
    return new ValueScan(this, trimmed);
  }

  private static boolean isSigns(byte[] word) {
    for (byte b : word) {
      if (b < 0 || isLetterOrDigit(b)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character is a letter or a digit of ASCII. */
  static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Whether some word is ASCII without a letter or a digit. */
  boolean hasSigns() {
    return signs;
  }

  /** The bytes of the longest word. */
  int longest() {
    return longest;
  }

  Cutting cutting() {
    return cutting;
  }

  /** The number of words. */
  int size() {
    return words.length;
  }

  /** The number of the word that is one character of ASCII, or {@link #NONE}. */
  int mark(byte ascii) {
    return marks[ascii];
  }

  /** The hash of a word of at most eight bytes. */
  static long hash(long head) {
    return (head ^ (head >>> 29)) * MIX;
  }

  /** The hash of a word that has up to eight more bytes than the one with {@code hash}. */
  static long append(long hash, long bytes) {
    return ((hash ^ (hash >>> 32)) + bytes) * MIX;
  }

  private int filterPlace(long hash) {
    return (int) (hash >>> filterShift >>> 6);
  }

  private int firstSlot(long hash) {
    return (int) (hash >>> 32) & (slots.length - 1);
  }

  /** Whether a word with this hash may be here. */
  boolean mayHold(long hash) {
    return (filter[filterPlace(hash)] & (1L << (hash >>> filterShift))) != 0;
  }

  /** The number of a word of at most eight folded bytes, or {@link #NONE}. */
  int find(long hash, long head, int length) {
    int slot = firstSlot(hash);
    while (slots[slot] != 0) {
      if (heads[slot] == head && words[slots[slot] - 1].length == length) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  /**
   * The number of a word of more than eight bytes, or {@link #NONE}.
   *
   * @param bytes where it stands, folded but for the case of ASCII
   */
  int find(long hash, long head, byte[] bytes, int start, int length) {
    int slot = firstSlot(hash);
    while (slots[slot] != 0) {
      if (heads[slot] == head && isRest(words[slots[slot] - 1], bytes, start, length)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  private boolean isRest(byte[] word, byte[] bytes, int start, int length) {
    if (word.length != length) {
      return false;
    }
    Folding folding = cutting.folding();
    for (int i = Long.BYTES; i < length; i++) {
      if (word[i] != folding.fold(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }

  /** The number of a word, folded, or {@link #NONE}. */
  int find(byte[] bytes, int start, int length) {
    long hash = hash(bytes, start, length);
    if (!mayHold(hash)) {
      return NONE;
    }
    long head = head(bytes, start, length);
    return length <= Long.BYTES ? find(hash, head, length) : find(hash, head, bytes, start, length);
  }

  /**
   * The number of a word, folded, or {@link #NONE}.
   *
   * @param bytes has eight more behind the word, whatever they are
   */
  int findPadded(byte[] bytes, int start, int length) {
    long head = padded(bytes, start, length);
    long hash = hash(head);
    for (int i = Long.BYTES; i < length; i += Long.BYTES) {
      hash = append(hash, padded(bytes, start + i, length - i));
    }
    if (!mayHold(hash)) {
      return NONE;
    }
    return length <= Long.BYTES ? find(hash, head, length) : find(hash, head, bytes, start, length);
  }

  private static long padded(byte[] bytes, int start, int length) {
    long eight = (long) LONGS.get(bytes, start);
    return length >= Long.BYTES ? eight : eight & (-1L >>> (Long.SIZE - Byte.SIZE * length));
  }

  private static long hash(byte[] bytes, int start, int length) {
    long hash = hash(head(bytes, start, length));
    for (int i = Long.BYTES; i < length; i += Long.BYTES) {
      hash = append(hash, head(bytes, start + i, length - i));
    }
    return hash;
  }

  /** Up to eight bytes as a number. */
  private static long head(byte[] bytes, int start, int length) {
    long head = 0;
    for (int i = Math.min(Long.BYTES, length) - 1; i >= 0; i--) {
      head = head << 8 | (bytes[start + i] & 0xFF);
    }
    return head;
  }
}
