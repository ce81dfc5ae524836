package dev.historics.jobs;

import dev.historics.archive.Shredder;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.filter.Column;
import dev.historics.filter.ColumnBatch;
import dev.historics.filter.Target;
import dev.historics.filter.TextColumn;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interactions as they come, one JSON object each, as the columns that a matcher reads: what a
 * record means to rules is the same here as in a sealed day. Some thousand rows are a good size;
 * {@link #clear} starts the next batch. Owned by one thread.
 *
 * <p>{@code interaction.sample} is drawn from the {@code interaction.id} in the JSON, and missing
 * where that is.
 *
 * <pre>{@code
 * RuleSet rules = RuleSet.of(definitions);
 * InteractionBatch batch = new InteractionBatch(rules.targets(), dialect.stripping());
 * batch.add(line, 0, line.length);
 * Matches matches = rules.matcher().match(batch, candidates);
 * }</pre>
 */
public final class InteractionBatch implements ColumnBatch {
  private static final Target ID = new Target(ScanNeeds.ID, ValueType.TEXT, false, "");

  private final List<Target> targets;
  private final List<ColumnBuffer> buffers = new ArrayList<>();
  private final List<Pass> passes = new ArrayList<>();
  private final Column[] columns;
  private final BitSet unreadable = new BitSet();
  private int rows;

  /**
   * An empty batch.
   *
   * @param targets the columns, in the order in which they will be asked for: {@code
   *     RuleSet.targets()}
   * @param stripping how content is made, as the interactions' {@link Dialect} says
   */
  public InteractionBatch(List<Target> targets, Stripping stripping) {
    this.targets = List.copyOf(targets);
    this.columns = new Column[targets.size()];
    List<Target> shredded =
        targets.stream().map(target -> ScanNeeds.isSample(target) ? ID : target).toList();
    List<Integer> left = new ArrayList<>();
    for (Target target : shredded) {
      left.add(buffers.size());
      buffers.add(new ColumnBuffer(target.type()));
    }
    while (!left.isEmpty()) {
      Map<String, Integer> places = new LinkedHashMap<>();
      left.forEach(place -> places.putIfAbsent(shredded.get(place).name(), place));
      left.removeAll(places.values());
      List<TargetColumn> names =
          places.values().stream().map(place -> column(shredded.get(place))).toList();
      passes.add(
          new Pass(
              new Shredder(names, stripping).reading(),
              places.values().stream().map(buffers::get).toList()));
    }
  }

  /** The archive's word for a target of a rule. */
  static TargetColumn column(Target target) {
    return new TargetColumn(target.name(), TargetColumn.Kind.valueOf(target.type().name()));
  }

  /**
   * One reading of an interaction. A name is there once in it; riders who differ about the type of
   * a target have a pass each.
   *
   * @param buffers by the columns of the shredder
   */
  private record Pass(Shredder.Reading shredder, List<ColumnBuffer> buffers)
      implements Shredder.Sink {
    @Override
    public void text(int column, byte[] bytes, int from, int to) {
      buffers.get(column).text(bytes, from, to);
    }

    @Override
    public void integer(int column, long value) {
      buffers.get(column).integer(value);
    }

    @Override
    public void decimal(int column, double value) {
      buffers.get(column).decimal(value);
    }

    @Override
    public void geo(int column, double latitude, double longitude) {
      buffers.get(column).place(latitude, longitude);
    }
  }

  /**
   * Adds a row; if it is not one JSON object in UTF-8, a row without values.
   *
   * @param json where the interaction stands, {@code length} bytes from {@code offset}; not kept
   * @return whether it could be read
   */
  public boolean add(byte[] json, int offset, int length) {
    boolean readable = read(json, offset, length);
    unreadable.set(rows, !readable);
    for (ColumnBuffer buffer : buffers) {
      if (!readable) {
        buffer.resetRow();
      }
      buffer.endRow();
    }
    rows++;
    return readable;
  }

  private boolean read(byte[] json, int offset, int length) {
    try {
      for (Pass pass : passes) {
        pass.shredder().shred(json, offset, length, pass);
      }
      return true;
    } catch (IOException e) {
      // Nothing was read but memory, so it is the text that is at fault: the answer says so.
      return false;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  /** The column of a target, over the rows so far: to be asked for when the batch is full. */
  @Override
  public Column column(int index) {
    if (columns[index] == null) {
      Column made = buffers.get(index).build();
      columns[index] =
          ScanNeeds.isSample(targets.get(index)) ? SpecialColumns.sample((TextColumn) made) : made;
    }
    return columns[index];
  }

  /** The rows that could not be read. */
  public BitSet unreadable() {
    return (BitSet) unreadable.clone();
  }

  /** Forgets all rows. Columns that were given stay as they are. */
  public void clear() {
    buffers.forEach(ColumnBuffer::clear);
    unreadable.clear();
    Arrays.fill(columns, null);
    rows = 0;
  }
}
