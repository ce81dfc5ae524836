package dev.historics.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** What is known of the predicates of a set on the batch at hand. Owned by one thread. */
final class Decisions implements Plan.Evaluation {
  private final RuleSet rules;
  private final List<PassRun> runs;
  private final ColumnTest[] tests;
  private final Remembered[] predicates;
  private final Remembered[] shared;

  /** What holds answers to questions about this batch. */
  private final List<Remembered> used = new ArrayList<>();

  private final RowSet candidates = new RowSet();
  private final RowSet tagged = new RowSet();
  private final Deque<RowSet> free = new ArrayDeque<>();
  private ColumnBatch batch;

  Decisions(RuleSet rules) {
    this.rules = rules;
    this.runs = rules.passes().all().stream().map(PassRun::new).toList();
    this.tests = new ColumnTest[rules.predicates().size()];
    this.predicates = new Remembered[tests.length];
    this.shared = new Remembered[rules.sharedPlans()];
  }

  /** Forgets what it knows, and goes on to another batch. */
  void start(ColumnBatch next) {
    batch = next;
    runs.forEach(PassRun::clear);
    used.forEach(Remembered::clear);
    used.clear();
    candidates.clear();
    tagged.clear();
  }

  /** Notes the rows about which filters will be asked. */
  void willMatch(RowSet rows) {
    candidates.set(rows);
  }

  /** Notes more rows about which tags will be asked. */
  void willTag(RowSet rows) {
    tagged.addAll(rows);
  }

  /**
   * Makes a pass over those rows that it has not seen. If they are not the first, or for tags, it
   * goes over all that can still be asked for: each run brings what the pass found in order again.
   */
  void run(int pass, RowSet rows) {
    PassRun run = runs.get(pass);
    if (!run.open(rows)) {
      return;
    }
    Column column = column(run.pass().target());
    boolean ofFilter = pass < rules.passes().ofFilters();
    if (!ofFilter || run.hasRun()) {
      RowSet wanted = borrow();
      wanted.set(rows);
      wanted.addAll(ofFilter ? candidates : tagged);
      run.open(wanted);
      giveBack(wanted);
    }
    run.decide((TextColumn) column);
  }

  /** Adds the rules that have to be asked because of what a pass found. */
  void addAsking(int pass, BitSet asked) {
    PassRun run = runs.get(pass);
    for (int i = 0; i < run.usedSlots(); i++) {
      int place = Pass.place(run.usedSlot(i));
      rules.triggers().addAsking(run.pass().predicate(place), asked);
    }
  }

  /**
   * Makes {@code rows} those where a predicate was found by its pass: they pass, or may.
   *
   * @return whether they all pass
   */
  boolean found(int predicate, RowSet rows) {
    PassRun run = runs.get(rules.passes().passOf(predicate));
    run.get(rules.passes().sureSlot(predicate), rows);
    int maybe = rules.passes().maybeSlot(predicate);
    if (run.count(maybe) == 0) {
      return true;
    }
    RowSet others = borrow();
    run.get(maybe, others);
    rows.addAll(others);
    giveBack(others);
    return false;
  }

  @Override
  public void keep(int predicate, RowSet rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (rules.passes().isAlone(predicate)) {
      keepTested(predicate, rows);
      return;
    }
    int pass = rules.passes().passOf(predicate);
    run(pass, rows);
    PassRun run = runs.get(pass);
    int sure = rules.passes().sureSlot(predicate);
    int maybe = rules.passes().maybeSlot(predicate);
    if (run.count(maybe) == 0) {
      run.retain(sure, rows);
      return;
    }
    RowSet passing = borrow();
    passing.set(rows);
    run.retain(sure, passing);
    rows.remove(passing);
    run.retain(maybe, rows);
    keepTested(predicate, rows);
    rows.addAll(passing);
    giveBack(passing);
  }

  private void keepTested(int predicate, RowSet rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (tests[predicate] == null) {
      ColumnTest test = rules.predicates().get(predicate).check().test();
      tests[predicate] = rules.isValueByValue() ? test.valueByValue() : test;
      predicates[predicate] = new Remembered();
    }
    Remembered known = predicates[predicate];
    RowSet open = open(known, rows);
    if (!open.isEmpty()) {
      Column column = column(rules.predicates().get(predicate).target());
      tests[predicate].select(column, open, known.hits());
      known.decide(open);
    }
    giveBack(open);
    known.retainHits(rows);
  }

  @Override
  public void keepShared(int number, Plan term, RowSet rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (shared[number] == null) {
      shared[number] = new Remembered();
    }
    Remembered known = shared[number];
    RowSet open = open(known, rows);
    if (!open.isEmpty()) {
      RowSet kept = borrow();
      kept.set(open);
      term.keep(kept, this);
      kept.addTo(known.hits());
      known.decide(open);
      giveBack(kept);
    }
    giveBack(open);
    known.retainHits(rows);
  }

  /** The rows that have to be asked, to be given back. */
  private RowSet open(Remembered known, RowSet rows) {
    if (known.isEmpty()) {
      used.add(known);
    }
    RowSet open = borrow();
    open.set(rows);
    known.removeDecided(open);
    return open;
  }

  @Override
  public RowSet borrow() {
    RowSet list = free.poll();
    return list == null ? new RowSet() : list;
  }

  @Override
  public void giveBack(RowSet list) {
    free.push(list);
  }

  private Column column(int index) {
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
