package dev.historics.jobs;

import java.util.BitSet;

/**
 * The rows of a batch that do not count for anybody. No row is in both sets.
 *
 * @param superseded an edited version of them is stored elsewhere in the day
 * @param takenDown somebody had them taken down
 */
record GoneRows(BitSet superseded, BitSet takenDown) {
  /** Every row counts; not to be changed. */
  static final GoneRows NONE = new GoneRows(new BitSet(), new BitSet());
}
