package dev.historics.filter;

import java.util.Arrays;

/**
 * Decides a check on the values of a text column. With a dictionary, each entry is decided at most
 * once; the decisions are kept as long as columns of the same dictionary come.
 */
final class TextColumnTest implements ValueTest<TextColumn> {
  /** A dictionary up to this size is asked whether it holds anything that passes. */
  private static final int SMALL_MAX = 256;

  private static final byte NO = 0;
  private static final byte YES = 1;
  private static final byte OPEN = 2;

  private final TextTest test;
  private TextColumn known;
  private byte[] decisions = {};
  private boolean canPass;

  TextColumnTest(TextTest test) {
    this.test = test;
  }

  @Override
  public boolean test(TextColumn column, int v) {
    return column.hasDictionary()
        ? decisions(column)[decided(column, column.entry(v))] == YES
        : decide(column, v);
  }

  @Override
  public long test(TextColumn column, int first, long asked) {
    if (!column.hasDictionary()) {
      return ValueTest.super.test(column, first, asked);
    }
    byte[] entries = decisions(column);
    int[] ids = column.ids();
    int count = Long.SIZE - Long.numberOfLeadingZeros(asked);
    long passed = 0;
    long open = 0;
    for (int i = 0; i < count; i++) {
      long decision = entries[ids[first + i]];
      passed |= (decision & YES) << i;
      open |= (decision >>> 1) << i;
    }
    for (long left = open & asked; left != 0; left &= left - 1) {
      int entry = decided(column, ids[first + Long.numberOfTrailingZeros(left)]);
      passed |= entries[entry] == YES ? Long.lowestOneBit(left) : 0;
    }
    return passed & asked;
  }

  @Override
  public boolean canPass(TextColumn column) {
    if (!column.hasDictionary()) {
      return true;
    }
    decisions(column);
    return canPass;
  }

  /** What is known of each entry. */
  private byte[] decisions(TextColumn column) {
    if (known == null || !known.sharesEntries(column)) {
      if (decisions.length < column.entries()) {
        decisions = new byte[column.entries()];
      }
      Arrays.fill(decisions, 0, column.entries(), OPEN);
      canPass = column.entries() > SMALL_MAX || holdsOne(column);
    }
    known = column;
    return decisions;
  }

  private boolean holdsOne(TextColumn column) {
    for (int entry = 0; entry < column.entries(); entry++) {
      if (decisions[decided(column, entry)] == YES) {
        return true;
      }
    }
    return false;
  }

  /** The entry itself, which is decided then. */
  private int decided(TextColumn column, int entry) {
    if (decisions[entry] == OPEN) {
      decisions[entry] = decide(column, entry) ? YES : NO;
    }
    return entry;
  }

  /** An empty text is missing, and what is missing passes nothing. */
  private boolean decide(TextColumn column, int entry) {
    int length = column.length(entry);
    return length > 0 && test.test(column.bytes(), column.start(entry), length);
  }
}
