package dev.historics.filter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Finds the words of an index in stretches that are not plain: character by character as long as
 * they are {@link LoneCharacters}, else folded and cut as a text is.
 */
final class OddStretch {
  /** The characters that end words and make one character with a mark. */
  private static final String TAKE_MARKS = "<=>";

  private static final int KNOWN = 4;
  private static final int KNOWN_BITS = 11;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MALFORMED = -1;
  private static final int TWO_BYTES_END = 0x800;

  /** No character takes more bytes when it is folded than so many times those it took before. */
  private static final int GROWTH = 2;

  private final WordIndex index;
  private final FoundNumbers found;
  private final CharacterKinds kinds;
  private final LoneCharacters lone;
  private final Folding folding;
  private final Words words;

  /** Of each character of two bytes its folded form, if that has two bytes and is regular. */
  private final char[] twoBytes = new char[TWO_BYTES_END];

  /** The stretch, folded, with sixteen bytes to spare. */
  private byte[] folded = new byte[256];

  /** Where its words start and end. */
  private int[] bounds = new int[256];

  private int boundsSize;

  /** Of short stretches with at most one word of the index: their bytes, how many, its number. */
  private final long[] known = new long[KNOWN << KNOWN_BITS];

  /** How many words of a stretch are in the index, and the last one's number. */
  private int hits;

  private int lastHit;

  /** How many bytes the character took that was read last. */
  private int width;

  OddStretch(WordIndex index, FoundNumbers found) {
    this.index = index;
    this.found = found;
    this.folding = index.cutting().folding();
    this.kinds = CharacterKinds.of(index.cutting());
    this.lone = LoneCharacters.of(folding);
    this.words = new Words(index.cutting());
    for (int c = 0x80; c < TWO_BYTES_END; c++) {
      int form = lone.folded(c);
      if (form >= 0x80 && form < TWO_BYTES_END && kinds.of(form) == CharacterKinds.REGULAR) {
        twoBytes[c] = (char) form;
      }
    }
  }

  static boolean takesMarks(byte ascii) {
    return TAKE_MARKS.indexOf(ascii) >= 0;
  }

  /**
   * Looks at a stretch that is mostly one word, and remembers what it was if it is short.
   *
   * @param bytes sixteen can be read from everywhere in the stretch
   */
  void word(byte[] bytes, int start, int length) {
    if (length > WordIndex.SHORT_MAX) {
      words(bytes, start, start + length);
      return;
    }
    long head = (long) LONGS.get(bytes, start) & WordIndex.headMask(length);
    long tail = (long) LONGS.get(bytes, start + Long.BYTES) & WordIndex.tailMask(length);
    int place = KNOWN * (int) (WordIndex.hash(head, tail) >>> (Long.SIZE - KNOWN_BITS));
    if (known[place] == head && known[place + 1] == tail && known[place + 2] == length) {
      add((int) known[place + 3]);
      return;
    }
    hits = 0;
    lastHit = WordIndex.NONE;
    words(bytes, start, start + length);
    if (hits <= 1) {
      known[place] = head;
      known[place + 1] = tail;
      known[place + 2] = length;
      known[place + 3] = lastHit;
    }
  }

  /** Looks at {@code [start, end)}. */
  void words(byte[] bytes, int start, int end) {
    if (!cut(bytes, start, end)) {
      decode(bytes, start, end - start);
      return;
    }
    for (int i = 0; i < boundsSize; i += 2) {
      add(index.findPadded(folded, bounds[i], bounds[i + 1] - bounds[i]));
    }
  }

  /** Looks at a text, or a stretch that can stand for itself. */
  void decode(byte[] bytes, int start, int length) {
    words.start(folding.fold(bytes, start, length));
    while (words.next()) {
      byte[] utf8 = words.word().getBytes(StandardCharsets.UTF_8);
      add(index.find(utf8, 0, utf8.length));
    }
  }

  private void add(int number) {
    if (number != WordIndex.NONE) {
      hits++;
      lastHit = number;
      found.add(number);
    }
  }

