package dev.historics.filter;

import dev.historics.filter.text.TextScan;
import java.util.List;
import java.util.function.Supplier;

/**
 * One look at a text column for what several predicates seek. What it finds goes to slots: each
 * predicate has one for rows that pass, and one for rows that may pass. Immutable; shared by
 * threads.
 */
final class Pass {
  private final String kind;
  private final int target;
  private final int[] predicates;
  private final Supplier<TextScan> scans;

  /** Of each entry of the index: where its slots start in {@link #slots}. */
  private final int[] starts;

  private final int[] slots;

  /**
   * @param kind what is looked at, for people
   * @param target a place in {@link RuleSet#targets()}
   * @param predicates those that take part; a slot is twice a place in here, and one more for rows
   *     that may pass
   * @param slots of each entry of the index that {@code scans} look for
   */
  Pass(
      String kind,
      int target,
      List<Integer> predicates,
      Supplier<TextScan> scans,
      List<List<Integer>> slots) {
    this.kind = kind;
    this.target = target;
    this.predicates = predicates.stream().mapToInt(Integer::intValue).toArray();
    this.scans = scans;
    this.starts = new int[slots.size() + 1];
    for (int entry = 0; entry < slots.size(); entry++) {
      starts[entry + 1] = starts[entry] + slots.get(entry).size();
    }
    this.slots = slots.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  static int sureSlot(int place) {
    return 2 * place;
  }

  static int maybeSlot(int place) {
    return 2 * place + 1;
  }

  /** The place of the predicate whose slot it is. */
  static int place(int slot) {
    return slot / 2;
  }

  int target() {
    return target;
  }

  /** How many predicates take part. */
  int size() {
    return predicates.length;
  }

  int predicate(int place) {
    return predicates[place];
  }

  TextScan scan() {
    return scans.get();
  }

  /** Where the slots of an entry start; those of the next start where they end. */
  int start(int entry) {
    return starts[entry];
  }

  int slot(int i) {
    return slots[i];
  }

  /** The pass for people. */
  @Override
  public String toString() {
    return "one pass over %s for %d conditions".formatted(kind, predicates.length);
  }
}
