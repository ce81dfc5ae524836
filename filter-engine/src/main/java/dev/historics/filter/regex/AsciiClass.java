package dev.historics.filter.regex;

/**
 * A set of ASCII characters, one of which stands where a pattern has a class.
 *
 * @param low a bit for each character below 64
 * @param high a bit for each of the others
 */
record AsciiClass(long low, long high) {
  static final AsciiClass NONE = new AsciiClass(0, 0);
  static final AsciiClass DIGITS = NONE.with('0', '9');

  static AsciiClass of(char c) {
    return NONE.with(c, c);
  }

  /** This set and the characters from {@code first} to {@code last}. */
  AsciiClass with(int first, int last) {
    long lowBits = low;
    long highBits = high;
    for (int c = first; c <= last; c++) {
      if (c < Long.SIZE) {
        lowBits |= 1L << c;
      } else {
        highBits |= 1L << c;
      }
    }
    return new AsciiClass(lowBits, highBits);
  }

  /** This set and the other case of its letters. */
  AsciiClass inBothCases() {
    AsciiClass both = this;
    for (char c = 'a'; c <= 'z'; c++) {
      char upper = (char) (c - 'a' + 'A');
      if (holds((byte) c) || holds((byte) upper)) {
        both = both.with(c, c).with(upper, upper);
      }
    }
    return both;
  }

  /** Whether some character has a form outside ASCII where case does not count. */
  boolean hasThirdForm() {
    return holds((byte) 'k') || holds((byte) 'K') || holds((byte) 's') || holds((byte) 'S');
  }

  static boolean hasThirdForm(char c) {
    return of(c).hasThirdForm();
  }

  boolean holds(byte b) {
    return b >= 0 && ((b < Long.SIZE ? low : high) & (1L << b)) != 0;
  }

  int size() {
    return Long.bitCount(low) + Long.bitCount(high);
  }

  /** The smallest character of a set that is not empty. */
  int first() {
    return low != 0
        ? Long.numberOfTrailingZeros(low)
        : Long.SIZE + Long.numberOfTrailingZeros(high);
  }

  /** The largest character of a set that is not empty. */
  int last() {
    return high != 0
        ? 2 * Long.SIZE - 1 - Long.numberOfLeadingZeros(high)
        : Long.SIZE - 1 - Long.numberOfLeadingZeros(low);
  }
}
