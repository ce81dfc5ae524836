package dev.historics.jobs;

import dev.historics.archive.Shredder;
import dev.historics.archive.TargetColumn;
import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.Target;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns made from the JSON of interactions: for landing files, and for targets that a sealed file
 * has no column for. Owned by one thread; {@link #clear} starts the next batch.
 */
final class ShreddedColumns {
  private final List<Pass> passes = new ArrayList<>();
  private final List<Builder> builders = new ArrayList<>();
  private final BitSet unreadable = new BitSet();
  private int rows;

  /**
   * One reading of an interaction. A name is there once in it; riders who differ about the type of
   * a target have a pass each.
   *
   * @param places where each column of the shredder stands among the targets
   */
  private record Pass(Shredder shredder, List<Integer> places) {}

  ShreddedColumns(List<Target> targets) {
    List<Integer> left = new ArrayList<>();
    for (Target target : targets) {
      left.add(builders.size());
      builders.add(builder(target));
    }
    while (!left.isEmpty()) {
      Map<String, Integer> places = new LinkedHashMap<>();
      left.forEach(place -> places.putIfAbsent(targets.get(place).name(), place));
      left.removeAll(places.values());
      List<TargetColumn> columns =
          places.values().stream().map(place -> column(targets.get(place))).toList();
      passes.add(new Pass(new Shredder(columns), List.copyOf(places.values())));
    }
  }

  /** The archive's word for a target of a rule. */
  static TargetColumn column(Target target) {
    return new TargetColumn(target.name(), TargetColumn.Kind.valueOf(target.type().name()));
  }

  private static Builder builder(Target target) {
    return switch (target.type()) {
      case TEXT -> new Texts();
      case INT -> new Ints();
      case FLOAT -> new Floats();
      case GEO -> new Geos();
    };
  }

  /** Adds a row; if the JSON cannot be read the row has no values and is {@link #unreadable}. */
  void add(byte[] raw) {
    List<Runnable> values = new ArrayList<>();
    try {
      for (Pass pass : passes) {
        pass.shredder().shred(raw, new Values(pass.places(), values));
      }
      values.forEach(Runnable::run);
    } catch (IOException e) {
      // Counted as quarantined in every manifest that has it in range.
      unreadable.set(rows);
    }
    builders.forEach(Builder::endRow);
    rows++;
  }

  /** The column of target number {@code index}, over the rows added since the last clear. */
  Column build(int index) {
    return builders.get(index).build();
  }

  BitSet unreadable() {
    return (BitSet) unreadable.clone();
  }

  void clear() {
    builders.forEach(Builder::clear);
    unreadable.clear();
    rows = 0;
  }

  /** Holds a row's values back until all of its JSON was read. */
  private final class Values implements Shredder.Sink {
    private final List<Integer> places;
    private final List<Runnable> actions;

    Values(List<Integer> places, List<Runnable> actions) {
      this.places = places;
      this.actions = actions;
    }

    @Override
    public void text(int column, String value) {
      actions.add(() -> builders.get(places.get(column)).text(value));
    }

    @Override
    public void integer(int column, long value) {
      actions.add(() -> builders.get(places.get(column)).integer(value));
    }

    @Override
    public void decimal(int column, double value) {
      actions.add(() -> builders.get(places.get(column)).decimal(value));
    }

    @Override
    public void geo(int column, double latitude, double longitude) {
      actions.add(() -> builders.get(places.get(column)).geo(latitude, longitude));
    }
  }

  /** A column under construction; it is given values of its own kind only. */
  private abstract static class Builder {
    void text(String value) {
      throw new AssertionError("a text for another kind of column");
    }

    void integer(long value) {
      throw new AssertionError("a whole number for another kind of column");
    }

    void decimal(double value) {
      throw new AssertionError("a number for another kind of column");
    }

    void geo(double latitude, double longitude) {
      throw new AssertionError("a place for another kind of column");
    }

    abstract void endRow();

    abstract Column build();

    abstract void clear();
  }

  private static final class Texts extends Builder {
    private final TextColumn.Builder column = new TextColumn.Builder();

    @Override
    void text(String value) {
      column.add(value);
    }

    @Override
    void endRow() {
      column.endRow();
    }

    @Override
    Column build() {
      return column.build();
    }

    @Override
    void clear() {
      column.clear();
    }
  }

  private static final class Ints extends Builder {
    private final IntColumn.Builder column = new IntColumn.Builder();

    @Override
    void integer(long value) {
      column.add(value);
    }

    @Override
    void endRow() {
      column.endRow();
    }

    @Override
    Column build() {
      return column.build();
    }

    @Override
    void clear() {
      column.clear();
    }
  }

  private static final class Floats extends Builder {
    private final FloatColumn.Builder column = new FloatColumn.Builder();

    @Override
    void decimal(double value) {
      column.add(value);
    }

    @Override
    void endRow() {
      column.endRow();
    }

    @Override
    Column build() {
      return column.build();
    }

    @Override
    void clear() {
      column.clear();
    }
  }

  private static final class Geos extends Builder {
    private final GeoColumn.Builder column = new GeoColumn.Builder();

    @Override
    void geo(double latitude, double longitude) {
      column.add(latitude, longitude);
    }

    @Override
    void endRow() {
      column.endRow();
    }

    @Override
    Column build() {
      return column.build();
    }

    @Override
    void clear() {
      column.clear();
    }
  }
}
