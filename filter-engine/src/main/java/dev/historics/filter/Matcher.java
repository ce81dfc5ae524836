package dev.historics.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a {@link RuleSet} over column batches. Owned by one thread. */
public final class Matcher {
  private final RuleSet rules;
  private final Decisions[] decisions;
  private ColumnBatch current;

  Matcher(RuleSet rules) {
    this.rules = rules;
    this.decisions = rules.predicates().stream().map(Decisions::new).toArray(Decisions[]::new);
  }

  /**
   * Decides each rule on some rows of a batch. A column is asked for when the first row needs it.
   *
   * @param candidates the rows in question; not changed
   * @return one selection for each rule, in the order of the set; each a new subset of {@code
   *     candidates}
   * @throws java.io.UncheckedIOException if a column cannot be read; the matcher stays usable
   * @throws IllegalArgumentException if there are candidates beyond the rows of the batch, or a
   *     column is not what its target is
   */
  public List<BitSet> match(ColumnBatch batch, BitSet candidates) {
    start(batch, candidates);
    List<BitSet> matches = new ArrayList<>(rules.plans().size());
    for (Plan plan : rules.plans()) {
      matches.add(kept(plan, candidates));
    }
    return matches;
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
      kept(rules.tagPlans().get(rule).get(tag), rows).stream()
          .forEach(row -> held.computeIfAbsent(row, r -> new ArrayList<>()).add(added));
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
    Arrays.stream(decisions).forEach(Decisions::clear);
    current = batch;
  }

  private BitSet kept(Plan plan, BitSet rows) {
    BitSet kept = (BitSet) rows.clone();
    if (!kept.isEmpty()) {
      plan.keep(kept, (predicate, asked) -> decisions[predicate].keep(asked, current));
    }
    return kept;
  }

  /** What is known of one predicate on the rows of the batch at hand. */
  private final class Decisions {
    private final int target;
    private final ColumnTest test;
    private final BitSet decided = new BitSet();
    private final BitSet hits = new BitSet();

    Decisions(RuleSet.Predicate predicate) {
      this.target = predicate.target();
      this.test = predicate.check().test();
    }

    void clear() {
      decided.clear();
      hits.clear();
    }

    void keep(BitSet rows, ColumnBatch batch) {
      BitSet open = (BitSet) rows.clone();
      open.andNot(decided);
      if (!open.isEmpty()) {
        test.select(column(batch, target), open, hits);
        decided.or(open);
      }
      rows.and(hits);
    }
  }

  private Column column(ColumnBatch batch, int index) {
    Target target = rules.targets().get(index);
    Column column = batch.column(index);
    Class<? extends Column> expected =
        switch (target.type()) {
          case TEXT -> TextColumn.class;
          case INT -> IntColumn.class;
          case FLOAT -> FloatColumn.class;
          case GEO -> GeoColumn.class;
        };
    if (!expected.isInstance(column) || column.rows() != batch.rows()) {
      throw new IllegalArgumentException(
          "column '%s': expected a %s of %d rows, got %s"
              .formatted(
                  target.name(),
                  expected.getSimpleName(),
                  batch.rows(),
                  column == null
                      ? "none"
                      : "a %s of %d".formatted(column.getClass().getSimpleName(), column.rows())));
    }
    return column;
  }
}
