package dev.historics.filter.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers for literals that are looked for anywhere in raw UTF-8, all in one pass: each by the
 * rarest three of its characters. As a {@link ByteFilter} does, it may find a literal that the
 * folded text does not hold, and never misses one that it holds. Immutable; shared by threads.
 */
public final class LiteralIndex {
  /** Shorter literals cannot be looked for so. */
  public static final int LENGTH_MIN = 3;

  private static final int GRAM_MASK = 0xFFFFFF;
  private static final int MIX = 0x9E3779B1;
  private static final int FILTER_BITS_MIN = 14;
  private static final int FILTER_BITS_MAX = 22;

  /** Bits of the filter for each literal. */
  private static final int FILTER_BITS_PER_LITERAL = 32;

  private final Folding folding;
  private final byte[][] literals;
  private final LiteralSearch[] searches;

  /** Of each literal: where its rarest three characters start. */
  private final int[] places;

  private final long[] filter;
  private final int shift;

  /** Of each slot: one more than the three characters; 0 is free. */
  private final int[] grams;

  /** Of each slot the literals that have these three characters. */
  private final int[][] numbers;

  /**
   * An index in which a literal has the number of its place.
   *
   * @param literals folded, ASCII, at least {@value #LENGTH_MIN} characters each
   */
  public LiteralIndex(List<String> literals, Folding folding) {
    this.folding = folding;
    this.literals = new byte[literals.size()][];
    this.searches = new LiteralSearch[literals.size()];
    this.places = new int[literals.size()];
    long wanted = Math.max(1, (long) FILTER_BITS_PER_LITERAL * literals.size());
    int bits = Long.SIZE - Long.numberOfLeadingZeros(wanted - 1);
    bits = Math.min(FILTER_BITS_MAX, Math.max(FILTER_BITS_MIN, bits));
    this.filter = new long[1 << (bits - 6)];
    this.shift = Integer.SIZE - bits;
    this.grams = new int[Math.max(16, Integer.highestOneBit(Math.max(1, literals.size())) * 4)];
    this.numbers = new int[grams.length][];
    List<List<Integer>> bySlot = new ArrayList<>();
    for (int slot = 0; slot < grams.length; slot++) {
      bySlot.add(new ArrayList<>(0));
    }
    for (int number = 0; number < literals.size(); number++) {
      add(literals.get(number), number, bySlot);
    }
    for (int slot = 0; slot < grams.length; slot++) {
      numbers[slot] = bySlot.get(slot).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private void add(String literal, int number, List<List<Integer>> bySlot) {
    byte[] ascii = literal.getBytes(StandardCharsets.UTF_8);
    if (literal.length() < LENGTH_MIN || ascii.length > literal.length()) {
      throw new IllegalArgumentException(
          "expected at least %d characters of ASCII, got '%s'".formatted(LENGTH_MIN, literal));
    }
    literals[number] = ascii;
    searches[number] = LiteralSearch.anywhere(literal, folding);
    places[number] = rarest(literal);
    int gram = 0;
    for (int i = places[number]; i < places[number] + LENGTH_MIN; i++) {
      gram = next(gram, ascii[i]);
    }
    int hash = hash(gram);
    filter[hash >>> 6] |= 1L << hash;
    int slot = slot(gram);
    grams[slot] = gram + 1;
    bySlot.get(slot).add(number);
  }

  private static int rarest(String literal) {
    int best = 0;
    int most = -1;
    for (int i = 0; i + LENGTH_MIN <= literal.length(); i++) {
      int rarity = 0;
      for (int j = i; j < i + LENGTH_MIN; j++) {
        rarity += LiteralSearch.rarity(literal.charAt(j));
      }
      if (rarity > most) {
        most = rarity;
        best = i;
      }
    }
    return best;
  }

  /** The last three characters, after one more. */
  static int next(int gram, byte folded) {
    return (gram << Byte.SIZE | (folded & 0xFF)) & GRAM_MASK;
  }

  private int hash(int gram) {
    return (gram * MIX) >>> shift;
  }

  /** Whether some literal may have these three characters. */
  boolean mayHold(int gram) {
    int hash = hash(gram);
    return (filter[hash >>> 6] & (1L << hash)) != 0;
  }

  /** Where three characters are, or would be. */
  private int slot(int gram) {
    int slot = hash(gram) & (grams.length - 1);
    while (grams[slot] != 0 && grams[slot] != gram + 1) {
      slot = (slot + 1) & (grams.length - 1);
    }
    return slot;
  }

  /** The literals with these three characters. */
  int[] numbers(int gram) {
    return numbers[slot(gram)];
  }

  /** Where a literal starts if its three characters end before {@code end}. */
  int start(int number, int end) {
    return end - LENGTH_MIN - places[number];
  }

  byte[] literal(int number) {
    return literals[number];
  }

  /** Finds a literal in all of its spellings. */
  LiteralSearch search(int number) {
    return searches[number];
  }

  Folding folding() {
    return folding;
  }

  int size() {
    return literals.length;
  }

  /** A new scan for these literals, for one thread. */
  public TextScan scan() {
    return new LiteralScan(this);
  }
}
