package dev.historics.filter;

import java.util.BitSet;

/**
 * What is known of one question on the rows of the batch at hand: each row is asked once. Owned by
 * one thread.
 */
final class Remembered {
  private final BitSet decided = new BitSet();
  private final BitSet hits = new BitSet();

  void clear() {
    decided.clear();
    hits.clear();
  }

  /** Whether no row was asked yet. */
  boolean isEmpty() {
    return decided.isEmpty();
  }

  /** Leaves in {@code open} the rows that have to be asked. */
  void removeDecided(RowSet open) {
    open.remove(decided);
  }

  /** Takes the answers to {@code open}: those that were kept of it stand in {@link #hits}. */
  void decide(RowSet open) {
    open.addTo(decided);
  }

  /** Where hits of rows that are open are put. */
  BitSet hits() {
    return hits;
  }

  /** Leaves in {@code rows}, which are all decided, those that were hit. */
  void retainHits(RowSet rows) {
    rows.retain(hits);
  }
}
