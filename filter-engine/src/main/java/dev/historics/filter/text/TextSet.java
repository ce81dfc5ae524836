package dev.historics.filter.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * A set of folded texts, made for many millions of them: about 15 bytes each beside their UTF-8.
 * Immutable; shared by threads.
 *
 * <p>The texts lie one after the other in pages of bytes, each behind its length; a table without
 * chains says where. Two sets are equal when they hold the same texts; that is quick to tell for
 * sets that differ and for sets that were built in the same order.
 */
public final class TextSet {
  /** Texts start at multiples of so many bytes, so that 32 bits point into 16 GB. */
  private static final int ALIGNMENT = 4;

  private static final int PAGE_BYTES = 1 << 22;
  private static final int UNITS_PER_PAGE = PAGE_BYTES / ALIGNMENT;
  private static final int PAGES_MAX = (1 << 12) - 1;

  private final byte[][] pages;

  /** One more than where a text starts, in units of {@link #ALIGNMENT}; 0 is free. */
  private final int[] slots;

  private final int size;
  private final int longestBytes;
  private final long digest;

  private TextSet(Builder builder, byte[][] pages) {
    this.pages = pages;
    this.slots = builder.slots;
    this.size = builder.size;
    this.longestBytes = builder.longestBytes;
    this.digest = builder.digest;
  }

  /** The set of these folded texts. */
  public static TextSet of(Collection<String> folded) {
    Builder builder = new Builder(folded.size());
    folded.forEach(builder::add);
    return builder.build();
  }

  /** The number of texts. */
  public int size() {
    return size;
  }

  /** Whether a folded text is in the set. */
  public boolean contains(String folded) {
    byte[] utf8 = folded.getBytes(StandardCharsets.UTF_8);
    return holds(utf8, 0, utf8.length, Folding.CASED);
  }

  /**
   * Whether a slice that is all ASCII is in the set once it is folded; allocates nothing.
   *
   * @param folding that of the texts in the set
   */
  public boolean containsAscii(byte[] ascii, int start, int length, Folding folding) {
    return holds(ascii, start, length, folding);
  }

  private boolean holds(byte[] bytes, int start, int length, Folding folding) {
    if (length > longestBytes) {
      return false;
    }
    long hash = hash(bytes, start, length, folding);
    return slots[slot(pages, slots, hash, bytes, start, length, folding)] != 0;
  }

