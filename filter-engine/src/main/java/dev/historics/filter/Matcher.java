package dev.historics.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a {@link RuleSet} over column batches. Owned by one thread. */
public final class Matcher {
  private final RuleSet rules;
  private final Decisions decisions;
  private final Matches matches;
  private final BitSet asked = new BitSet();
  private final RowSet candidates = new RowSet();
  private final RowSet kept = new RowSet();
  private final RowSet more = new RowSet();

  private ColumnBatch current;

  Matcher(RuleSet rules) {
    this.rules = rules;
    this.decisions = new Decisions(rules);
    this.matches = new Matches(rules.plans().size());
  }

  /**
   * Decides each rule on some rows of a batch. A column is asked for when the first row needs it.
   *
   * @param candidates the rows in question; not changed
   * @return what each rule of the set matches of {@code candidates}; holds until the next call
   * @throws java.io.UncheckedIOException if a column cannot be read; the matcher stays usable
   * @throws IllegalArgumentException if there are candidates beyond the rows of the batch, or a
   *     column is not what its target is
   */
  public Matches match(ColumnBatch batch, BitSet candidates) {
    start(batch, candidates);
    matches.clear();
    asked.clear();
    if (candidates.isEmpty()) {
      return matches;
    }
    this.candidates.set(candidates);
    rules.triggers().addAlways(asked);
    decisions.willMatch(this.candidates);
    for (int pass = 0; pass < rules.passes().ofFilters(); pass++) {
      run(pass);
    }
    for (int pass = 0; pass < rules.passes().ofFilters(); pass++) {
      decisions.addAsking(pass, asked);
    }
    for (int rule = asked.nextSetBit(0); rule >= 0; rule = asked.nextSetBit(rule + 1)) {
      match(rule);
    }
    return matches;
  }

  /** Makes a pass over the rows that matter to a rule that waits for it. */
  private void run(int pass) {
    kept.clear();
    for (Plan guard : rules.guards().of(pass)) {
      more.set(candidates);
      guard.keep(more, decisions);
      kept.addAll(more);
    }
    decisions.run(pass, kept);
  }

  private void match(int rule) {
    Plan plan = rules.plans().get(rule);
    Triggers triggers = rules.triggers();
    boolean sure = false;
    if (triggers.size(rule) == 0) {
      kept.set(candidates);
    } else {
      sure = decisions.found(triggers.predicate(rule, 0), kept) && plan instanceof Plan.Leaf;
      for (int i = 1; i < triggers.size(rule); i++) {
        decisions.found(triggers.predicate(rule, i), more);
        kept.addAll(more);
      }
    }
    if (!sure) {
      plan.keep(kept, decisions);
    }
    matches.add(rule, kept);
    if (rules.hasTags(rule)) {
      decisions.willTag(kept);
    }
  }

  /**
   * Tells which tags of a rule hold on rows that it matched. What was decided while the same batch
   * was matched is not asked again.
   *
   * @param rule a place in the set
   * @param rows the rows in question; not changed
   * @return the tags of each of {@code rows}, by row; rows without tags are left out
   * @throws java.io.UncheckedIOException if a column cannot be read; the matcher stays usable
   */
  public SortedMap<Integer, Tags> tags(ColumnBatch batch, int rule, BitSet rows) {
    List<TagRule> tags = rules.tagRules(rule);
    if (tags.isEmpty() || rows.isEmpty()) {
      return Collections.emptySortedMap();
    }
    if (batch != current) {
      start(batch, rows);
    }
    SortedMap<Integer, List<TagRule>> held = new TreeMap<>();
    for (int tag = 0; tag < tags.size(); tag++) {
      TagRule added = tags.get(tag);
      kept.set(rows);
      rules.tagPlans().get(rule).get(tag).keep(kept, decisions);
      int[] list = kept.list();
      for (int i = 0; i < kept.size(); i++) {
        held.computeIfAbsent(list[i], row -> new ArrayList<>()).add(added);
      }
    }
    SortedMap<Integer, Tags> byRow = new TreeMap<>();
    held.forEach((row, added) -> byRow.put(row, Tags.of(added)));
    return byRow;
  }

  private void start(ColumnBatch batch, BitSet rows) {
    if (rows.length() > batch.rows()) {
      throw new IllegalArgumentException(
          "row %d is asked for, but the batch has %d rows"
              .formatted(rows.length() - 1, batch.rows()));
    }
    decisions.start(batch);
    current = batch;
  }
}