  /** Folds one by one and notes where the words are; false if that does not do. */
  private boolean cut(byte[] bytes, int start, int end) {
    ensure(end - start);
    boundsSize = 0;
    int length = 0;
    int word = 0;
    for (int at = start; at < end; at += width) {
      int letters = letters(bytes, at, end, length);
      at += letters;
      length += letters;
      if (at == end) {
        break;
      }
      int form = form(bytes, at, end);
      if (form == LoneCharacters.NONE) {
        return false;
      }
      byte kind = kinds.of(form);
      if (kind == CharacterKinds.REGULAR) {
        length = append(form, length);
        continue;
      }
      if (kind == CharacterKinds.SINGLE && mayBeSelector(bytes, at + width, end)) {
        return false;
      }
      addWord(word, length);
      word = length;
      if (kind != CharacterKinds.DROP) {
        length = append(form, length);
        addWord(word, length);
        word = length;
      }
    }
    addWord(word, length);
    return true;
  }

  /** Whether a mark may stand here that is alone, but goes with a character that is a word. */
  private static boolean mayBeSelector(byte[] bytes, int at, int end) {
    return at + 1 < end && bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xB8;
  }

  /** Folds letters of two bytes that stay so; returns how many bytes they take. */
  private int letters(byte[] bytes, int start, int end, int length) {
    byte[] to = folded;
    int at = start;
    int out = length;
    while (at + 1 < end && (bytes[at] & 0xE0) == 0xC0 && (bytes[at + 1] & 0xC0) == 0x80) {
      int form = twoBytes[(bytes[at] & 0x1F) << 6 | (bytes[at + 1] & 0x3F)];
      if (form == LoneCharacters.NONE) {
        break;
      }
      to[out] = (byte) (0xC0 | form >> 6);
      to[out + 1] = (byte) (0x80 | (form & 0x3F));
      out += 2;
      at += 2;
    }
    return at - start;
  }

  private void ensure(int bytes) {
    int wanted = Math.addExact(Math.multiplyExact(GROWTH, bytes), WordIndex.SHORT_MAX);
    if (folded.length < wanted) {
      folded = new byte[wanted];
    }
    // A word for each byte, and one that follows.
    wanted = Math.multiplyExact(2, bytes + 1);
    if (bounds.length < wanted) {
      bounds = new int[wanted];
    }
  }

  /** Notes a word, if it is not empty. */
  private void addWord(int start, int end) {
    if (start < end) {
      bounds[boundsSize] = start;
      bounds[boundsSize + 1] = end;
      boundsSize += 2;
    }
  }

  /** The folded form of the character at {@code at}, or {@link LoneCharacters#NONE}. */
  private int form(byte[] bytes, int at, int end) {
    int lead = bytes[at];
    if (lead >= 0) {
      width = 1;
      return lone.folded(lead);
    }
    if ((lead & 0xE0) == 0xC0 && at + 1 < end && (bytes[at + 1] & 0xC0) == 0x80) {
      width = 2;
      int c = (lead & 0x1F) << 6 | (bytes[at + 1] & 0x3F);
      return c < 0x80 ? LoneCharacters.NONE : lone.folded(c);
    }
    int c = character(bytes, at, end);
    return c == MALFORMED ? LoneCharacters.NONE : lone.folded(c);
  }

  /** Writes a character behind {@code length} bytes; returns how many there are then. */
  private int append(int c, int length) {
    byte[] to = folded;
    if (c < 0x80) {
      to[length] = (byte) c;
      return length + 1;
    }
    if (c < 0x800) {
      to[length] = (byte) (0xC0 | c >> 6);
      to[length + 1] = (byte) (0x80 | (c & 0x3F));
      return length + 2;
    }
    return appendLong(c, length);
  }

  private int appendLong(int c, int length) {
    int at = length;
    if (c < 0x10000) {
      folded[at++] = (byte) (0xE0 | c >> 12);
    } else {
      folded[at++] = (byte) (0xF0 | c >> 18);
      folded[at++] = (byte) (0x80 | (c >> 12 & 0x3F));
    }
    folded[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
    folded[at++] = (byte) (0x80 | (c & 0x3F));
    return at;
  }

  /** The character of more than two bytes at {@code at}, or {@link #MALFORMED}. */
  private int character(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    width = lead < 0xF0 ? 3 : 4;
    if (lead < 0xE0 || lead > 0xF4 || end - at < width) {
      return MALFORMED;
    }
    int c = lead & (0x7F >> width);
    for (int i = 1; i < width; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return MALFORMED;
      }
      c = c << 6 | (bytes[at + i] & 0x3F);
    }
    boolean shortest = c >= (width == 3 ? 0x800 : 0x10000);
    return shortest && c <= Character.MAX_CODE_POINT && !isSurrogate(c) ? c : MALFORMED;
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