  private static long hash(byte[] bytes, int start, int length, Folding folding) {
    long hash = 0xCBF29CE484222325L;
    for (int i = start; i < start + length; i++) {
      hash = (hash ^ folding.fold(bytes[i])) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }

  /** The slot of a text, or the free one where it would be. */
  private static int slot(
      byte[][] pages,
      int[] slots,
      long hash,
      byte[] bytes,
      int start,
      int length,
      Folding folding) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0 && !isAt(pages, slots[slot] - 1, bytes, start, length, folding)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean isAt(
      byte[][] pages, int unit, byte[] bytes, int start, int length, Folding folding) {
    byte[] page = page(pages, unit);
    int at = place(unit);
    if (length(page, at) != length) {
      return false;
    }
    int first = at + Integer.BYTES;
    for (int i = 0; i < length; i++) {
      if (page[first + i] != folding.fold(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }

  private static byte[] page(byte[][] pages, int unit) {
    return pages[Integer.divideUnsigned(unit, UNITS_PER_PAGE)];
  }

  private static int place(int unit) {
    return Integer.remainderUnsigned(unit, UNITS_PER_PAGE) * ALIGNMENT;
  }

  private static int length(byte[] page, int at) {
    return (page[at] & 0xFF) << 24
        | (page[at + 1] & 0xFF) << 16
        | (page[at + 2] & 0xFF) << 8
        | (page[at + 3] & 0xFF);
  }

  /** Whether all texts pass. */
  private boolean allMatch(Predicate<String> condition) {
    for (int slot : slots) {
      if (slot != 0 && !condition.test(text(slot - 1))) {
        return false;
      }
    }
    return true;
  }

  private String text(int unit) {
    byte[] page = page(pages, unit);
    int at = place(unit);
    return new String(page, at + Integer.BYTES, length(page, at), StandardCharsets.UTF_8);
  }

  /** The texts, in no order: for sets of a few. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int slot : slots) {
      if (slot != 0) {
        texts.add(text(slot - 1));
      }
    }
    return texts;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TextSet set
            && set.size == size
            && set.digest == digest
            && (Arrays.deepEquals(set.pages, pages) || allMatch(set::contains)));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(digest);
  }

  @Override
  public String toString() {
    return "a set of %d texts".formatted(size);
  }

  /** Collects a set. Owned by one thread; of no use after {@link #build}. */
  public static final class Builder {
    private static final int FIRST_PAGE_BYTES = 1 << 8;

    /** A larger table is made only when there are texts for it. */
    private static final int SLOTS_FIRST_MAX = 1 << 22;

    private byte[][] pages = {new byte[FIRST_PAGE_BYTES]};
    private int lastPage;
    private int used;
    private int[] slots;
    private int size;
    private int longestBytes;
    private long digest;

    public Builder() {
      this(0);
    }

    /**
     * @param expected how many texts will be added, roughly; more and fewer will do
     */
    public Builder(int expected) {
      int slotsMin = (int) Math.min(SLOTS_FIRST_MAX, expected * 4L / 3 + 1);
      this.slots = new int[Math.max(16, Integer.highestOneBit(slotsMin) * 2)];
    }

    /**
     * Adds a folded text, unless it is there.
     *
     * @throws IllegalArgumentException if the set would hold more than 16 GB
     */
    public void add(String folded) {
      byte[] utf8 = folded.getBytes(StandardCharsets.UTF_8);
      if (4 * (size + 1L) > 3L * slots.length) {
        grow();
      }
      long hash = hash(utf8, 0, utf8.length, Folding.CASED);
      int slot = slot(pages, slots, hash, utf8, 0, utf8.length, Folding.CASED);
      if (slots[slot] == 0) {
        slots[slot] = append(utf8) + 1;
        size++;
        longestBytes = Math.max(longestBytes, utf8.length);
        digest += hash;
      }
    }

    /** Adds all texts of another set. */
    public void addAll(TextSet set) {
      for (int slot : set.slots) {
        if (slot != 0) {
          add(set.text(slot - 1));
        }
      }
    }

    private void grow() {
      int[] old = slots;
      slots = new int[Math.multiplyExact(old.length, 2)];
      for (int slot : old) {
        if (slot != 0) {
          byte[] page = page(pages, slot - 1);
          int at = place(slot - 1);
          int length = length(page, at);
          int first = at + Integer.BYTES;
          long hash = hash(page, first, length, Folding.CASED);
          slots[slot(pages, slots, hash, page, first, length, Folding.CASED)] = slot;
        }
      }
    }

    /** Stores a text and returns where it starts, in units of {@link #ALIGNMENT}. */
    private int append(byte[] utf8) {
      int bytes = aligned(Math.addExact(utf8.length, Integer.BYTES + ALIGNMENT - 1));
      if (pages[lastPage].length - used < bytes) {
        makeRoom(bytes);
      }
      byte[] page = pages[lastPage];
      int unit = lastPage * UNITS_PER_PAGE + used / ALIGNMENT;
      for (int i = 0; i < Integer.BYTES; i++) {
        page[used + i] = (byte) (utf8.length >>> (24 - 8 * i));
      }
      System.arraycopy(utf8, 0, page, used + Integer.BYTES, utf8.length);
      used += bytes;
      return unit;
    }

    private static int aligned(int bytes) {
      return bytes / ALIGNMENT * ALIGNMENT;
    }

    /** Lets the page grow up to its size, or starts another; a huge text has one of its own. */
    private void makeRoom(int bytes) {
      byte[] page = pages[lastPage];
      if (page.length < PAGE_BYTES && bytes <= PAGE_BYTES - used) {
        int wanted = Math.max(used + bytes, 2 * page.length);
        pages[lastPage] = Arrays.copyOf(page, Math.min(PAGE_BYTES, wanted));
        return;
      }
      lastPage++;
      if (lastPage == PAGES_MAX) {
        throw new IllegalArgumentException("a set of texts holds at most 16 GB");
      }
      if (lastPage == pages.length) {
        pages = Arrays.copyOf(pages, Math.min(PAGES_MAX, 2 * lastPage));
      }
      pages[lastPage] = new byte[Math.max(PAGE_BYTES, bytes)];
      used = 0;
    }

    /** What was added. */
    public TextSet build() {
      byte[][] exact = Arrays.copyOf(pages, lastPage + 1);
      exact[lastPage] = Arrays.copyOf(exact[lastPage], used);
      return new TextSet(this, exact);
    }
  }
}
