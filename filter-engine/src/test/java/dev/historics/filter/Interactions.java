package dev.historics.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch made of plain values, which counts how often each column is asked for. Text columns are
 * plain or have a dictionary, as the test wants.
 */
final class Interactions implements ColumnBatch {
  /** How texts are kept. */
  enum Texts {
    PLAIN,
    DICTIONARY
  }

  private final List<Target> targets;
  private final List<Map<String, List<Object>>> rows;
  private final Texts texts;
  private final Map<Integer, Column> columns = new LinkedHashMap<>();

  Interactions(RuleSet rules, List<Map<String, List<Object>>> rows, Texts texts) {
    this.targets = rules.targets();
    this.rows = rows;
    this.texts = texts;
  }

  /** All rows. */
  BitSet all() {
    BitSet all = new BitSet();
    all.set(0, rows.size());
    return all;
  }

  /** The names of the columns that were asked for, in the order in which they were. */
  List<String> asked() {
    return columns.keySet().stream().map(index -> targets.get(index).name()).toList();
  }

  @Override
  public int rows() {
    return rows.size();
  }

  @Override
  public Column column(int index) {
    return columns.computeIfAbsent(index, this::build);
  }

  private Column build(int index) {
    Target target = targets.get(index);
    return switch (target.type()) {
      case TEXT -> texts == Texts.PLAIN ? plain(target) : dictionary(target);
      case INT -> ints(target);
      case FLOAT -> floats(target);
      case GEO -> places(target);
    };
  }

  private List<Object> values(int row, Target target) {
    return rows.get(row).getOrDefault(target.name(), List.of());
  }

  private Column plain(Target target) {
    TextColumn.Builder builder = new TextColumn.Builder();
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> builder.add(value.toString()));
      builder.endRow();
    }
    return builder.build();
  }

  private Column dictionary(Target target) {
    Map<String, Integer> entries = new LinkedHashMap<>();
    List<Integer> ids = new ArrayList<>();
    int[] rowStarts = new int[rows.size() + 1];
    for (int row = 0; row < rows.size(); row++) {
      for (Object value : values(row, target)) {
        entries.putIfAbsent(value.toString(), entries.size());
        ids.add(entries.get(value.toString()));
      }
      rowStarts[row + 1] = ids.size();
    }
    int[] starts = new int[entries.size()];
    int[] lengths = new int[entries.size()];
    StringBuilder all = new StringBuilder("#");
    entries.forEach(
        (text, entry) -> {
          starts[entry] = all.toString().getBytes(StandardCharsets.UTF_8).length;
          lengths[entry] = text.getBytes(StandardCharsets.UTF_8).length;
          all.append(text);
        });
    return TextColumn.dictionary(
        rowStarts,
        ids.stream().mapToInt(Integer::intValue).toArray(),
        all.toString().getBytes(StandardCharsets.UTF_8),
        starts,
        lengths,
        entries.size());
  }

  private Column ints(Target target) {
    IntColumn.Builder builder = new IntColumn.Builder();
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> builder.add(whole(value)));
      builder.endRow();
    }
    return builder.build();
  }

  private static long whole(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
  }

  private Column floats(Target target) {
    FloatColumn.Builder builder = new FloatColumn.Builder();
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> builder.add(((Number) value).doubleValue()));
      builder.endRow();
    }
    return builder.build();
  }

  private Column places(Target target) {
    GeoColumn.Builder builder = new GeoColumn.Builder();
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> builder.add(0, 0));
      builder.endRow();
    }
    return builder.build();
  }
}
