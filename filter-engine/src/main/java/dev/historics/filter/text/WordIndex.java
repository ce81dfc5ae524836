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
 * by its first sixteen bytes as two numbers and its length, and by its bytes beyond. Immutable;
 * shared by threads.
 */
public final class WordIndex {
  /** What stands for the number of a word that is not in the index. */
  static final int NONE = -1;

  private static final int ASCII = 0x80;

  /** How many numbers a slot of the table has, and which is where. */
  private static final int SLOT = 4;

  private static final int TAIL = 1;
  private static final int LENGTH = 2;
  private static final int NUMBER = 3;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The bytes of which an index keeps all but the rest of longer words beside each slot. */
  static final int SHORT_MAX = 2 * Long.BYTES;

  private static final long[] HEAD_MASKS = new long[SHORT_MAX + 1];
  private static final long[] TAIL_MASKS = new long[SHORT_MAX + 1];

  static {
    for (int length = 1; length <= SHORT_MAX; length++) {
      HEAD_MASKS[length] = -1L >>> (Long.SIZE - Byte.SIZE * Math.min(Long.BYTES, length));
      if (length > Long.BYTES) {
        TAIL_MASKS[length] = -1L >>> (Long.SIZE - Byte.SIZE * (length - Long.BYTES));
      }
    }
  }

  private final Cutting cutting;
  private final byte[][] words;

  /** Of each character of ASCII: the number of the word that it is, or {@link #NONE}. */
  private final int[] marks = new int[ASCII];

  private int longest;
  private boolean signs;
  private boolean otherRegular;
  private final WordFilter filter;

  /**
   * The slots, each of them four numbers: the first eight bytes of a word, the first one lowest and
   * 0 beyond, the next eight, how many it has, and one more than its number. There 0 is free.
   */
  private final long[] table;

  private final int slotMask;

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
    int slots = Math.max(16, Integer.highestOneBit(Math.max(1, words.size())) * 4);
    this.slotMask = slots - 1;
    this.table = new long[Math.multiplyExact(SLOT, slots)];
    this.filter = new WordFilter(this.words, cutting);
    for (int number = 0; number < this.words.length; number++) {
      add(number);
    }
  }

  private void add(int number) {
    byte[] word = words[number];
    longest = Math.max(longest, word.length);
    signs |= isSigns(word);
    otherRegular |= hasOtherRegular(word);
    if (word.length == 0 || find(word, 0, word.length) != NONE) {
      throw new IllegalArgumentException(
          "expected words that are not empty, each once, got '%s' as number %d"
              .formatted(new String(word, StandardCharsets.UTF_8), number));
    }
    if (word.length == 1 && word[0] >= 0) {
      marks[word[0]] = number;
    }
    int slot = slot(hash(word, 0, word.length));
    while (table[slot + NUMBER] != 0) {
      slot = next(slot);
    }
    table[slot] = head(word, 0, word.length);
    table[slot + TAIL] = tail(word, 0, word.length);
    table[slot + LENGTH] = word.length;
    table[slot + NUMBER] = number + 1L;
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

  private static boolean hasOtherRegular(byte[] word) {
    for (byte b : word) {
      if (b >= 0 && !isLetterOrDigit(b)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a character is a letter or a digit of ASCII. */
  static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Whether some word is ASCII without a letter or a digit. */
  boolean hasSigns() {
    return signs;
  }

  /** Whether some word has a character of ASCII that is neither a letter nor a digit. */
  boolean hasOtherRegular() {
    return otherRegular;
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

  /** What says of most words that they are not here. */
  WordFilter filter() {
    return filter;
  }

  /** All bits of those of the first eight bytes that are in a word. */
  static long headMask(int length) {
    return HEAD_MASKS[Math.min(length, SHORT_MAX)];
  }

  /** All bits of those of the second eight bytes that are in a word. */
  static long tailMask(int length) {
    return TAIL_MASKS[Math.min(length, SHORT_MAX)];
  }

  /**
   * The hash of a word of at most sixteen bytes.
   *
   * @param head its first eight bytes, and 0 beyond
   * @param tail the others
   */
  static long hash(long head, long tail) {
    return append((head ^ (head >>> 29)) * MIX, tail);
  }

  /** The hash of a word that has up to eight more bytes than the one with {@code hash}. */
  static long append(long hash, long bytes) {
    return ((hash ^ (hash >>> 32)) + bytes) * MIX;
  }

  private int slot(long hash) {
    return SLOT * ((int) (hash >>> 32) & slotMask);
  }

  private int next(int slot) {
    return (slot + SLOT) & (table.length - 1);
  }

  /** The number of a word of at most sixteen folded bytes, or {@link #NONE}. */
  int find(long hash, long head, long tail, int length) {
    int slot = slot(hash);
    while (table[slot + NUMBER] != 0) {
      if (table[slot] == head && table[slot + TAIL] == tail && table[slot + LENGTH] == length) {
        return (int) table[slot + NUMBER] - 1;
      }
      slot = next(slot);
    }
    return NONE;
  }

  /**
   * The number of a word of more than sixteen bytes, or {@link #NONE}.
   *
   * @param bytes where it stands, folded but for the case of ASCII
   */
  int find(long hash, long head, long tail, byte[] bytes, int start, int length) {
    int slot = slot(hash);
    while (table[slot + NUMBER] != 0) {
      int number = (int) table[slot + NUMBER] - 1;
      if (table[slot] == head
          && table[slot + TAIL] == tail
          && table[slot + LENGTH] == length
          && isRest(words[number], bytes, start, length)) {
        return number;
      }
      slot = next(slot);
    }
    return NONE;
  }

  private boolean isRest(byte[] word, byte[] bytes, int start, int length) {
    Folding folding = cutting.folding();
    for (int i = SHORT_MAX; i < length; i++) {
      if (word[i] != folding.fold(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }

  /** The number of a word, folded, or {@link #NONE}. */
  int find(byte[] bytes, int start, int length) {
    long hash = hash(bytes, start, length);
    long head = head(bytes, start, length);
    long tail = tail(bytes, start, length);
    return length <= SHORT_MAX
        ? find(hash, head, tail, length)
        : find(hash, head, tail, bytes, start, length);
  }

  /**
   * The number of a word, folded, or {@link #NONE}.
   *
   * @param bytes has sixteen more behind the word, whatever they are
   */
  int findPadded(byte[] bytes, int start, int length) {
    long head = (long) LONGS.get(bytes, start) & headMask(length);
    long tail = (long) LONGS.get(bytes, start + Long.BYTES) & tailMask(length);
    long hash = hash(head, tail);
    for (int i = SHORT_MAX; i < length; i += Long.BYTES) {
      hash = append(hash, (long) LONGS.get(bytes, start + i) & headMask(length - i));
    }
    return length <= SHORT_MAX
        ? find(hash, head, tail, length)
        : find(hash, head, tail, bytes, start, length);
  }

  private static long hash(byte[] bytes, int start, int length) {
    long hash = hash(head(bytes, start, length), tail(bytes, start, length));
    for (int i = SHORT_MAX; i < length; i += Long.BYTES) {
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

  /** The bytes after the first eight, up to eight of them, as a number. */
  private static long tail(byte[] bytes, int start, int length) {
    return length <= Long.BYTES ? 0 : head(bytes, start + Long.BYTES, length - Long.BYTES);
  }
}
