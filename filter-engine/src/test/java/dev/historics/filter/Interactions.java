package dev.historics.filter;

import dev.historics.filter.ReferenceInterpreter.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A batch made of plain values, which counts how often each column is asked for. Text columns are
 * as the test wants them.
 */
final class Interactions implements ColumnBatch {
  /** How texts are kept. */
  enum Texts {
    /** One after the other, as the builder leaves them. */
    PLAIN,
    /** Somewhere in a page, with letters on either side that belong to none. */
    PAGE,
    /** Each once, in such a page, with entries that no row has. */
    DICTIONARY
  }

  private static final List<String> UNUSED = List.of("unused", "");

  private final List<Target> targets;
  private final List<Map<String, List<Object>>> rows;
  private final Texts texts;
  private final Map<Integer, Column> columns = new LinkedHashMap<>();

  Interactions(RuleSet rules, List<Map<String, List<Object>>> rows, Texts texts) {
    this(rules.targets(), rows, texts);
  }

  Interactions(List<Target> targets, List<Map<String, List<Object>>> rows, Texts texts) {
    this.targets = targets;
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
      case TEXT ->
          switch (texts) {
            case PLAIN -> plain(target);
            case PAGE -> page(target);
            case DICTIONARY -> dictionary(target);
          };
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

  private Column page(Target target) {
    Page page = new Page();
    int[] rowStarts = new int[rows.size() + 1];
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> page.add(value.toString()));
      rowStarts[row + 1] = page.starts.size();
    }
    return TextColumn.plain(
        rowStarts, page.bytes.toByteArray(), ints(page.starts), ints(page.lengths));
  }

  private Column dictionary(Target target) {
    Set<String> distinct = new LinkedHashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> distinct.add(value.toString()));
    }
    List<String> entries = new ArrayList<>(UNUSED);
    entries.addAll(distinct);
    Collections.reverse(entries);
    Page page = new Page();
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String entry : entries) {
      places.put(entry, page.starts.size());
      page.add(entry);
    }
    List<Integer> ids = new ArrayList<>();
    int[] rowStarts = new int[rows.size() + 1];
    for (int row = 0; row < rows.size(); row++) {
      values(row, target).forEach(value -> ids.add(places.get(value.toString())));
      rowStarts[row + 1] = ids.size();
    }
    return TextColumn.dictionary(
        rowStarts,
        ints(ids),
        page.bytes.toByteArray(),
        ints(page.starts),
        ints(page.lengths),
        entries.size());
  }

  /** Slices of UTF-8; the last one ends where the page does. */
  private static final class Page {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<Integer> starts = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();

    void add(String text) {
      byte[] utf8 = ReferenceText.wellFormed(text).getBytes(StandardCharsets.UTF_8);
      bytes.write('s');
      starts.add(bytes.size());
      lengths.add(utf8.length);
      bytes.writeBytes(utf8);
    }
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
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
      for (Object value : values(row, target)) {
        Place place = (Place) value;
        builder.add(place.latitude(), place.longitude());
      }
      builder.endRow();
    }
    return builder.build();
  }
}
