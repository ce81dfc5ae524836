package dev.historics.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what every part of a rule says about one interaction. Owned by one thread. */
public final class Explainer {
  private final Definition definition;
  private final List<Target> targets;
  private final Map<Check, ColumnTest> tests = new HashMap<>();

  /**
   * @throws IllegalStateException if the rule has no filter
   */
  public Explainer(Definition definition) {
    this.definition = definition;
    this.targets = RuleSet.of(List.of(definition)).targets();
  }

  /** Each target that the rule reads, once; its place is its number in a {@link ColumnBatch}. */
  public List<Target> targets() {
    return targets;
  }

  /**
   * Why the filter accepts a row, or not.
   *
   * @throws java.io.UncheckedIOException if a column cannot be read
   */
  public Explanation explain(ColumnBatch batch, int row) {
    return definition.filter().fold(new Row(batch, row));
  }

  /** What one row says to the nodes of a condition. */
  private final class Row implements Condition.Cases<Explanation> {
    private final ColumnBatch batch;
    private final int row;

    Row(ColumnBatch batch, int row) {
      this.batch = batch;
      this.row = row;
    }

    @Override
    public Explanation any(Condition.Any any) {
      List<Explanation> parts = parts(any.terms());
      return new Explanation("or", parts.stream().anyMatch(Explanation::holds), List.of(), parts);
    }

    @Override
    public Explanation all(Condition.All all) {
      List<Explanation> parts = parts(all.terms());
      return new Explanation("and", parts.stream().allMatch(Explanation::holds), List.of(), parts);
    }

    private List<Explanation> parts(List<Condition> terms) {
      return terms.stream().map(term -> term.fold(this)).toList();
    }

    @Override
    public Explanation not(Condition.Not not) {
      Explanation part = not.term().fold(this);
      return new Explanation("not", !part.holds(), List.of(), List.of(part));
    }

    @Override
    public Explanation named(Condition.Named named) {
      Explanation part = named.filter().fold(this);
      return new Explanation(
          "stream \"" + named.hash() + "\"", part.holds(), List.of(), List.of(part));
    }

    @Override
    public Explanation holds(Condition.Holds holds) {
      Column column = batch.column(place(holds.target()));
      ColumnTest test = tests.computeIfAbsent(holds.check(), Check::test);
      List<Explanation.Value> values = new ArrayList<>();
      for (int v = column.rowStart(row); v < column.rowStart(row + 1); v++) {
        OneValue one = OneValue.of(column, v);
        if (!one.isMissing()) {
          values.add(
              new Explanation.Value(
                  one.text(), one.passes(test), holds.check().wordsOf(one.text())));
        }
      }
      boolean any = values.stream().anyMatch(Explanation.Value::holds);
      return new Explanation(holds.text(), any, values, List.of());
    }

    private int place(Target target) {
      for (int place = 0; place < targets.size(); place++) {
        Target other = targets.get(place);
        if (other.name().equals(target.name()) && other.type() == target.type()) {
          return place;
        }
      }
      throw new AssertionError(target + " is not among " + targets);
    }
  }

  /**
   * One value as a column of its own.
   *
   * @param text as people write it
   */
  private record OneValue(Column column, String text) {
    private static final int[] ONE_ROW = {0, 1};

    static OneValue of(Column column, int v) {
      if (column instanceof TextColumn texts) {
        TextColumn.Builder one = new TextColumn.Builder();
        one.add(texts.bytes(), texts.start(texts.entry(v)), texts.length(texts.entry(v)));
        one.endRow();
        return new OneValue(one.build(), texts.text(texts.entry(v)));
      }
      if (column instanceof IntColumn ints) {
        long value = ints.value(v);
        return new OneValue(new IntColumn(ONE_ROW, new long[] {value}), String.valueOf(value));
      }
      if (column instanceof FloatColumn floats) {
        double value = floats.value(v);
        return new OneValue(new FloatColumn(ONE_ROW, new double[] {value}), String.valueOf(value));
      }
      GeoColumn places = (GeoColumn) column;
      double latitude = places.latitude(v);
      double longitude = places.longitude(v);
      return new OneValue(
          new GeoColumn(ONE_ROW, new double[] {latitude}, new double[] {longitude}),
          latitude + "," + longitude);
    }

    /** An empty text counts as missing. */
    boolean isMissing() {
      return column instanceof TextColumn texts && texts.length(0) == 0;
    }

    boolean passes(ColumnTest test) {
      BitSet hits = new BitSet(1);
      test.select(column, RowSet.range(0, 1), hits);
      return hits.get(0);
    }
  }
}
