package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import java.util.function.Predicate;

/**
 * The ids of some interactions, as hashes; 32 to 64 bytes each. A table with open addressing. Its
 * slots follow bits of the hash that no order of interactions follows: a sealed day comes in the
 * order of the highest bits, which would crowd one end of the table. Owned by one thread.
 */
public final class IdSet {
  private static final int SLOTS_MIN = 64;

  private long[] table = new long[2 * SLOTS_MIN];
  private int bits = Integer.numberOfTrailingZeros(SLOTS_MIN);
  private int size;
  private boolean hasZero;

  /** Adds a hash; false if it was there. */
  public boolean add(IdHash hash) {
    if (hash.high() == 0 && hash.low() == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int slot = find(hash.high(), hash.low());
    if (!isFree(table, slot)) {
      return false;
    }
    put(slot, hash.high(), hash.low());
    if (++size > 1 << (bits - 1)) {
      grow();
    }
    return true;
  }

  public boolean contains(IdHash hash) {
    if (hash.high() == 0 && hash.low() == 0) {
      return hasZero;
    }
    return !isFree(table, find(hash.high(), hash.low()));
  }

  /** Adds all of them to another set. */
  public void addTo(IdSet other) {
    long[] pairs = sorted();
    for (int i = 0; i < pairs.length; i += 2) {
      other.add(new IdHash(pairs[i], pairs[i + 1]));
    }
  }

  /** Those that {@code test} holds for. */
  public IdSet only(Predicate<IdHash> test) {
    IdSet only = new IdSet();
    long[] pairs = sorted();
    for (int i = 0; i < pairs.length; i += 2) {
      IdHash hash = new IdHash(pairs[i], pairs[i + 1]);
      if (test.test(hash)) {
        only.add(hash);
      }
    }
    return only;
  }

  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** The bytes that its table takes. */
  public long bytes() {
    return (long) table.length * Long.BYTES;
  }

  /** Whether the next new hash makes the table twice as large. */
  public boolean isFull() {
    return size == 1 << (bits - 1);
  }

  /**
   * The hashes in order, two longs each. Hashes are spread evenly over whatever range they cover,
   * so laying them out in proportion all but sorts them.
   */
  long[] sorted() {
    long[] laidOut = laidOut();
    long[] sorted = new long[2 * size()];
    int count = hasZero ? 1 : 0;
    for (int at = 0; 2 * at < laidOut.length; at++) {
      if (!isFree(laidOut, at)) {
        insert(sorted, count++, laidOut[2 * at], laidOut[2 * at + 1]);
      }
    }
    return sorted;
  }

  /** A table whose slots follow the order of the hashes, from the least to the greatest. */
  private long[] laidOut() {
    long least = -1;
    long greatest = 0;
    for (int slot = 0; slot < 1 << bits; slot++) {
      if (!isFree(table, slot)) {
        long high = table[2 * slot];
        least = Long.compareUnsigned(high, least) < 0 ? high : least;
        greatest = Long.compareUnsigned(high, greatest) > 0 ? high : greatest;
      }
    }
    int shift = Long.numberOfLeadingZeros(greatest - least) & (Long.SIZE - 1);
    // A cluster at the end runs over it instead of going on at the start.
    long[] laidOut = new long[(2 << bits) + 2 * size];
    for (int slot = 0; slot < 1 << bits; slot++) {
      if (!isFree(table, slot)) {
        int at = (int) (((table[2 * slot] - least) << shift) >>> (Long.SIZE - bits));
        while (!isFree(laidOut, at)) {
          at++;
        }
        laidOut[2 * at] = table[2 * slot];
        laidOut[2 * at + 1] = table[2 * slot + 1];
      }
    }
    return laidOut;
  }

  /** Puts a pair behind the {@code count} that are there, and moves it down to its place. */
  private static void insert(long[] sorted, int count, long high, long low) {
    int at = count;
    while (at > 0 && IdIndex.compare(sorted[2 * at - 2], sorted[2 * at - 1], high, low) > 0) {
      sorted[2 * at] = sorted[2 * at - 2];
      sorted[2 * at + 1] = sorted[2 * at - 1];
      at--;
    }
    sorted[2 * at] = high;
    sorted[2 * at + 1] = low;
  }

  /** The slot that holds the pair, or the free one where it belongs. */
  private int find(long high, long low) {
    int slot = (int) low & ((1 << bits) - 1);
    while (!isFree(table, slot) && (table[2 * slot] != high || table[2 * slot + 1] != low)) {
      slot = (slot + 1) & ((1 << bits) - 1);
    }
    return slot;
  }

  private static boolean isFree(long[] table, int slot) {
    return table[2 * slot] == 0 && table[2 * slot + 1] == 0;
  }

  private void put(int slot, long high, long low) {
    table[2 * slot] = high;
    table[2 * slot + 1] = low;
  }

  private void grow() {
    long[] old = table;
    bits++;
    table = new long[2 << bits];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        put(find(old[i], old[i + 1]), old[i], old[i + 1]);
      }
    }
  }
}
