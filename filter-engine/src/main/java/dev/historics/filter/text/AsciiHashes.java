package dev.historics.filter.text;

/**
 * The hashes of a set of folded texts, those that are not all ASCII left out. A text that is all
 * ASCII and whose hash is not here is not in the set. Read-only once it is filled.
 */
final class AsciiHashes {
  /** The hash of a text without characters. */
  static final int EMPTY = 0x811C9DC5;

  private static final int BITS_MIN = 1 << 10;
  private static final int BITS_MAX = 1 << 22;

  private final long[] bits;

  /**
   * @param size about how many texts will be added
   */
  AsciiHashes(int size) {
    int wanted = (int) Math.min(BITS_MAX, Math.max(BITS_MIN, 32L * size));
    this.bits = new long[Integer.highestOneBit(wanted) / Long.SIZE];
  }

  /** Adds a folded text. */
  void add(String text) {
    int hash = EMPTY;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return;
      }
      hash = append(hash, (byte) text.charAt(i));
    }
    bits[place(hash) / Long.SIZE] |= 1L << place(hash);
  }

  /** The hash of a text that is one folded ASCII character longer (FNV-1a). */
  static int append(int hash, byte ascii) {
    return (hash ^ ascii) * 0x01000193;
  }

  boolean mayHold(int hash) {
    return (bits[place(hash) / Long.SIZE] & (1L << place(hash))) != 0;
  }

  private int place(int hash) {
    return (hash ^ (hash >>> 16)) & (bits.length * Long.SIZE - 1);
  }
}
